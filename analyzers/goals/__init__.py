"""Checks GOA-nnn of stage 1: Understand business goals."""
