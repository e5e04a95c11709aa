"""Collectors that read GitHub: what only the forge knows."""
