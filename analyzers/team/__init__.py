"""Checks TEA-nnn of stage 5: Team management."""
