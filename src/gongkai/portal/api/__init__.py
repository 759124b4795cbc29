"""The API: what is public, for programs. `routes.py` is the table from which addresses, OpenAPI and the page follow."""
