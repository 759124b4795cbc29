"""Nouns: a record of government information, its file of events, its public versions, its attachments and links."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable
from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.disclosure import review
from gongkai.disclosure.catalogue.models import CatalogueRow
from gongkai.statute import validity
from gongkai.statute.catalogue import disclosure_items

TEXT = ("title", "document_no", "issuing_body", "abstract", "body", "keywords", "source")
"""The columns whose wording is reviewed and published."""

DESCRIBED = (
    *TEXT, "genre", "theme", "item", "field", "column", "attribute", "attribute_reason", "scope", "formed_on",
    "changed_on", "effective_on", "expires_on", "amended_on", "repealed_on", "is_normative", "needs_interpretation",
    "no_interpretation_reason", "particulars",
)  # fmt: skip
"""The columns that a version keeps, in the order in which a page shows them."""


def digest_of(
    content: dict[str, Any], files: Iterable[tuple[str, str]], cleared: Iterable[tuple[str, ...]] = ()
) -> str:
    """What a reviewer saw, as one number: the content, the (name, SHA-256) of the attachments, and the personal data that
    is cleared for publication, with the reasons, where there is any."""
    seen = [content, sorted(f"{name}:{sha256}" for name, sha256 in files), *sorted(map(list, cleared))]
    text = json.dumps(seen, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


class Record(models.Model):
    """政府信息: a document or a piece of information of an agency, as it stands in the office.

    The columns are the working copy. What the public sees is the newest `Version`, which nobody changes. `state`,
    `is_public` and `turn` are a cache of `review.fold` over the events, written in the same transaction.
    """

    class Attribute(models.TextChoices):
        PROACTIVE = "proactive", "主动公开"
        ON_APPLICATION = "on_application", "依申请公开"
        WITHHELD = "withheld", "不予公开"

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="records", verbose_name="公开主体")
    index_no = models.CharField("索引号", max_length=40, unique=True, null=True, editable=False)
    title = models.CharField("标题", max_length=300)
    document_no = models.CharField("发文字号", max_length=60, blank=True)
    issuing_body = models.CharField("发文机关", max_length=100, blank=True)
    genre = models.CharField("体裁", max_length=20, blank=True)
    theme = models.CharField("主题分类", max_length=60, blank=True)
    item = models.CharField("法定公开事项", max_length=8, blank=True)
    field = models.PositiveSmallIntegerField("试点领域", null=True, blank=True)
    column = models.SlugField("栏目", max_length=40, blank=True)
    keywords = models.CharField("关键词", max_length=200, blank=True)
    abstract = models.TextField("内容概述", max_length=1000, blank=True)
    source = models.CharField("信息来源", max_length=100, blank=True)
    body = models.TextField("正文", blank=True)
    attribute = models.CharField("公开属性", max_length=14, choices=Attribute.choices, blank=True)
    attribute_reason = models.CharField("不公开的理由和依据", max_length=300, blank=True)
    scope = models.CharField("公开范围", max_length=40, default="全社会")
    formed_on = models.DateField("成文日期")
    changed_on = models.DateField("变更日期", null=True, blank=True)
    effective_on = models.DateField("实施日期", null=True, blank=True)
    expires_on = models.DateField("有效期至", null=True, blank=True)
    amended_on = models.DateField("修改日期", null=True, blank=True)
    repealed_on = models.DateField("废止日期", null=True, blank=True)
    is_normative = models.BooleanField("行政规范性文件", default=False)
    needs_interpretation = models.BooleanField("需要解读", default=False)
    no_interpretation_reason = models.CharField("不解读的理由", max_length=200, blank=True)
    particulars = models.JSONField(
        "栏目要素", default=dict, blank=True, db_default=models.Value({}, models.JSONField())
    )
    catalogue_row = models.ForeignKey(
        CatalogueRow, models.PROTECT, null=True, blank=True, related_name="records", verbose_name="标准目录事项"
    )
    due_on = models.DateField("应公开日期", null=True, editable=False)

    state = models.CharField(max_length=10, choices=list(review.STATES.items()), default="draft", editable=False)
    is_public = models.BooleanField(default=False, editable=False)
    turn = models.CharField(max_length=10, blank=True, editable=False)
    published_at = models.DateTimeField("发布时间", null=True, editable=False)
    publish_at = models.DateTimeField("定时发布", null=True, editable=False)
    reassess_on = models.DateField("重新评估日期", null=True, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    touched_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "政府信息"
        ordering = ("-published_at", "-pk")
        indexes = (
            models.Index(fields=("-published_at", "-id"), condition=Q(is_public=True), name="record_newest"),
            models.Index(fields=("agency", "-published_at", "-id"), condition=Q(is_public=True), name="record_agency"),
            models.Index(fields=("item", "-published_at", "-id"), condition=Q(is_public=True), name="record_item"),
            models.Index(fields=("agency", "state", "turn"), name="record_queue"),
            models.Index(fields=("publish_at",), condition=Q(publish_at__isnull=False), name="record_scheduled"),
            models.Index(fields=("reassess_on",), condition=Q(reassess_on__isnull=False), name="record_reassess"),
        )
        constraints = (
            models.CheckConstraint(
                name="withheld_with_a_reason",
                condition=~Q(attribute__in=("on_application", "withheld")) | ~Q(attribute_reason=""),
                violation_error_message="不主动公开的，须写明理由和依据。",
            ),
            models.CheckConstraint(
                name="public_is_proactive",
                condition=Q(is_public=False) | Q(published_at__isnull=False, index_no__isnull=False),
            ),
            models.CheckConstraint(
                name="effect_after_forming",
                condition=Q(effective_on=None) | Q(expires_on=None) | Q(expires_on__gte=F("effective_on")),
                violation_error_message="有效期不能早于实施日期。",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def content(self) -> dict[str, Any]:
        """The working copy as a version would keep it; without particulars where a column has none."""
        values = {name: getattr(self, name) for name in DESCRIBED if name != "particulars" or self.particulars}
        return {k: v.isoformat() if hasattr(v, "isoformat") else v for k, v in values.items()}

    def digest(self) -> str:
        """What a reviewer saw: the content and the attachments. A review of another digest does not count."""
        if not self.pk:
            return digest_of(self.content, [])
        files = self.attachments.filter(is_removed=False).values_list("name", "sha256")
        cleared = self.clearances.filter(ended_at=None).values_list("kind", "text", "ground", "reason")
        return digest_of(self.content, files, cleared)

    @property
    def is_not_disclosed(self) -> bool:
        """Whether it was decided that it is not disclosed proactively."""
        return self.attribute in (self.Attribute.ON_APPLICATION, self.Attribute.WITHHELD)

    @property
    def is_awaited(self) -> bool:
        """Whether the time to publish it runs."""
        return not self.is_public and not self.is_not_disclosed and self.state not in ("withdrawn", "discarded")

    @property
    def state_label(self) -> str:
        """Where it stands, in words; what is approved and not disclosed waits for no publication."""
        if self.state == "approved" and self.is_not_disclosed:
            return f"已审定，{self.get_attribute_display()}"
        return review.STATES[self.state]

    @property
    def item_text(self) -> str:
        """The statutory item in words."""
        return next((one.text for one in disclosure_items() if one.code == self.item), "")

    @property
    def validity_dates(self) -> validity.Dates:
        """The dates that decide whether the document is in force."""
        return validity.Dates(self.amended_on, self.repealed_on, self.expires_on)


class FileEvent(models.Model):
    """An entry of a record's file: appended, never changed. `review.fold` reads them in order."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="events")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=list(review.KINDS.items()))
    step = models.CharField(max_length=60, blank=True)
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    who = models.CharField(max_length=120)
    at = models.DateTimeField(default=timezone.now, editable=False)
    digest = models.CharField(max_length=64)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("record", "number"), name="one_number_a_file"),)

    @property
    def what(self) -> str:
        """What happened, with the step that was passed or not."""
        step = review.step_label(self.step) if self.kind in ("passed", "returned") else ""
        return f"{review.KINDS[self.kind]}（{step}）" if step else review.KINDS[self.kind]

    def plain(self) -> review.Event:
        """As the rules see it."""
        return review.Event(self.kind, self.staff_id or 0, self.step, self.digest, self.note)


class Version(models.Model):
    """What was published, word for word. `erratum` says what changed since the one before, for the public; `clearances` are
    the keys of those by which personal data stands in it."""

    record = models.ForeignKey(Record, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    content = models.JSONField()
    files = models.JSONField(default=list)
    clearances = models.JSONField(default=list, blank=True, db_default=models.Value([], models.JSONField()))
    erratum = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=("record", "number"), name="one_number_a_version"),)


class Attachment(models.Model):
    """A file of a record, kept under the hash of its bytes. Who may have it follows from the record, always.

    `text` is what it says, `unread` why it says nothing, `findings` the personal data in it (`file_texts`).
    """

    record = models.ForeignKey(Record, models.CASCADE, related_name="attachments")
    name = models.CharField("文件名", max_length=150)
    sha256 = models.CharField(max_length=64, validators=[RegexValidator(r"^[0-9a-f]{64}$")])
    size = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=60)
    text = models.TextField(blank=True)
    read_at = models.DateTimeField(null=True)
    unread = models.CharField(max_length=200, blank=True, db_default="")
    findings = models.JSONField(default=list, blank=True, db_default=models.Value([], models.JSONField()))
    is_removed = models.BooleanField(default=False)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("pk",)

    def is_leaking(self, cleared: Collection[tuple[str, str]] = ()) -> bool:
        """Whether there is personal data in it with which it must not go out, but for the (kind, text) that is cleared."""
        return bool(self.leaks(cleared))

    def leaks(self, cleared: Collection[tuple[str, str]] = ()) -> list[dict[str, Any]]:
        """The findings with which it must not go out."""
        blocking = [one for one in self.findings if one["severity"] == "block"]
        return [one for one in blocking if not cleared or (one.get("kind"), self.found(one)) not in cleared]

    def found(self, finding: dict[str, Any]) -> str:
        """What a finding is about, as the file has it; "" where that may only be masked."""
        return self.text[finding["start"] : finding["end"]] if "start" in finding else ""

    @property
    def path(self) -> str:
        """Where the storage keeps it."""
        return f"records/{self.sha256[:2]}/{self.sha256}"


class Clearance(models.Model):
    """依法公开: that one piece of personal data stays public in a record, and why. It holds for exactly this text, in the
    record's text and in its files; another number, and the same number in another record, is cleared anew.

    What is public stands by the clearances of its version that nobody has taken back (`clearances.in_version`).
    """

    class Ground(models.TextChoices):
        DUTY = "duty", "履行职责的公务联系方式"
        CONSENT = "consent", "本人书面同意公开"
        LAW = "law", "法律、法规要求公开"
        OTHER = "other", "其他"

    record = models.ForeignKey(Record, models.CASCADE, related_name="clearances")
    kind = models.CharField(max_length=20)
    label = models.CharField(max_length=30)
    text = models.CharField(max_length=200)
    masked = models.CharField(max_length=200)
    ground = models.CharField("依据", max_length=8, choices=Ground.choices)
    reason = models.CharField("说明", max_length=200)
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    who = models.CharField(max_length=120)
    at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("record", "kind", "text"), condition=Q(ended_at=None), name="one_clearance_at_a_time"
            ),
        )

    @property
    def why(self) -> str:
        """The ground and what was said of it."""
        return f"{self.get_ground_display()}：{self.reason}"


class OwnWords(models.Model):
    """What this site has added to the lexicon: one row."""

    csv = models.TextField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = (models.CheckConstraint(name="one_lexicon", condition=Q(id=1)),)

    @classmethod
    def keep(cls, csv: str) -> None:
        """Put this in the place of what was there."""
        sha256 = hashlib.sha256(csv.encode()).hexdigest()
        cls.objects.update_or_create(pk=1, defaults={"csv": csv, "sha256": sha256})


class Link(models.Model):
    """A tie between two records, read from both ends."""

    class Kind(models.TextChoices):
        INTERPRETS = "interprets", "解读"
        RELATED = "related", "相关"
        AMENDS = "amends", "修改"
        REPEALS = "repeals", "废止"
        CONSULTS = "consults", "征求意见"

    source = models.ForeignKey(Record, models.CASCADE, related_name="links_out")
    target = models.ForeignKey(Record, models.CASCADE, related_name="links_in")
    kind = models.CharField(max_length=10, choices=Kind.choices)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("source", "target", "kind"), name="one_link"),
            models.CheckConstraint(name="no_link_to_itself", condition=~Q(source=F("target"))),
        )


class Plan(models.Model):
    """解读方案: how a document will be interpreted, made with it (三同步). For the office, not for the public."""

    record = models.OneToOneField(Record, models.CASCADE, related_name="plan", verbose_name="文件")
    outline = models.TextField("解读提纲", max_length=2000, blank=True)
    forms = models.JSONField("解读形式", default=list, blank=True)
    channels = models.CharField("发布渠道", max_length=200, blank=True)
    planned_on = models.DateField("解读时间", null=True, blank=True)
    responsible = models.CharField("责任人", max_length=60, blank=True)
    lead = models.CharField("第一解读人", max_length=60, blank=True)
    touched_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "解读方案"

    def __str__(self) -> str:
        return f"《{self.record.title}》解读方案"

    @property
    def agency(self) -> Agency:
        """The agency of the document."""
        return self.record.agency


class Assessment(models.Model):
    """A re-assessment (art. 18) of what is not disclosed: whether the reason still holds. Appended, never changed."""

    class Outcome(models.TextChoices):
        KEEP = "keep", "维持不公开"
        DISCLOSE = "disclose", "转为主动公开"

    record = models.ForeignKey(Record, models.CASCADE, related_name="assessments")
    outcome = models.CharField("评估结论", max_length=8, choices=Outcome.choices)
    reason = models.CharField("理由", max_length=500)
    who = models.CharField(max_length=120)
    at = models.DateTimeField(default=timezone.now, editable=False)
    next_on = models.DateField("下次评估日期", null=True)

    class Meta:
        ordering = ("-at", "-pk")


class Serial(models.Model):
    """The last index number given by an agency in a year: never reused."""

    agency = models.ForeignKey(Agency, models.PROTECT)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("agency", "year"), name="one_serial_a_year"),)


class Shown(models.Model):
    """What the public sees of a record, as columns that lists filter, count and sort by.

    Copied from the newest version by `shown.bring`, in the transaction that publishes, corrects or withdraws; there is
    a row exactly while the record is public. Lists never read the working copy.
    """

    record = models.OneToOneField(Record, models.CASCADE, primary_key=True, related_name="shown")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    index_no = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    document_no = models.CharField(max_length=60, blank=True)
    genre = models.CharField(max_length=20, blank=True)
    theme = models.CharField(max_length=30, blank=True)
    item = models.CharField(max_length=8, blank=True)
    field = models.PositiveSmallIntegerField(null=True)
    column = models.CharField(max_length=40, blank=True)
    abstract = models.TextField(blank=True)
    formed_on = models.DateField()
    effective_on = models.DateField(null=True)
    expires_on = models.DateField(null=True)
    amended_on = models.DateField(null=True)
    repealed_on = models.DateField(null=True)
    is_normative = models.BooleanField(default=False)
    published_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    year = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = verbose_name_plural = "公开目录"
        default_permissions = ()
        indexes = (
            models.Index(fields=("published_at", "record"), name="shown_newest"),
            models.Index(fields=("formed_on", "record"), name="shown_formed"),
            models.Index(fields=("changed_at", "record"), name="shown_changed"),
            models.Index(fields=("agency", "published_at", "record"), name="shown_agency"),
            models.Index(fields=("item", "published_at", "record"), name="shown_item"),
            models.Index(fields=("theme", "published_at", "record"), name="shown_theme"),
            models.Index(fields=("year", "published_at", "record"), name="shown_year"),
            models.Index(
                fields=("field", "published_at", "record"), condition=Q(field__isnull=False), name="shown_field"
            ),
            models.Index(fields=("column", "published_at", "record"), condition=~Q(column=""), name="shown_column"),
            models.Index(fields=("published_at", "record"), condition=Q(is_normative=True), name="shown_normative"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def validity_dates(self) -> validity.Dates:
        """The dates that decide whether the document is in force."""
        return validity.Dates(self.amended_on, self.repealed_on, self.expires_on)
