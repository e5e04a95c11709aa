"""Checks LEA-nnn of stage 14: Educate and mentor."""
