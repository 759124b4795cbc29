"""The text of attachments, read apart after they were kept: for search, and for what must not go out with them.

A chore reads what has not been read; each file in a process of its own, within bounds (`content.extraction`).
"""

from __future__ import annotations

from typing import Any, Final

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from gongkai.agencies.models import Agency, today
from gongkai.content import extraction, personal
from gongkai.disclosure import clearances, filing, indexing, queries, shown
from gongkai.disclosure.models import Attachment, Record, Shown, Version

A_ROUND: Final = 20
_MOST_FINDINGS: Final = 50


def unread() -> QuerySet[Attachment]:
    """Attachments that nobody has read yet; removed ones are left, unless the public may still have them."""
    wanted = Q(is_removed=False) | Q(record__is_public=True)
    return Attachment.objects.filter(wanted, read_at__isnull=True, text="").order_by("pk")


def waiting(record: Record) -> list[Attachment]:
    """The files of a working copy that nobody has read yet."""
    return list(record.attachments.filter(is_removed=False, read_at__isnull=True, text=""))


def read_some(most: int = A_ROUND) -> int:
    """Read so many; how many were read. Where too many files are read at once the rest waits for the next round."""
    done = 0
    for attachment in unread().select_related("record")[:most]:
        try:
            _read(attachment)
        except extraction.Busy:
            break
        done += 1
    return done


def chore() -> str:
    """Read what waits; what was done, in one line."""
    done = read_some()
    return f"读取了{done}个附件" if done else ""


def _read(attachment: Attachment) -> None:
    try:
        with default_storage.open(attachment.path) as file:
            found = extraction.extract(file.read(), attachment.name)
        attachment.text, attachment.unread = found.text.replace("\x00", ""), found.reason[:200]
    except (extraction.Refused, OSError) as error:
        attachment.unread = str(error)[:200]
    attachment.findings = findings(attachment.text)
    attachment.read_at = timezone.now()
    with transaction.atomic():
        record = filing.locked(attachment.record)  # it may be withdrawn at this moment
        attachment.save(update_fields=["text", "unread", "findings", "read_at"])
        if record.is_public:
            indexing.refresh(record)
            shown.bring(record)


def findings(text: str) -> list[dict[str, Any]]:
    """Personal data in a file's text, once each, the grave first, masked as far as it can be: what is found is not written
    down a second time. What may be cleared has its place; what is too much for the list holds the file all the same."""
    found = {(one.kind, one.text, one.clearable): one for one in personal.find(text, today=today())}
    grave = [_noted(one) for one in found.values() if one.severity == "block"]
    slight = [_noted(one) for one in found.values() if one.severity == "warn"]
    if more := grave[_MOST_FINDINGS:]:
        return [*grave[:_MOST_FINDINGS], {"label": f"另有{len(more)}处个人信息", "text": "", "severity": "block"}]
    return [*grave, *slight][:_MOST_FINDINGS]


def _noted(one: personal.Finding) -> dict[str, Any]:
    noted: dict[str, Any] = {"label": one.label, "text": one.masked, "severity": one.severity}
    return noted | ({"kind": one.kind, "start": one.start, "end": one.end} if one.clearable else {})


def held(attachment: Attachment) -> str:
    """Why a file of a public record is not handed out (yet); empty where nothing is against it.

    Whatever way it came out, by review, in an emergency or in an import: first a machine reads it.
    """
    if attachment.read_at is None and not attachment.text:
        return "这个附件正在核对个人信息，请几分钟后再来下载。"
    if attachment.is_leaking() and attachment.is_leaking(clearances.in_version(queries.current(attachment.record))):
        return "这个附件里发现个人信息，正在处理，暂不提供下载。"
    return ""


def leaks(agencies: QuerySet[Agency]) -> list[Record]:
    """Public records of these agencies that offer a file in which personal data has been found: it is held, and someone
    must replace it."""
    found = Attachment.objects.filter(record__is_public=True, record__agency__in=agencies).exclude(findings=[])
    flagged = {one.pk: one for one in found.only("record_id", "findings") if one.is_leaking()}
    owners = {one.record_id for one in flagged.values()}
    rows = Shown.objects.filter(pk__in=owners).select_related("record__agency", "version")
    return [row.record for row in rows.order_by("-published_at", "-pk") if _offers(row.version, flagged)]


def _offers(version: Version, flagged: dict[int, Attachment]) -> bool:
    """Whether one of these files is in the version and leaks by what is cleared in it."""
    cleared = clearances.in_version(version)
    return any(file["pk"] in flagged and flagged[file["pk"]].is_leaking(cleared) for file in version.files)


def why_not_name(name: str) -> list[str]:
    """Why no file may go out under this name; empty where one may."""
    grave = [one for one in personal.find(name, today=today()) if one.severity == "block"]
    return [f"附件名“{personal.mask(name, grave)}”里有个人信息，请改名后重新上传。"] if grave else []


def leaking(record: Record) -> list[str]:
    """Files that would bring personal data out, one sentence each; one that is not read yet is `held`."""
    attachments = list(record.attachments.filter(is_removed=False))
    reasons = [reason for attachment in attachments for reason in why_not_name(attachment.name)]
    cleared = clearances.in_working_copy(record) if attachments else frozenset()
    for attachment in attachments:
        if leaks := attachment.leaks(cleared):
            kinds = "、".join(dict.fromkeys(one["label"] for one in leaks))
            other = "，依法应当公开的逐一写明理由" if any("start" in one for one in leaks) else ""
            reasons.append(
                f"附件“{attachment.name}”里有 {len(leaks)} 处个人信息（{kinds}），请换成遮盖后的文件{other}。"
            )
    return reasons
