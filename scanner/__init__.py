"""Vocabulary at the bottom, composition at the top; importing this package imports nothing else."""
