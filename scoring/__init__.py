"""From indicators to stages, levels, findings, risks and recommendations. Pure."""
