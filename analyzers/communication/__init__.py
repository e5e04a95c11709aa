"""Checks COM-nnn of stage 10: Communication and reporting."""
