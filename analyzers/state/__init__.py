"""Checks STA-nnn of stage 2: Assess current state."""
