"""Checks ARC-nnn of stage 6: Technology stack and architecture."""
