"""Collectors that read the tree of the analysed commit: files and what stands in them."""
