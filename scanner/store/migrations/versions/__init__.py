"""One file per change of shape, never edited after release."""
