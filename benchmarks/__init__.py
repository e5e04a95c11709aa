"""Ratios against a named baseline, printed in one run. Nothing here is asserted by tests."""
