"""Redesigns: begun, written step by step by two people at once, finished in a new version of the map, or set aside."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from accord.domain.periods import Frequency
from accord.domain.redesign import NewKpi, Redesign, Step, compose, read_redesign
from accord.foundation.language import readers_language
from accord.foundation.notices import NoticeKind
from accord.foundation.services.events import record
from accord.foundation.services.notifications import notify
from accord.goals import notices
from accord.goals.errors.redesigns import (
    NotTheirPosition,
    RedesignEnded,
    RedesignIncomplete,
    RedesignMoved,
    StepStale,
)
from accord.goals.models import AssessmentModelVersion, PositionMapVersion, PositionRedesign
from accord.goals.queries.map_content import map_of
from accord.goals.queries.redesigns import missing_in, newest_number, standing
from accord.goals.services.assessment_models.adopting import adopt
from accord.goals.services.map_versions import publish
from accord.metrics.models import Metric
from accord.metrics.services.library import MetricDefinition, ensure_metrics, shape_of
from accord.people.models import Employee, Position

OPEN = PositionRedesign.State.OPEN
_TRIES = 5
_LONGEST_PAUSE = timedelta(minutes=5)
"""Who writes nothing for longer is not counted as sitting over it."""


@transaction.atomic
def start(position: Position, holder: Employee, lead: Employee) -> PositionRedesign:
    """Begin to redesign `position` with somebody who holds it, and tell them; the one that is open is gone on with.

    Raises NotTheirPosition.
    """
    if holder.position_id != position.pk or holder.status == Employee.Status.LEFT or holder == lead:
        raise NotTheirPosition(name=holder.name)
    try:
        with transaction.atomic():
            redesign = PositionRedesign.objects.create(
                position=position, holder=holder, lead=lead, base=newest_number(position), started_at=timezone.now()
            )
    except IntegrityError:
        return PositionRedesign.objects.get(position=position, holder=holder, state=OPEN)
    _record("redesign.started", redesign, lead)
    _tell(holder, notices.redesigns.REDESIGN_STARTED, redesign, "goals:redesign", name=lead.name)
    return redesign


def save_step(redesign: PositionRedesign, step: Step, answers: Mapping[str, Any], seen: int, actor: Employee) -> int:
    """Save what was written in a step over its edition `seen`, and return the edition it has now.

    The other may save another step at the same moment: both are kept. Raises StepStale where they saved this one, and
    RedesignEnded.
    """
    for _each in range(_TRIES):
        row = PositionRedesign.objects.get(pk=redesign.pk)
        if row.state != OPEN:
            raise RedesignEnded
        before = row.steps.get(step.value) or {}
        if before.get("edition", 0) != seen:
            raise StepStale(name=Employee.objects.get(pk=before["by"]).name)
        if before.get("answers") == dict(answers):
            return seen
        saved = _saved(row.steps, step, answers, seen + 1, actor)
        mine = PositionRedesign.objects.filter(pk=row.pk, state=OPEN, edition=row.edition)
        if mine.update(steps=saved, edition=row.edition + 1):
            return seen + 1
    raise RedesignMoved


@transaction.atomic
def finish(redesign: PositionRedesign, note: str, actor: Employee, edition: int) -> PositionMapVersion:
    """Publish what was worked out as a new version of the map; new metrics go into the library.

    Raises RedesignMoved where something was saved after `edition`, RedesignIncomplete, RedesignEnded, and what
    `publish` raises.
    """
    _end(redesign, PositionRedesign.State.FINISHED, edition)
    row = PositionRedesign.objects.select_related("position", "holder", "lead").get(pk=redesign.pk)
    before, said = map_of(row.position), read_redesign(row.steps)
    if lacking := missing_in(said, before):
        words = [each.explain(readers_language()) for each in lacking]
        raise RedesignIncomplete(missing=("；" if readers_language() == "zh-hans" else "; ").join(words))
    content = compose(said, before, _keys(said, row, actor))
    version = publish(row.position, content, note, actor, newest_number(row.position))
    PositionRedesign.objects.filter(pk=row.pk).update(version=version)
    _record("redesign.finished", row, actor, number=version.number)
    for person in {row.holder, row.lead} - {actor}:
        values = {"name": actor.name, "number": version.number}
        _tell(person, notices.redesigns.REDESIGN_FINISHED, row, "goals:redesign_summary", **values)
    return version


@transaction.atomic
def take_into_model(redesign: PositionRedesign, actor: Employee) -> AssessmentModelVersion | None:
    """Put the KPIs that the redesign brought into the draft of the position's assessment model, credited to the holder.

    None where it brought none. Raises what `adopt` raises.
    """
    if redesign.version is None:
        raise RedesignIncomplete(missing=gettext("the new map is not published yet"))
    stands = standing(redesign)
    new = stands.after.metrics() - stands.before.metrics()
    draft = None
    for metric in Metric.objects.filter(pk__in=new).order_by("id"):
        draft = adopt(redesign.position, metric, redesign.holder, actor)
    return draft


@transaction.atomic
def drop(redesign: PositionRedesign, actor: Employee) -> None:
    """Set a redesign aside; what was written stays to be read. Raises RedesignEnded."""
    _end(redesign, PositionRedesign.State.DROPPED, None)
    _record("redesign.dropped", redesign, actor)


def _end(redesign: PositionRedesign, state: str, edition: int | None) -> None:
    rows = PositionRedesign.objects.filter(pk=redesign.pk, state=OPEN)
    if edition is not None:
        rows = rows.filter(edition=edition)
    if rows.update(state=state, ended_at=timezone.now()):
        return
    raise RedesignMoved if PositionRedesign.objects.filter(pk=redesign.pk, state=OPEN).exists() else RedesignEnded


def _saved(
    steps: Mapping[str, Any], step: Step, answers: Mapping[str, Any], edition: int, actor: Employee
) -> dict[str, Any]:
    now = timezone.now()
    entry = {"edition": edition, "by": actor.pk, "name": actor.name, "at": now.isoformat(), "answers": dict(answers)}
    return {**steps, step.value: entry, "clock": _clock(steps.get("clock"), now)}


def _clock(clock: Mapping[str, Any] | None, now: datetime) -> dict[str, Any]:
    """How long they have sat over it: the time between two savings, longer pauses left out."""
    if not clock:
        return {"seconds": 60, "at": now.isoformat()}
    pause = now - datetime.fromisoformat(clock["at"])
    worked = min(max(pause, timedelta()), _LONGEST_PAUSE)
    return {"seconds": clock["seconds"] + round(worked.total_seconds()), "at": now.isoformat()}


def _keys(said: Redesign, redesign: PositionRedesign, actor: Employee) -> dict[str, int]:
    """The metrics that new names are; those that the library does not have yet are made."""
    definitions = [_definition(kpi, said.source_of(kpi.name)) for kpi in said.new if kpi.metric is None]
    return {name: metric.pk for name, metric in ensure_metrics(definitions, actor.user).items()}


def _definition(kpi: NewKpi, source: str) -> MetricDefinition:
    return MetricDefinition(
        name=kpi.name,
        unit=kpi.unit,
        direction=Metric.Direction.DOWN if kpi.lower_is_better else Metric.Direction.UP,
        frequency=Frequency.WEEK,
        description=kpi.why,
        source=source,
        **shape_of(kpi.unit),
    )


def _record(what: str, redesign: PositionRedesign, actor: Employee, **fields: object) -> None:
    subject = f"position_redesigns:{redesign.pk}"
    record(what, subject=subject, actor=actor.user, redesign_id=redesign.pk, **fields)


def _tell(person: Employee, kind: NoticeKind, redesign: PositionRedesign, url_name: str, **values: object) -> None:
    if person.user is None:
        return
    said = {**values, "position": redesign.position.name}
    notify(
        person.user,
        kind.code,
        cause=f"position_redesigns:{redesign.pk}",
        values=said,
        url=reverse(url_name, args=[redesign.pk]),
    )
