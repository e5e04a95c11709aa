"""Collectors that read container files and declared infrastructure, and the runtime traits that files show."""
