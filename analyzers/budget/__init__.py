"""Checks BUD-nnn of stage 4: Budget and resource planning."""
