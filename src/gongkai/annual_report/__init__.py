"""The statutory annual report on government information disclosure, as a document.

Reads any file into a `Report`, checks it, consolidates and compares reports, and writes them in the
official layout. Uses `gongkai.statute`; knows nothing of Django.
"""
