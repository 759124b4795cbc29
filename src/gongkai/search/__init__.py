"""Search: one table of whatever can be found, and an exact index of its characters over it."""
