"""The public website. Nothing imports it."""
