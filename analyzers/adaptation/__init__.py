"""Checks ADA-nnn of stage 16: Adapt to change."""
