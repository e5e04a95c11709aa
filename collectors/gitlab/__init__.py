"""Collectors that read GitLab: what only the forge knows."""
