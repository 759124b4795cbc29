"""What a visitor may upload; said on the page before and when it is hit."""

MAX_FILES = 120  # in one batch
MAX_FILE = 30_000_000  # bytes
MAX_TOTAL = 300_000_000  # bytes in one batch
MAX_TEXT = 1_000_000  # characters pasted
MAX_EXPECTED = 500  # names of agencies that must report
KEEP_HOURS = 2
KEEP_LONGER_DAYS = 7
BATCHES_AN_HOUR = 60  # from one address
SECONDS_A_FILE = 60.0
MAX_ATTEMPTS = 3  # readings of one file that may end without an outcome
