"""Collectors that read what a repository builds on: packages, advisories, support dates, licences, vendors."""
