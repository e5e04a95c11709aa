"""Checks VEN-nnn of stage 9: Vendor and tool selection."""
