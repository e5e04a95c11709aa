"""Known vulnerabilities of exact package versions: the question, and the sources that answer it."""
