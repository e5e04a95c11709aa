"""Checks EXP-nnn of stage 13: User experience and customer feedback."""
