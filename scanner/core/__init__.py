"""The nouns every layer shares: standard library only, no input or output."""
