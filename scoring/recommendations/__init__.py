"""What to do next: declared steps by theme, and the engine that prices and ranks those that apply."""
