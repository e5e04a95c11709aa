"""Payload dataclasses: what collectors establish and checks read. Units stand in the names; no judgement, no I/O."""
