"""Screens of the office: what a machine looks through, links and words."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from gongkai.agencies.doer import Refused, doer_of
from gongkai.agencies.guard import needs
from gongkai.content.lexicon import starter_lexicon
from gongkai.content.lexicon_files import write_csv
from gongkai.disclosure import dead_links, words
from gongkai.disclosure.admin import ask, page, show_page
from gongkai.disclosure.models import Record

_MOST_BYTES = 5_000_000


@require_POST
@needs("records.view", at="pk", of=Record)
def check_links(request: HttpRequest, record: Record) -> HttpResponse:
    """Ask where the links of the text lead."""
    return show_page(request, record, dead=dead_links.check(record))


@ask
@needs("records.lexicon")
def lexicon(request: HttpRequest) -> HttpResponse:
    """The lexicon: how much there is; a file takes the place of what this site has added."""
    reasons: list[str] = []
    problems: tuple[str, ...] = ()
    if request.method == "POST":
        upload = request.FILES.get("file")
        if upload is None:
            reasons = ["没有选择文件。"]
        elif (upload.size or 0) > _MOST_BYTES:
            reasons = ["文件超过 5 MB，不像词库。"]
        else:
            try:
                found = words.replace(doer_of(request), upload.read(), upload.name or "词库.csv")
            except Refused as refused:
                reasons = refused.reasons
            else:
                problems = found.problems
                messages.success(request, f"本地词库已经更新，共{len(found.terms)}个词语。")
                if not problems:
                    return redirect("records_lexicon")
    own = words.own_terms().terms
    counts = {"national": len(starter_lexicon()), "own": own[:500], "total": len(own)}
    return page(request, "lexicon", reasons=reasons, problems=problems, status=422 if reasons else 200, **counts)


@require_GET
@needs("records.lexicon")
def lexicon_file(request: HttpRequest) -> HttpResponse:
    """What this site has added, as a file to change and send back."""
    answer = HttpResponse(write_csv(words.own_terms().terms), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = "attachment; filename*=UTF-8''%E8%AF%8D%E5%BA%93.csv"
    return answer
