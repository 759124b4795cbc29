"""Attachments: handed out only as part of the version that is public now."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any, Final

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from gongkai.disclosure import file_texts, queries, record_page
from gongkai.disclosure.models import Attachment
from gongkai.portal import addresses, errors

_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
TYPES: Final = {
    ".pdf": ("PDF", "application/pdf"),
    ".docx": ("Word", f"{_OFFICE}.wordprocessingml.document"),
    ".doc": ("Word", "application/msword"),
    ".xlsx": ("Excel", f"{_OFFICE}.spreadsheetml.sheet"),
    ".xls": ("Excel", "application/vnd.ms-excel"),
    ".pptx": ("PPT", f"{_OFFICE}.presentationml.presentation"),
    ".ppt": ("PPT", "application/vnd.ms-powerpoint"),
    ".wps": ("WPS", "application/vnd.ms-works"),
    ".et": ("WPS表格", "application/octet-stream"),
    ".ofd": ("OFD", "application/ofd"),
    ".rtf": ("文档", "application/rtf"),
    ".odt": ("文档", "application/vnd.oasis.opendocument.text"),
    ".ods": ("表格", "application/vnd.oasis.opendocument.spreadsheet"),
    ".zip": ("压缩包", "application/zip"),
    ".rar": ("压缩包", "application/vnd.rar"),
    ".7z": ("压缩包", "application/x-7z-compressed"),
    ".webp": ("图片", "image/webp"),
    ".jpg": ("图片", "image/jpeg"),
    ".jpeg": ("图片", "image/jpeg"),
    ".png": ("图片", "image/png"),
    ".gif": ("图片", "image/gif"),
    ".txt": ("文本", "text/plain"),
    ".csv": ("CSV", "text/csv"),
}
"""By the ending, which was held against the bytes when the file came in: what people call it, and its media type."""

_UNKNOWN: Final = ("文件", "application/octet-stream")


def type_of(name: str) -> tuple[str, str]:
    """(what people call this kind of file, its media type)."""
    return TYPES.get(PurePosixPath(name).suffix.lower(), _UNKNOWN)


def address(file: dict[str, Any]) -> str:
    """Where a file of a version is handed out."""
    return addresses.to("file", file["pk"], file["name"].replace("/", "_") or "附件")


@require_safe
def download(request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
    """A file of what is public, or 304 for who has it. What is not public, and what was never there, look the same."""
    found = Attachment.objects.select_related("record").filter(pk=pk).first()
    if found is None or not queries.may_download(None, found) or not record_page.find(found.record_id):
        raise Http404
    if why := file_texts.held(found):
        return errors.held(request, why)
    etag = f'"{found.sha256[:32]}"'
    response: HttpResponseBase | None = get_conditional_response(request, etag)
    if response is None:
        try:
            content = default_storage.open(found.path)
        except FileNotFoundError as error:
            raise Http404 from error
        response = FileResponse(content, as_attachment=True, filename=found.name, content_type=type_of(found.name)[1])
    response.headers["Cache-Control"] = "no-cache"
    response.headers["ETag"] = etag
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
