"""A spreadsheet handed out under a Chinese name."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse
from django.utils.http import content_disposition_header

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def spreadsheet(content: bytes, name: str) -> HttpResponse:
    """An .xlsx to be kept as `name`, which needs no suffix."""
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=f"{name}.xlsx") or ""}
    return HttpResponse(content, content_type=_XLSX, headers=headers)
