"""Checks MEA-nnn of stage 15: Measure and iterate."""
