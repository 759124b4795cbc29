"""The events of a case: dated facts, appended and never edited (design: a case is its events).

Every event has `on`, the day the fact happened (not the day it was typed in). Values are checked when an event is
made, so that `procedure.fold` meets sound events only; whether an event fits its case is for `fold` to say.
"""

from dataclasses import dataclass, fields
from datetime import date
from typing import ClassVar, Final, Literal

from gongkai.statute.event_values import EventError, wrong_value

ChannelKey = Literal["in_person", "oral", "post_signed", "post_unsigned", "post_misaddressed", "online", "email", "fax"]
NoticeKey = Literal["supplement", "fee", "third_party", "other_agency"]
View = Literal["consents", "objects", "partly"]
UnitKind = Literal["internal", "competent_body"]
Approver = Literal["ogi_head", "other"]
ReviewKind = Literal["legality", "secrecy"]
ServiceKey = Literal["direct", "entrusted", "postal", "courier", "electronic"]
RemedyKind = Literal["reconsideration", "suit"]
RemedyResult = Literal["upheld", "corrected", "other_result"]


@dataclass(frozen=True, slots=True)
class Event:
    """A fact of a case and the day it happened. `key` names its type in JSON, `label` for readers."""

    key: ClassVar[str] = ""
    label: ClassVar[str] = ""
    needed: ClassVar[tuple[str, ...]] = ()

    on: date

    def __post_init__(self) -> None:
        for field in fields(self):
            reason = wrong_value(type(self), field.name, getattr(self, field.name))
            if reason:
                raise EventError(field.name, reason)


@dataclass(frozen=True, slots=True)
class Received(Event):
    """The application arrives: handed in, signed for by the mail room, submitted on the internet (art. 31)."""

    key = "received"
    label = "提出申请"
    channel: ChannelKey


@dataclass(frozen=True, slots=True)
class ContactAttempted(Event):
    """The office tried to reach an applicant to confirm, in vain (国办公开办函〔2015〕207号)."""

    key = "contact_attempted"
    label = "联系申请人未果"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Confirmed(Event):
    """Receipt is confirmed with the applicant: the day received (art. 31(2), (3))."""

    key = "confirmed"
    label = "与申请人确认"


@dataclass(frozen=True, slots=True)
class NoticeReceived(Event):
    """Someone received a letter of the agency; periods that run from receipt are counted from here.

    `party` names who, where letters go to several third parties or agencies.
    """

    key = "notice_received"
    label = "对方收到文书"
    notice: NoticeKey
    party: str = ""


@dataclass(frozen=True, slots=True)
class SupplementAsked(Event):
    """The applicant is told once what to supplement (art. 30). `working_days` is the period the notice sets."""

    key = "supplement_asked"
    label = "告知补正"
    working_days: int | None = None


@dataclass(frozen=True, slots=True)
class Supplemented(Event):
    """The supplemented application arrives (art. 30). `reason` is the good reason for coming after a lapse."""

    key = "supplemented"
    label = "收到补正"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SupplementLapsed(Event):
    """The agency finds that the applicant let the period lapse without good reason (art. 30)."""

    key = "supplement_lapsed"
    label = "逾期不补正"


@dataclass(frozen=True, slots=True)
class ThirdPartyAsked(Event):
    """A letter to a third party is sent (art. 32)."""

    key = "third_party_asked"
    label = "征求第三方意见"
    needed = ("party",)
    party: str


@dataclass(frozen=True, slots=True)
class ThirdPartyAnswered(Event):
    """A third party's opinion arrives (art. 32)."""

    key = "third_party_answered"
    label = "第三方答复"
    needed = ("party",)
    party: str
    view: View


@dataclass(frozen=True, slots=True)
class OtherAgencyAsked(Event):
    """A letter to another agency is sent; `joint` to one that made the information jointly (arts 33(3), 34)."""

    key = "other_agency_asked"
    label = "征求其他机关意见"
    needed = ("party",)
    party: str
    joint: bool = False


@dataclass(frozen=True, slots=True)
class OtherAgencyAnswered(Event):
    """Another agency's opinion arrives (art. 34)."""

    key = "other_agency_answered"
    label = "其他机关答复"
    needed = ("party",)
    party: str
    view: View


@dataclass(frozen=True, slots=True)
class UnitAsked(Event):
    """A unit of the agency, a subordinate body, or the body competent under art. 17 is asked. The clock runs on.

    `excluded` records that the agency took the time out of its count, which art. 33(3) does not allow.
    """

    key = "unit_asked"
    label = "征求内部机构意见"
    needed = ("party",)
    party: str
    kind: UnitKind = "internal"
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class UnitAnswered(Event):
    """The unit or competent body answers."""

    key = "unit_answered"
    label = "内部机构答复"
    needed = ("party",)
    party: str


@dataclass(frozen=True, slots=True)
class ReasonsAsked(Event):
    """The applicant is asked why so much, so often (art. 35)."""

    key = "reasons_asked"
    label = "要求说明理由"


@dataclass(frozen=True, slots=True)
class ReasonsGiven(Event):
    """The applicant's reasons arrive (art. 35)."""

    key = "reasons_given"
    label = "收到理由说明"


@dataclass(frozen=True, slots=True)
class Extended(Event):
    """The applicant is told of an extension (art. 33(2)); `on` is the day of telling, `approved_by` who agreed."""

    key = "extended"
    label = "延长答复期限"
    working_days: int
    approved_by: Approver = "ogi_head"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Deferred(Event):
    """The applicant is told of a deferred reply and its date (art. 35). The reason is mandatory."""

    key = "deferred"
    label = "延迟答复"
    needed = ("reason",)
    due_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class FeeNotified(Event):
    """The fee notice is sent (art. 42, fee rules). `amount` is whole yuan."""

    key = "fee_notified"
    label = "收费通知"
    amount: int


@dataclass(frozen=True, slots=True)
class FeePaid(Event):
    """The fee is paid in full."""

    key = "fee_paid"
    label = "缴费"


@dataclass(frozen=True, slots=True)
class FeeLapsed(Event):
    """The agency finds that the payment period lapsed (fee rules: 视为放弃申请)."""

    key = "fee_lapsed"
    label = "逾期未缴费"


@dataclass(frozen=True, slots=True)
class Merged(Event):
    """The application is handled together with another."""

    key = "merged"
    label = "合并办理"
    needed = ("into",)
    into: str


@dataclass(frozen=True, slots=True)
class Transferred(Event):
    """The application goes to the agency that will answer it (国办公开办函〔2019〕14号)."""

    key = "transferred"
    label = "转送"
    needed = ("to",)
    to: str


@dataclass(frozen=True, slots=True)
class Withdrawn(Event):
    """The applicant withdraws."""

    key = "withdrawn"
    label = "撤回申请"


@dataclass(frozen=True, slots=True)
class Drafted(Event):
    """A draft reply exists."""

    key = "drafted"
    label = "拟稿"


@dataclass(frozen=True, slots=True)
class Reviewed(Event):
    """The draft is reviewed for legality or secrecy (art. 17)."""

    key = "reviewed"
    label = "审查"
    kind: ReviewKind


@dataclass(frozen=True, slots=True)
class Decided(Event):
    """The reply is approved; `disposition` is a code of `dispositions`, `document_no` its 文号."""

    key = "decided"
    label = "作出答复"
    disposition: str
    document_no: str = ""


@dataclass(frozen=True, slots=True)
class Served(Event):
    """The reply is served; `on` is the day that counts for its mode (国办公开办函〔2016〕235号).

    `collect` records that postage was collected from the applicant (到付).
    """

    key = "served"
    label = "送达"
    mode: ServiceKey
    collect: bool = False


@dataclass(frozen=True, slots=True)
class RemedyOpened(Event):
    """The agency receives the copy of an application for reconsideration, or a suit; `simplified`: 简易程序."""

    key = "remedy_opened"
    label = "申请复议或者起诉"
    kind: RemedyKind
    simplified: bool = False


@dataclass(frozen=True, slots=True)
class RemedyClosed(Event):
    """Reconsideration or suit ends; the results are those of table four of the annual report."""

    key = "remedy_closed"
    label = "复议或者诉讼办结"
    kind: RemedyKind
    result: RemedyResult


@dataclass(frozen=True, slots=True)
class Redecided(Event):
    """A new decision after reconsideration or judgment. It is no new application in the report (§10)."""

    key = "redecided"
    label = "重新作出答复"
    disposition: str
    after: RemedyKind
    document_no: str = ""


@dataclass(frozen=True, slots=True)
class RecordCorrected(Event):
    """A record about the applicant was corrected on request (更正, art. 41): not an application, no clock."""

    key = "record_corrected"
    label = "更正信息"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Archived(Event):
    """The file is archived (art. 45)."""

    key = "archived"
    label = "归档"


@dataclass(frozen=True, slots=True)
class Annulled(Event):
    """Event `number` (counted from 1 in the whole list) is void: the case is what it is without it."""

    key = "annulled"
    label = "撤销事件"
    needed = ("reason",)
    number: int
    reason: str


EVENTS: Final[dict[str, type[Event]]] = {
    cls.key: cls
    for cls in (
        Received, ContactAttempted, Confirmed, NoticeReceived, SupplementAsked, Supplemented, SupplementLapsed,
        ThirdPartyAsked, ThirdPartyAnswered, OtherAgencyAsked, OtherAgencyAnswered, UnitAsked, UnitAnswered,
        ReasonsAsked, ReasonsGiven, Extended, Deferred, FeeNotified, FeePaid, FeeLapsed, Merged, Transferred,
        Withdrawn, Drafted, Reviewed, Decided, Served, RemedyOpened, RemedyClosed, Redecided, RecordCorrected,
        Archived, Annulled,
    )
}  # fmt: skip
"""Every type of event by key, in the order of a case."""
