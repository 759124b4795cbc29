"""The law as data and pure functions. No Django, no I/O but the package's own data files."""
