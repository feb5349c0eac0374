"""The agenda of a talk: what it writes by itself from what happened since last time, and what the two put there.

What is suggested is worked out anew each time, until the talk begins; then it is written down as points.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.alerts.models import Alert, KpiStatus, Light
from accord.alerts.templatetags.alerts import because
from accord.coaching.models import AgendaPoint, CoachingStep, CoachingTask, OneOnOne
from accord.domain.periods import Frequency, Period
from accord.foundation.clock import organisation_day
from accord.goals.models import CheckIn
from accord.goals.queries.check_ins import chain
from accord.metrics.templatetags.metrics import metric_name, quantity

MOST_OF_A_KIND = 5

Section = AgendaPoint.Section


@dataclass(frozen=True)
class Suggestion:
    """A point the agenda writes by itself. `source` (`<table>:<id>`) is what it comes from and is known again by."""

    section: str
    text: str
    source: str
    url: str = ""
    light: int | None = None


Source = Callable[[OneOnOne, datetime], Sequence[Suggestion]]
"""Gives points of a talk from what happened since a moment; only what both of the two may read."""


def lights(talk: OneOnOne, since: datetime) -> list[Suggestion]:
    """The KPIs of the employee whose light is another one than it was when the two last talked, the worst first."""
    turned = []
    for statuses in _statuses(talk.pairing.employee_id, organisation_day(since)).values():
        before = [status for status in statuses if Period(status.period).end < organisation_day(since)]
        if before and before[-1].light != statuses[-1].light:
            turned.append((before[-1], statuses[-1]))
    turned.sort(key=lambda pair: (pair[1].light, pair[1].series_id))
    return [_turn(before, after) for before, after in turned[:MOST_OF_A_KIND]]


def alerts(talk: OneOnOne, since: datetime) -> list[Suggestion]:
    """Coaching tasks about the employee that are open, and alerts nobody opened a task for.

    What is only watched is not told to anybody, and so not here either.
    """
    employee = talk.pairing.employee_id
    tasks = CoachingTask.objects.exclude(state=CoachingTask.State.CLOSED).filter(employee=employee)
    tasks = tasks.select_related("alert__series__metric").prefetch_related("steps").order_by("due_on", "pk")
    bare = Alert.objects.filter(series__employee=employee, state=Alert.State.OPEN, is_watched=False)
    bare = bare.filter(coaching_task=None).select_related("series__metric").order_by("raised_at")
    found = [_task(task) for task in tasks[:MOST_OF_A_KIND]]
    return found + [_alert(alert) for alert in bare[:MOST_OF_A_KIND]]


def check_ins(talk: OneOnOne, since: datetime) -> list[Suggestion]:
    """What the employee wrote since last time: every obstacle, and the newest of what moved."""
    links = chain(talk.pairing.employee, organisation_day(since), organisation_day())
    told = [link.check_in for link in links]
    obstacles = [_obstacle(each) for each in told if each.obstacle][:MOST_OF_A_KIND]
    moved = [_moved(each) for each in told if not each.obstacle][:3]
    return obstacles + moved


def _statuses(employee: int, since: date) -> dict[int, list[KpiStatus]]:
    """The judgements of somebody's KPIs around a day and after it, by series, in the order of time."""
    recent = Q()
    for frequency in Frequency:
        first = Period.of(since, frequency)
        recent |= Q(period__gte=(first - 2).key, period__lt=(frequency + 1) * 1_000_000)
    found: defaultdict[int, list[KpiStatus]] = defaultdict(list)
    rows = KpiStatus.objects.filter(recent, series__employee=employee).select_related("series__metric")
    for status in rows.order_by("period"):
        found[status.series_id].append(status)
    return found


def _turn(before: KpiStatus, after: KpiStatus) -> Suggestion:
    metric = after.series.metric
    words = _("%(metric)s: from “%(before)s” to “%(after)s” (%(period)s: %(value)s, target %(target)s)") % {
        "metric": metric_name(metric),
        "before": Light(before.light).label,
        "after": Light(after.light).label,
        "period": Period(after.period).label,
        "value": quantity(after.value, metric),
        "target": quantity(after.target, metric),
    }
    url = reverse("metrics:origin", args=[after.series_id, after.period])
    return Suggestion(Section.PROGRESS, words, f"kpis:{after.kpi_id}", url, after.light)


def _task(task: CoachingTask) -> Suggestion:
    action = next((step.note for step in task.steps.all() if step.kind == CoachingStep.Kind.ACTION), "")
    metric = metric_name(task.alert.series.metric)
    agreed = _("%(metric)s: how far is what we agreed? “%(action)s”") % {"metric": metric, "action": action[:200]}
    words = agreed if action else _("%(metric)s: %(why)s") % {"metric": metric, "why": because(task.alert)}
    url = reverse("coaching:task", args=[task.pk])
    return Suggestion(Section.PROGRESS, words, f"coaching_tasks:{task.pk}", url)


def _alert(alert: Alert) -> Suggestion:
    words = _("%(metric)s: %(why)s") % {"metric": metric_name(alert.series.metric), "why": because(alert)}
    return Suggestion(Section.PROGRESS, words, f"alerts:{alert.pk}", reverse("alerts:alert", args=[alert.pk]))


def _obstacle(check_in: CheckIn) -> Suggestion:
    return Suggestion(Section.OBSTACLES, check_in.obstacle, *_from(check_in))


def _moved(check_in: CheckIn) -> Suggestion:
    return Suggestion(Section.PROGRESS, check_in.moved, *_from(check_in))


def _from(check_in: CheckIn) -> tuple[str, str]:
    return f"check_ins:{check_in.pk}", reverse("goals:check-ins_person", args=[check_in.employee_id])


@dataclass(frozen=True)
class Entry:
    """A line of the agenda: a point, or a suggestion that is none yet. `url` leads to what it comes from."""

    text: str
    author: str
    source: str
    url: str = ""
    light: int | None = None
    point: AgendaPoint | None = None

    @property
    def is_done(self) -> bool:
        return self.point is not None and self.point.state == AgendaPoint.State.DISCUSSED


@dataclass(frozen=True)
class AgendaSection:
    """One heading of the agenda with its lines."""

    code: str
    label: str
    entries: Sequence[Entry]


def laid_out(points: Iterable[AgendaPoint], suggested: Iterable[Suggestion]) -> list[AgendaSection]:
    """The agenda by headings: what was carried over first, then what it wrote itself, then what the two added."""
    by_section: defaultdict[str, list[tuple[int, Entry]]] = defaultdict(list)
    for point in points:
        order = 0 if point.carried_from_id else 1 if point.author_id is None else 2
        author = point.author.name if point.author else ""
        by_section[point.section].append((order, Entry(point.words, author, point.source, point=point)))
    for each in suggested:
        entry = Entry(each.text, "", each.source, each.url, each.light)
        by_section[each.section].append((1, entry))
    return [
        AgendaSection(code, str(label), [entry for _, entry in sorted(by_section[code], key=lambda pair: pair[0])])
        for code, label in AgendaPoint.Section.choices
    ]
