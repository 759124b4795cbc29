"""Account: the annual report. Today 年报核校 — read, check, consolidate and lay out uploaded reports."""
