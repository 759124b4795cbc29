"""The identity of the site as pages read it: kept for a minute in each process, at most one query, blank rather than broken."""

from __future__ import annotations

import logging
from typing import cast

from django.core.cache import caches
from django.db import DatabaseError

from gongkai.portal import groups, marks
from gongkai.portal.models import ONLY, Identity

_KEY = "portal.identity"
_SECONDS = 60
_log = logging.getLogger(__name__)


def current() -> Identity:
    """The identity; a blank one where none is set, or where the database does not answer."""
    now = marks.now(groups.SITE)
    mark, kept = caches["pages"].get(_KEY, ("", None))
    if kept is None or mark != now:
        try:
            kept = Identity.objects.filter(pk=ONLY).first() or Identity()
        except DatabaseError:
            _log.exception("the identity of the site could not be read")
            return Identity()
        caches["pages"].set(_KEY, (now, kept), _SECONDS)
    return cast(Identity, kept)


def stored() -> Identity:
    """The identity as it is in the database, to be changed; a blank one where none is set."""
    return Identity.objects.filter(pk=ONLY).first() or Identity()
