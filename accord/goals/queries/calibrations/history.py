"""What held when, and what was known when: the wordings of one agreement on two axes of time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from accord.goals.models import Agreement, AgreementLine, AgreementTerms
from accord.goals.queries.agreements import terms_in_full
from accord.metrics.models import Metric

_TOLD = ("weight", "target", "threshold", "stretch", "method")
_LONG = ("params", "schedule")


@dataclass(frozen=True)
class Difference:
    """One thing that two wordings say differently. `field` is that of the line, or `added` or `removed`."""

    metric: Metric
    field: str
    before: Decimal | str | None = None
    after: Decimal | str | None = None


@dataclass(frozen=True)
class Step:
    """Signed terms with what they changed of the terms that held, as was known then, on the day they took effect."""

    terms: AgreementTerms
    differences: Sequence[Difference]


@dataclass(frozen=True)
class Known:
    """What one knew from the signing of some terms on: for each stretch of days the terms that held."""

    since: AgreementTerms
    held: Sequence[tuple[date, AgreementTerms | None]]


@dataclass(frozen=True)
class History:
    """The signed terms in the order of signing, the others beside them, and both axes of time."""

    agreement: Agreement
    steps: Sequence[Step]
    unsigned: Sequence[AgreementTerms]
    days: Sequence[date]
    known: Sequence[Known]

    def held(self, on: date, known_at: datetime) -> AgreementTerms | None:
        """What held on a day as it was known at a moment."""
        return _held([step.terms for step in self.steps], self.agreement, on, known_at)


def history(agreement: Agreement) -> History:
    """Everything that was ever worded for an agreement; two statements."""
    wordings = list(terms_in_full().filter(agreement=agreement).order_by("number"))
    signed = sorted((each for each in wordings if each.signed_at), key=lambda each: (each.signed_at, each.number))
    days = sorted({agreement.starts_on, *(max(each.effective_on, agreement.starts_on) for each in signed)})
    return History(
        agreement=agreement,
        steps=[_step(each, signed[:place], agreement) for place, each in enumerate(signed)],
        # A draft is its author's until it is put before the other side.
        unsigned=[each for each in wordings if each.signed_at is None and each.proposed_at is not None],
        days=days,
        known=[Known(each, [(day, _held(signed, agreement, day, each.signed_at)) for day in days]) for each in signed],
    )


def differences(before: Sequence[AgreementLine], after: Sequence[AgreementLine]) -> list[Difference]:
    """What lines say differently, in the order of the later ones; what was taken out comes last."""
    earlier = {line.metric_id: line for line in before}
    found: list[Difference] = []
    for line in after:
        old = earlier.pop(line.metric_id, None)
        found += _of_line(old, line) if old else [Difference(line.metric, "added", after=line.weight)]
    return found + [Difference(line.metric, "removed", before=line.weight) for line in earlier.values()]


def _of_line(old: AgreementLine, new: AgreementLine) -> list[Difference]:
    told = [
        Difference(new.metric, name, getattr(old, name), getattr(new, name))
        for name in _TOLD
        if getattr(old, name) != getattr(new, name)
    ]
    # Parameters and seasons are too long for a line; that they differ is said.
    return told + [Difference(new.metric, name) for name in _LONG if getattr(old, name) != getattr(new, name)]


def _step(terms: AgreementTerms, earlier: Sequence[AgreementTerms], agreement: Agreement) -> Step:
    base = _held(earlier, agreement, max(terms.effective_on, agreement.starts_on), terms.signed_at) if earlier else None
    return Step(terms, differences(list(base.lines.all()), list(terms.lines.all())) if base else [])


def _held(
    signed: Sequence[AgreementTerms], agreement: Agreement, on: date, known_at: datetime | None
) -> AgreementTerms | None:
    """Of the terms signed by then that had taken effect by the day, the last signed."""
    if known_at is None or not agreement.starts_on <= on <= agreement.ends_on:
        return None
    held = [each for each in signed if each.signed_at and each.signed_at <= known_at and each.effective_on <= on]
    return held[-1] if held else None
