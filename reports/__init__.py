"""One module per format. A report lays out figures and computes none."""
