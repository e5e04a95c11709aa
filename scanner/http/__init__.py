"""Everything that speaks with a forge over the network: bounded, read-only, to one host."""
