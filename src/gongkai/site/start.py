"""Django for a command: the settings checked, in words, before anything is loaded."""

from __future__ import annotations

import os
import sys

from gongkai.site import environment


def start() -> bool:
    """Load Django with the site's settings; False, each wrong setting in a sentence on stderr, where they are wrong."""
    wrong = environment.read(os.environ)[1]
    if wrong:
        print("\n".join(wrong), file=sys.stderr)
        return False
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.site.settings")
    import django

    django.setup()
    return True
