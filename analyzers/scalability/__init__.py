"""Checks SCA-nnn of stage 12: Scalability and flexibility."""
