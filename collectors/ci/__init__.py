"""Collectors that read how changes are built, tested and delivered: pipelines of every CI system, and automation beside them."""
