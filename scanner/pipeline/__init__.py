"""Composition: the one place that knows collectors, analyzers, scoring and the store at once."""
