"""Checks RIS-nnn of stage 11: Risk management."""
