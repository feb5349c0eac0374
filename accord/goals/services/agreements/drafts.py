"""What a draft agreement is made from: by an assessment model, a decomposition or by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from accord.goals.models import AssessmentModelVersion
from accord.people.models import Employee


@dataclass(frozen=True)
class LineDraft:
    """One line to be; the fields mean what they mean in AgreementLine."""

    metric_id: int
    weight: Decimal
    target: Decimal
    dimension: str = ""
    weight_min: Decimal | None = None
    weight_max: Decimal | None = None
    method: str = "completion_ratio"
    params: Mapping[str, object] = field(default_factory=dict)
    target_min: Decimal | None = None
    target_max: Decimal | None = None
    threshold: Decimal | None = None
    stretch: Decimal | None = None
    schedule: Sequence[tuple[int, int, str]] = ()
    why: str = ""
    credited_id: int | None = None
    key_result_id: int | None = None


@dataclass(frozen=True)
class AgreementDraft:
    """The agreement to be of one person; without `manager` their line manager signs."""

    employee: Employee
    lines: Sequence[LineDraft]
    model_version: AssessmentModelVersion | None = None
    manager: Employee | None = None
    starts_on: date | None = None


@dataclass(frozen=True)
class Drafted:
    """What became of a set of drafts: made new, brought up to date, and left alone with the reason in words."""

    created: Sequence[int]
    updated: Sequence[int]
    skipped: Sequence[tuple[Employee, str]]
    """Agreement ids, and employees whose agreement both sides have agreed to, is being signed or is in force."""
