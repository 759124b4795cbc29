"""The office: its home page with the work queue, search, the guide for the first day."""
