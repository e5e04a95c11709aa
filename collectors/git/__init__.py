"""Collectors that read the object database: history and profile."""
