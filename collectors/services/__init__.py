"""Readers of what a repository offers to other repositories and asks of them: names only, never credentials."""
