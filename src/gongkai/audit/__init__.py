"""What was done, by whom: rows that nobody changes, chained by hash."""
