"""Checks SEC-nnn of stage 8: Security and compliance."""
