"""Checks PRO-nnn of stage 7: Development processes."""
