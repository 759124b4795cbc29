"""Bulk import of records: from a spreadsheet, a folder of documents, a feed or a list that another site exports.

`reading` gives rows, `planning` says what each will do, `actions` does it: a row whole or not at all, from where it was
stopped, and what was public elsewhere with its day and source in its file.
"""
