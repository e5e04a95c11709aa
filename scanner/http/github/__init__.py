"""GitHub: the client, and the sources that collectors read."""
