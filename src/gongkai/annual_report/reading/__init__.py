"""Any file -> Report: `sources` make one neutral stream of placed text, `decode` fits the form to it."""
