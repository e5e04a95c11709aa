"""Collectors that read code: functions, imports, static analysis, secrets."""
