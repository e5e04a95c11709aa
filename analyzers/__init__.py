"""One file per check, one folder per stage. A check is a pure function of facts; it measures and never grades."""
