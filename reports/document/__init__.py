"""The report before it has a format: every figure in words, every text made plain."""
