"""The section "The code, drawn": pictures made as SVG without any library, and the words and tables beside them."""
