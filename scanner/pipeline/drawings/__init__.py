"""What the pictures of a report show, taken from the ledger and bounded in size."""
