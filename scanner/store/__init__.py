"""The memory between scans: SQLModel tables, numbered migrations, facts by content digest."""
