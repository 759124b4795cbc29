"""Verbs: say who the site is."""

from __future__ import annotations

from django.db import transaction

from gongkai.agencies.doer import Doer, insist, unsaved
from gongkai.agencies.models import Agency
from gongkai.audit.actions import record
from gongkai.content.unseen import tidy
from gongkai.portal.identity import stored
from gongkai.portal.models import Identity

VERBS = {"site.identify": "修改网站标识"}
"""The verbs of this file, as the log names them."""


@transaction.atomic
def identify(by: Doer, **fields: object) -> Identity:
    """Change the site's identity: a right held over the government whose site it is, the topmost agency."""
    identity = stored()
    fields = {name: tidy(value) for name, value in fields.items()}
    changed = [name for name, value in fields.items() if getattr(identity, name) != value]
    for name in changed:
        setattr(identity, name, fields[name])
    top = Agency.objects.filter(parent=None).order_by("order", "pk").first()
    insist(by.why_not("site.identify", top) if top else [], unsaved(identity))
    identity.save()
    if changed:
        record(by.actor(), "site.identify", identity, details={"fields": changed})
    return identity
