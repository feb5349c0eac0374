"""How forms are really used: seconds of real turns beside the prediction, and which fields people fill in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db import connection
from django.utils.translation import get_language

from accord.workflow.models import FieldUse, FillTurn, Form, FormVersion
from accord.workflow.queries.field_views import said
from accord.workflow.queries.schema import START, fields_of, form_of, is_optional

ENOUGH_FILLS = 20
"""From as many on, what people do says something."""
EMPTY_SHARE = Decimal("0.9")
"""A field that so many leave empty is proposed for hiding."""

# Exact, by rank: the median is the middle turn or the mean of the two in the middle, p90 the first turn that nine in
# ten do not exceed.
_TIMES = """
    WITH ranked AS (
        SELECT turn.version_id AS version_id, turn.step AS step, turn.active_seconds AS seconds,
               row_number() OVER (PARTITION BY turn.version_id, turn.step ORDER BY turn.active_seconds) AS place,
               count(*) OVER (PARTITION BY turn.version_id, turn.step) AS turns
        FROM form_fill_turns turn JOIN form_versions version ON version.id = turn.version_id
        WHERE version.form_id = %s AND turn.submitted_at IS NOT NULL
    )
    SELECT version_id, step, max(turns),
           avg(CASE WHEN 2 * place BETWEEN turns AND turns + 2 THEN seconds * 1.0 END),
           min(CASE WHEN 10 * place >= 9 * turns THEN seconds END)
    FROM ranked GROUP BY version_id, step
"""


@dataclass(frozen=True)
class Times:
    """Seconds that turns at one step of one version took."""

    step: str
    turns: int
    median: Decimal
    p90: int
    label: str = ""


@dataclass(frozen=True)
class VersionUse:
    """A version with what was predicted and what was measured; the first step is the form itself."""

    version: FormVersion
    times: tuple[Times, ...]

    @property
    def is_over(self) -> bool:
        """Whether the median of enough turns lies above the budget."""
        measured = self.start
        return bool(measured and measured.turns >= ENOUGH_FILLS and measured.median > self.version.form.budget_seconds)

    @property
    def later(self) -> list[Times]:
        """The turns at the other steps."""
        return [each for each in self.times if each.step != START]

    @property
    def start(self) -> Times | None:
        """The turns of those who fill it in first."""
        return next((each for each in self.times if each.step == START), None)


@dataclass(frozen=True)
class FieldUsed:
    """How often a field of the newest version was there, and how often it was filled in."""

    key: str
    label: str
    is_optional: bool
    is_frozen: bool
    seconds: Decimal
    offered: int
    filled: int

    @property
    def share(self) -> int | None:
        """Percent of those who could; None before anybody."""
        return round(100 * self.filled / self.offered) if self.offered else None

    @property
    def empty(self) -> int:
        """How many left it empty."""
        return self.offered - self.filled

    @property
    def tone(self) -> str:
        """The colour of its bar."""
        return "grey" if self.is_hardly_used or self.is_frozen else ""

    @property
    def is_hardly_used(self) -> bool:
        """Whether at least nine in ten of enough people left it empty."""
        return self.offered >= ENOUGH_FILLS and self.empty >= EMPTY_SHARE * self.offered

    @property
    def is_proposed(self) -> bool:
        """Whether hiding it for everybody is proposed; a core field can only be made optional in a new version."""
        return self.is_optional and self.is_hardly_used and not self.is_frozen


def times_of(form: Form) -> dict[int, list[Times]]:
    """Measured times by version, the first step first."""
    with connection.cursor() as cursor:
        cursor.execute(_TIMES, [form.pk])
        rows = cursor.fetchall()
    found: dict[int, list[Times]] = {}
    for version, step, turns, median, p90 in sorted(rows, key=lambda row: (row[1] != START, row[1])):
        found.setdefault(version, []).append(Times(step, turns, Decimal(str(median)), p90))
    return found


def use_of(form: Form) -> list[VersionUse]:
    """Every version, the newest first, with its times."""
    times = times_of(form)
    versions = form.versions.select_related("form").order_by("-number")
    return [VersionUse(version, _labelled(version, times.get(version.pk, ()))) for version in versions]


def _labelled(version: FormVersion, times: Iterable[Times]) -> tuple[Times, ...]:
    labels = {step["key"]: said(step.get("label"), get_language() or "") for step in version.body.get("steps", [])}
    return tuple(replace(each, label=labels.get(each.step, each.step)) for each in times)


def shown_version(form: Form) -> FormVersion | None:
    """The version whose fields are looked at: the published one, else the newest that was."""
    versions = form.versions.select_related("form").exclude(published_at=None)
    return versions.order_by("-published_at", "-number").first()


def field_use(version: FormVersion) -> list[FieldUsed]:
    """The fields people are asked for, in order, with their use over all versions that ask for the same key."""
    counted: dict[str, tuple[int, int]] = {}
    for use in FieldUse.objects.filter(version__form_id=version.form_id):
        offered, filled = counted.get(use.field_key, (0, 0))
        counted[use.field_key] = (offered + use.offered, filled + use.filled)
    form, language = form_of(version), get_language() or ""
    return [
        FieldUsed(
            key=settings["key"],
            label=said(settings.get("label"), language),
            is_optional=is_optional(settings),
            is_frozen=settings["key"] in version.form.frozen,
            seconds=form.field(settings["key"]).seconds(),
            offered=counted.get(settings["key"], (0, 0))[0],
            filled=counted.get(settings["key"], (0, 0))[1],
        )
        for settings in fields_of(version)
        if settings["kind"] not in ("heading", "calculated", "metric")
    ]


def expected_seconds(version: FormVersion) -> int:
    """What filling in this version takes: the median of enough real turns, else the prediction."""
    turns = FillTurn.objects.filter(version=version, step=START).exclude(submitted_at=None)
    seconds = turns.order_by("active_seconds").values_list("active_seconds", flat=True)
    count = turns.count()
    return version.predicted_seconds if count < ENOUGH_FILLS else _middle(seconds[(count - 1) // 2 : count // 2 + 1])


def _middle(seconds: Iterable[int]) -> int:
    both = list(seconds)
    return sum(both) // len(both)
