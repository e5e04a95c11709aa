"""One file per question put to a source. A collector establishes facts or says why it cannot; it never judges."""
