"""Bounds on what a reader accepts, stated once; the command line and the page show them."""

MAX_SIZE = 50_000_000  # bytes of one file
MAX_UNZIPPED = 200_000_000  # bytes of one file's parts, unpacked
MAX_XML = 50_000_000  # bytes of one XML part: parsed, it takes twenty times that
MAX_PARTS = 5_000  # entries in one archive
MAX_PAGES = 200
MAX_PIXELS = 80_000_000  # of one image or rendered page
MAX_LINES = 60_000  # printed lines or table rows of one file
TIMEOUT = 60.0  # seconds for one file
MEMORY = 4_000_000_000  # bytes of address space for one reading process
