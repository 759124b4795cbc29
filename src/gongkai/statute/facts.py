"""What is known of a case after some of its events: the resumable state of `procedure`.

Every value is immutable, so that a shallow copy of `Facts` is a snapshot.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, NamedTuple

from gongkai.statute.violations import Violation

Phase = Literal[
    "new",
    "awaiting_confirmation",
    "processing",
    "awaiting_supplement",
    "supplement_lapsed",
    "awaiting_payment",
    "fee_lapsed",
    "decided",
    "delivered",
    "redecided",
    "withdrawn",
    "merged",
    "transferred",
    "archived",
]
"""What an event may follow. States shown to people are finer: see `procedure.STATES`."""

PHASES: Final[dict[Phase, str]] = {
    "new": "还没有申请",
    "awaiting_confirmation": "申请尚待与申请人确认",
    "processing": "申请正在办理",
    "awaiting_supplement": "正在等待申请人补正",
    "supplement_lapsed": "已经认定申请人逾期不补正",
    "awaiting_payment": "正在等待申请人缴费",
    "fee_lapsed": "已经认定申请人逾期未缴费",
    "decided": "已经作出答复、尚未送达",
    "delivered": "答复已经送达",
    "redecided": "已经重新作出答复、尚未送达",
    "withdrawn": "申请人已经撤回申请",
    "merged": "申请已经合并办理",
    "transferred": "申请已经转送",
    "archived": "案卷已经归档",
}
"""The phase in words, as the beginning of a reason."""


class Consultation(NamedTuple):
    """A letter to a third party or another agency. `received` is when it reached them, `answered` their opinion."""

    kind: str
    party: str
    sent: date
    number: int
    joint: bool = False
    received: date | None = None
    answered: date | None = None
    view: str = ""


class Remedy(NamedTuple):
    """A reconsideration or a suit; `result` is empty while it is pending."""

    kind: str
    opened: date
    simplified: bool
    closed: date | None = None
    result: str = ""


@dataclass(slots=True)
class Facts:
    """The facts that rules ask for. Only `transitions` writes them."""

    phase: Phase = "new"
    last: date = date.min
    channel: str = ""
    arrived: date | None = None
    contacted: date | None = None
    received_on: date | None = None
    base: date | None = None
    base_from: str = ""
    waiting: bool = False
    supplements_asked: int = 0
    supplement_asked_on: date | None = None
    supplement_days: int = 0
    supplement_received: date | None = None
    supplement_stops: bool = False
    supplemented: bool = False
    supplement_lapsed: bool = False
    consultations: tuple[Consultation, ...] = ()
    third_party_asked: bool = False
    units_asked: tuple[str, ...] = ()
    reasons_asked: bool = False
    reasons_given: bool = False
    extension: int = 0
    extensions_told: int = 0
    deferred_to: date | None = None
    fees_notified: int = 0
    fee_amount: int = 0
    fee_received: date | None = None
    fee_stops: bool = False
    fee_lapsed: bool = False
    drafted: bool = False
    reviewed: bool = False
    secrecy_reviewed: bool = False
    disposition: str = ""
    first_disposition: str = ""
    decided_on: date | None = None
    document_no: str = ""
    ended_on: date | None = None
    ended_number: int = 0
    service: str = ""
    remedies: tuple[Remedy, ...] = ()
    violations: tuple[Violation, ...] = ()

    def letter(self, kind: str, party: str) -> Consultation | None:
        """The latest letter to `party`."""
        for found in reversed(self.consultations):
            if found.party == party and found.kind == kind:
                return found
        return None

    def letters(self) -> list[Consultation]:
        """The latest letter to each party: the one that a receipt or an answer belongs to."""
        return list({(letter.kind, letter.party): letter for letter in self.consultations}.values())
