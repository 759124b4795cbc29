"""A `procedure.Result` in words, for the case file, and as plain data. Nothing is worded before it is asked for."""

from datetime import date, timedelta
from typing import Any, Final

from gongkai.statute.clock import ended
from gongkai.statute.dispositions import FAMILIES, disposition
from gongkai.statute.facts import Consultation
from gongkai.statute.fees import rules_title
from gongkai.statute.periods import periods
from gongkai.statute.procedure import STATES, Option, Result, Verdict
from gongkai.statute.rules import rules

LAMPS: Final = {"normal": "正常", "within_5": "临近届满", "within_2": "即将届满", "overdue": "已经逾期"}
"""What a lamp says; the numbers of days are data."""

VERDICTS: Final[dict[Verdict, str]] = {"may": "可以", "must_not": "不应当", "cannot": "不可以"}
"""What may come next, in words."""

CAVEAT: Final = "以国务院办公厅通知为准"
"""What stands behind every provisional date (working-days.md §4)."""

_VIEWS: Final = {"consents": "同意公开", "objects": "不同意公开", "partly": "部分同意公开"}
_WEEKDAYS: Final = "一二三四五六日"


def explain(result: Result) -> str:
    """State, clock, what may come next and what went wrong, as lines that can be pasted into a case file."""
    parts = (
        ("状态", _state(result)),
        ("答复期限", clock_lines(result)),
        ("其他期限", _period_lines(result)),
        ("下一步", _option_lines(result.options())),
        ("程序问题", [str(violation) for violation in result.violations] or ["没有发现。"]),
    )
    lines = [f"截至{day(result.today)}。条款除另有写明外，均为《中华人民共和国政府信息公开条例》。"]
    for title, found in parts:
        if found:
            lines += ["", title, *(f"  {line}" for line in found)]
    return "\n".join(lines)


def to_json(result: Result) -> dict[str, Any]:
    """The same as plain data, dates as ISO texts."""
    clock, facts = result.clock, result.case.facts
    return {
        "today": result.today.isoformat(),
        "state": result.state,
        "state_label": STATES[result.state],
        "disposition": result.disposition or None,
        "clock": {
            "status": clock.status,
            "received_on": _iso(clock.received_on),
            "base": _iso(clock.base),
            "base_from": clock.base_from or None,
            "days": clock.days,
            "extension": clock.extension,
            "excluded": [{"after": span.start.isoformat(), "until": span.end.isoformat()} for span in clock.excluded],
            "excluded_days": clock.excluded_days,
            "deferred_to": _iso(clock.deferred_to),
            "due": _iso(clock.due),
            "provisional": clock.provisional,
            "calendar_version": clock.calendar_version,
            "ended_on": _iso(clock.ended_on),
            "in_time": clock.in_time,
            "remaining": clock.remaining,
            "lamp": clock.lamp,
            "explanation": clock_lines(result),
        },
        "periods": [
            {"key": p.key, "label": p.label, "article": p.article, "until": _iso(p.until), "provisional": p.provisional}
            for p in periods(facts, result.case.calendar)
        ],
        "next": [
            {"event": o.key, "label": o.label, "verdict": o.verdict, "reason": o.reason, "violations": list(o.keys)}
            for o in result.options()
        ],
        "violations": [
            {
                "key": v.key,
                "on": v.on.isoformat(),
                "event": v.number or None,
                "level": v.kind.level,
                "article": v.kind.article,
                "text": v.kind.text,
            }
            for v in result.violations
        ],
    }


def clock_lines(result: Result) -> list[str]:
    """Every step from receipt to the due date in words and numbers, numbered."""
    lines = _receipt(result) + _base(result)
    clock = result.clock
    if clock.due is None:
        lines.append(_not_running(result))
    else:
        lines.append(f"办理期限：{clock.days}个工作日（{rules().articles['answer']}）。")
        lines += _excluded(result) + _extended(result) + _due(result) + _rests_on(result)
    if clock.ended_on:
        lines.append(_end(result))
    elif clock.remaining is not None:
        lines.append(_left(result))
    return [f"{number}. {line}" for number, line in enumerate(lines, 1)]


def day(value: date) -> str:
    """A day as a file writes it: 2026年3月5日（星期四）."""
    return f"{value.year}年{value.month}月{value.day}日（星期{_WEEKDAYS[value.weekday()]}）"


def _state(result: Result) -> list[str]:
    lines = [f"{STATES[result.state]}。"]
    if result.disposition:
        chosen = disposition(result.disposition)
        lines.append(f"办理结果：{FAMILIES[chosen.family]}——{chosen.label}（{chosen.article}）。")
    return lines


def _receipt(result: Result) -> list[str]:
    facts = result.case.facts
    if facts.arrived is None:
        return ["没有提出申请的记录。"]
    channel = rules().channels[facts.channel]
    if facts.received_on is None:
        return [f"申请于{day(facts.arrived)}提出（{channel.label}）。{channel.rule}（{channel.article}），尚未确认。"]
    return [f"收到申请之日：{day(facts.received_on)}。{channel.label}，{channel.rule}（{channel.article}）。"]


def _base(result: Result) -> list[str]:
    clock = result.clock
    if clock.base is None:
        return []
    if clock.base_from == "supplemented":
        why = f"收到补正后的申请，答复期限自收到补正申请之日起计算（{rules().articles['supplement']}）"
    elif clock.base_from == "paid":
        why = f"缴费完成，办理期限自缴费完成次日起重新计算（{rules_title()[0]}）"
    else:
        why = "收到申请"
    return [f"起算：{day(clock.base)}{why}；当日不计，自次日起算。"]


def _not_running(result: Result) -> str:
    facts = result.case.facts
    if facts.ended_on:
        return "申请已经终结，没有答复期限。"
    if facts.base is None:
        return "收到申请之日尚未确定，答复期限没有开始计算。"
    if facts.phase == "awaiting_payment":
        return f"收费通知已经发出，缴费之前答复期限不计算（{rules_title()[0]}）。"
    if facts.phase == "awaiting_supplement":
        return f"已经告知补正，收到补正之前答复期限不计算（{rules().articles['supplement']}）。"
    return "申请人视为放弃申请，答复期限不再计算。"


def _excluded(result: Result) -> list[str]:
    clock, facts, calendar = result.clock, result.case.facts, result.case.calendar
    if not clock.excluded:
        return []
    spans = "；".join(f"{day(span.start)}之后至{day(span.end)}" for span in clock.excluded)
    lines = [f"不计算在期限内：{spans}，共{clock.excluded_days}个工作日（第三十三条第三款）。"]
    first, last = clock.excluded[0].start, clock.excluded[-1].end
    letters = [c for c in facts.consultations if c.sent < last and ended(c, calendar) > first]
    lines += [_letter(result, letter) for letter in letters]
    if len(letters) > len(clock.excluded):
        lines.append("重叠的征求意见期间只计一次。")
    return ["\n     ".join(lines)]


def _letter(result: Result, letter: Consultation) -> str:
    until = ended(letter, result.case.calendar)
    sent = f"征求{letter.party}意见：{day(letter.sent)}发出"
    sent += f"，{day(letter.received)}收到" if letter.received else ""
    days = rules().periods[letter.kind]
    article = rules().articles[letter.kind]
    if letter.answered and letter.answered <= until:
        return f"{sent}，{day(letter.answered)}答复，{_VIEWS[letter.view]}。"
    since = "收到" if letter.received else "发出（没有收到日期的记录）"
    lapse = f"{sent}；自{since}之日起{days}个工作日于{day(until)}届满（{article}）"
    if letter.answered:
        return f"{lapse}，{day(letter.answered)}才答复，届满之后的时间照常计算。"
    if until >= result.today:
        return f"{lapse}，尚未答复，暂按届满之日计算。"
    silence = "逾期未答复，视为同意公开" if letter.joint else "逾期未答复，由行政机关依法决定是否公开"
    return f"{lapse}，{silence}。"


def _extended(result: Result) -> list[str]:
    clock = result.clock
    if not clock.extension:
        return []
    return [f"延长：{clock.extension}个工作日，已经在期限届满前告知申请人（{rules().articles['extension']}）。"]


def _due(result: Result) -> list[str]:
    clock = result.clock
    assert clock.base
    assert clock.counted_due
    terms = [str(clock.days)]
    terms += [f"延长{clock.extension}"] if clock.extension else []
    terms += [f"不计算{clock.excluded_days}"] if clock.excluded_days else []
    total = clock.days + clock.extension + clock.excluded_days
    sum_ = f"（{'＋'.join(terms)}）" if len(terms) > 1 else ""
    lines = [f"期限届满：起算日之后第{total}个工作日{sum_}，即{day(clock.counted_due)}。"]
    if clock.deferred_to:
        later = clock.deferred_to > clock.counted_due
        effect = f"，答复期限至{day(clock.deferred_to)}" if later else "，早于上述期限，仍按上述期限"
        lines.append(f"延迟答复：已经告知申请人延迟至{day(clock.deferred_to)}（第三十五条）{effect}。")
    return lines


def _rests_on(result: Result) -> list[str]:
    clock = result.clock
    assert clock.base
    assert clock.counted_due
    names = _holidays(result, clock.base, clock.counted_due)
    through = f"期间的放假和调休：{names}。" if names else "期间没有放假和调休。"
    lines = [f"工作日按国务院办公厅放假通知计算，日历版本 {clock.calendar_version}。{through}"]
    if clock.provisional:
        lines.append(f"暂定：期间有的日子还没有放假通知，按周一至周五计算，{CAVEAT}。")
    return lines


def _holidays(result: Result, start: date, end: date) -> str:
    """The days in (start, end] on which an official calendar differs from Monday to Friday, by name."""
    found: dict[str, list[date]] = {}
    value = start
    while value < end:
        value += timedelta(days=1)
        known = result.case.calendar.day(value)
        if known.name and known.working != (value.weekday() < 5):
            found.setdefault(known.name, []).append(value)
    return "；".join(
        f"{name}（{'、'.join(f'{each.month}月{each.day}日' for each in days)}）" for name, days in found.items()
    )


def _end(result: Result) -> str:
    clock = result.clock
    assert clock.ended_on
    facts = result.case.facts
    if not facts.service:
        return f"申请于{day(clock.ended_on)}终结，没有送达答复。"
    mode = rules().service[facts.service]
    verdict = "" if clock.in_time is None else "，没有超过期限" if clock.in_time else "，超过期限"
    return f"答复：{day(clock.ended_on)}{mode.label}，{mode.rule}（{mode.source}）{verdict}。"


def _left(result: Result) -> str:
    clock = result.clock
    assert clock.remaining is not None
    assert clock.lamp
    if clock.lamp == "overdue":
        return f"{LAMPS[clock.lamp]}：届满之后已过{-clock.remaining}个工作日。"
    stopped = "现在停止计算；" if clock.status == "stopped" else ""
    return f"{stopped}还剩{clock.remaining}个工作日，{LAMPS[clock.lamp]}。"


def _period_lines(result: Result) -> list[str]:
    lines = []
    for period in periods(result.case.facts, result.case.calendar):
        if period.until is None:
            lines.append(f"{period.label}（{period.article}）：没有收到文书的记录，届满日无从计算。")
            continue
        caveat = f"（暂定，{CAVEAT}）" if period.provisional else ""
        past = "，已经届满" if period.until < result.today else ""
        lines.append(f"{period.label}（{period.article}）：至{day(period.until)}{caveat}{past}。")
    return lines


def _option_lines(options: tuple[Option, ...]) -> list[str]:
    """What may come next in one line; what must not and what cannot, grouped by reason."""
    may = [option.label for option in options if option.verdict == "may"]
    lines = [f"{VERDICTS['may']}：{'、'.join(may)}。"] if may else []
    for verdict in ("must_not", "cannot"):
        reasons: dict[str, list[str]] = {}
        for option in options:
            if option.verdict == verdict:
                reasons.setdefault(option.reason.removesuffix(f"“{option.label}”"), []).append(option.label)
        lines += [f"{VERDICTS[verdict]}：{'、'.join(labels)}——{reason}。" for reason, labels in reasons.items()]
    return lines


def _iso(value: date | None) -> str | None:
    return value.isoformat() if value else None
