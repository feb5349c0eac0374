"""Terms take effect: what both have signed becomes KPIs and targets, which everything else reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accord.domain.periods import Frequency
from accord.domain.schedules import periods_within, segments
from accord.domain.status import light_bounds
from accord.foundation.clock import organisation_day
from accord.foundation.services import events
from accord.goals.models import Agreement, AgreementLine, AgreementTerms, Kpi, KpiTarget
from accord.goals.queries.agreements import terms_in_full
from accord.goals.services.agreements.laying_out import KINDS, terms_id_of
from accord.goals.services.agreements.telling import note_terms
from accord.metrics.models import Metric, Series
from accord.workflow.models import Document

State = AgreementTerms.State
Window = Mapping[Frequency, tuple[int, int]]
"""The first and last period key by frequency; a frequency none of whose periods ends in the stretch is missing."""

_OUTCOMES = {
    Document.State.REFUSED: State.REFUSED,
    Document.State.EXPIRED: State.EXPIRED,
    Document.State.WITHDRAWN: State.WITHDRAWN,
}


def follow_signed(document_id: int, kind: str, subject: str) -> None:
    """Reaction to `document.signed`: the terms it is about take effect. Running again changes nothing."""
    terms = _about(document_id, kind, subject)
    if terms is not None:
        put_in_force(terms)


@transaction.atomic
def follow_ended(document_id: int, kind: str, subject: str) -> None:
    """Reaction to the end of a document that not all have signed: its terms keep how it ended.

    Either side may begin the wording again. Running again changes nothing.
    """
    terms = _about(document_id, kind, subject)
    outcome = _OUTCOMES.get(Document.State(terms.document.state)) if terms and terms.document else None
    if terms is None or outcome is None:
        return
    if AgreementTerms.objects.filter(pk=terms.pk, state=State.SIGNING).update(state=outcome):
        note_terms("not_signed", terms, None, state=outcome.value)


@transaction.atomic
def put_in_force(terms: AgreementTerms) -> None:
    """Let signed terms take effect: their KPIs and targets replace whatever the person was judged by in their time.

    Periods that ended before the day of signing stay as they are unless the terms are retroactive: `effective_on` is
    brought up to that day. Terms that are in force already change nothing.
    """
    terms = terms_in_full().get(pk=terms.pk)
    signed_at = (terms.document.closed_at if terms.document else None) or timezone.now()
    agreement = terms.agreement
    effective_on = max(terms.effective_on, agreement.starts_on)
    if not terms.is_retroactive:
        effective_on = max(effective_on, organisation_day(signed_at))
    taken = AgreementTerms.objects.filter(pk=terms.pk, state=State.SIGNING)
    if not taken.update(state=State.SIGNED, signed_at=signed_at, effective_on=effective_on):
        return
    window = window_of(effective_on, agreement.ends_on)
    touched = clear(KpiTarget.objects.filter(series__employee=agreement.employee_id), window)
    touched |= _write(agreement, list(terms.lines.all()), window)
    record_change(window, touched)
    note_terms("signed", terms, None)


def window_of(first: date, last: date) -> Window:
    """The periods that end in a stretch of days."""
    found = {frequency: periods_within(first, last, frequency) for frequency in Frequency} if first <= last else {}
    return {frequency: keys for frequency, keys in found.items() if keys is not None}


def clear(held: QuerySet[KpiTarget], window: Window) -> set[Frequency]:
    """End these targets before the window, and take out those that began in it, so that each period has one truth.

    What a file says of the time after the window goes on after it. Returns the frequencies whose targets were touched.
    What had been in force before stands in the signed terms.
    """
    touched: set[Frequency] = set()
    gone: list[int] = []
    tails: list[KpiTarget] = []
    for target in held.filter(_overlapping(window)).select_related("kpi"):
        frequency = Frequency(target.from_period // 1_000_000)
        touched.add(frequency)
        first, last = window[frequency]
        if target.kpi.line_id is None and target.to_period > last:
            tails.append(_from(target, last + 1))
        if target.from_period < first:
            KpiTarget.objects.filter(pk=target.pk).update(to_period=first - 1)
        else:
            gone.append(target.pk)
    KpiTarget.objects.filter(pk__in=gone).delete()
    KpiTarget.objects.bulk_create(tails)
    return touched


def _from(target: KpiTarget, period: int) -> KpiTarget:
    """The same target as a row of its own that begins with a period."""
    tail = copy(target)
    tail.pk, tail.from_period, tail._state.adding = None, period, True
    return tail


def record_change(window: Window, touched: set[Frequency]) -> None:
    """Say which stretches of periods have other targets now, so that their lights are judged again."""
    ranges = [list(window[frequency]) for frequency in sorted(touched & window.keys())]
    if ranges:
        events.record("kpis.changed", ranges=ranges)


def _overlapping(window: Window) -> Q:
    found = Q(pk__in=())
    for first, last in window.values():
        found |= Q(from_period__lte=last, to_period__gte=first)
    return found


def _write(agreement: Agreement, lines: Sequence[AgreementLine], window: Window) -> set[Frequency]:
    series = _series(agreement.employee_id, lines)
    Kpi.objects.bulk_create(
        Kpi(
            cycle_id=agreement.cycle_id,
            series_id=series[line.metric_id],
            line=line,
            weight=line.weight,
            method=line.method,
            params=line.params,
        )
        for line in lines
    )
    kpis = dict(Kpi.objects.filter(line__in=lines).values_list("line_id", "pk"))
    targets = [
        target
        for line in lines
        if line.metric.frequency in window
        for target in _targets(line, kpis[line.pk], series[line.metric_id], window[Frequency(line.metric.frequency)])
    ]
    KpiTarget.objects.bulk_create(targets)
    return {Frequency(target.from_period // 1_000_000) for target in targets}


def _series(employee_id: int, lines: Sequence[AgreementLine]) -> dict[int, int]:
    """The person's series of each metric by metric, made where it is missing."""
    metrics = [line.metric_id for line in lines]
    Series.objects.bulk_create(
        (Series(employee_id=employee_id, metric_id=metric) for metric in metrics), ignore_conflicts=True
    )
    return dict(Series.objects.filter(employee=employee_id, metric__in=metrics).values_list("metric_id", "pk"))


def _targets(line: AgreementLine, kpi: int, series: int, keys: tuple[int, int]) -> Iterator[KpiTarget]:
    lower = line.metric.direction == Metric.Direction.DOWN
    schedule = [(int(first), int(last), Decimal(target)) for first, last, target in line.schedule]
    for part in segments(*keys, line.target, schedule):
        green, yellow = light_bounds(part.target, lower)
        yield KpiTarget(
            kpi_id=kpi,
            series_id=series,
            lower_is_better=lower,
            from_period=part.first,
            to_period=part.last,
            target=part.target,
            threshold=line.threshold,
            stretch=line.stretch,
            green_from=green,
            yellow_from=yellow,
        )


def _about(document_id: int, kind: str, subject: str) -> AgreementTerms | None:
    """The terms that a document is about, if it is the one they were laid out in."""
    pk = terms_id_of(subject) if kind in KINDS else None
    return terms_in_full().filter(pk=pk, document=document_id).first() if pk else None
