"""Checks STR-nnn of stage 3: Technology strategy."""
