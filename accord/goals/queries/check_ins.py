"""Check-ins, read: the chain of what moved, newest first, each with what it corrected."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery

from accord.domain.periods import Frequency, Period
from accord.goals.models import CheckIn, CheckInFile, KeyResult, KeyResultCheckIn
from accord.metrics.models import Metric
from accord.people.models import Employee


@dataclass(frozen=True)
class ChainLink:
    """One check-in as it stands now; `earlier` are the wordings that it replaced, the latest first."""

    check_in: CheckIn
    earlier: Sequence[CheckIn] = ()

    @property
    def files(self) -> Iterable[CheckInFile]:
        return self.check_in.files.all()

    @property
    def label(self) -> str:
        """What it is about, where that is not a metric."""
        result = self.check_in.key_result
        return result.title if result else ""


@dataclass(frozen=True)
class ChainWeek:
    """The check-ins of one week, newest first."""

    label: str
    first: date
    last: date
    links: Sequence[ChainLink] = field(default_factory=list)


def chain(employee: Employee, since: date, until: date, metric: Metric | None = None) -> list[ChainLink]:
    """What `employee` wrote about the days from `since` to `until`, newest first; with `metric`, about that alone.

    Two statements, however long it is. Whoever calls it has made sure that the reader may see the employee.
    """
    found = in_full(CheckIn.objects.filter(employee=employee, on__gte=since, on__lte=until))
    return [link for link in linked(found) if metric is None or link.check_in.metric_id == metric.pk]


def weeks(links: Iterable[ChainLink]) -> list[ChainWeek]:
    """A chain week by week."""
    return [
        ChainWeek(period.label, period.start, period.end, list(those))
        for period, those in groupby(links, key=lambda link: Period.of(link.check_in.on, Frequency.WEEK))
    ]


def in_full(check_ins: QuerySet[CheckIn]) -> QuerySet[CheckIn]:
    """With what a timeline shows, newest first."""
    files = Prefetch("files", CheckInFile.objects.order_by("id"))
    return check_ins.select_related("metric", "key_result").prefetch_related(files).order_by("-on", "-id")


def linked(found: Iterable[CheckIn]) -> list[ChainLink]:
    """Those that stand, each with the ones it took the place of."""
    by_key = {check_in.pk: check_in for check_in in found}
    replaced = {check_in.corrects_id for check_in in by_key.values()}
    return [
        ChainLink(check_in, list(_before(check_in, by_key))) for key, check_in in by_key.items() if key not in replaced
    ]


def _before(check_in: CheckIn, by_key: dict[int, CheckIn]) -> Iterable[CheckIn]:
    while check_in.corrects_id in by_key:
        check_in = by_key[check_in.corrects_id]
        yield check_in


def newest_of(employee: Employee) -> CheckIn | None:
    """The newest check-in of somebody, whose answers are the next one's defaults."""
    return CheckIn.objects.filter(employee=employee).select_related("metric").order_by("-id").first()


def people_by_latest(people: QuerySet[Employee], search: str = "") -> QuerySet[Employee]:
    """People with their newest check-in (`last_on`, `last_moved`, `last_confidence`), the latest first."""
    if search:
        people = people.filter(Q(name__icontains=search) | Q(employee_no=search))
    standing = CheckIn.objects.filter(employee=OuterRef("pk"), corrected_by=None).order_by("-on", "-id")
    newest = {f"last_{name}": Subquery(standing.values(name)[:1]) for name in ("on", "moved", "confidence")}
    working = people.exclude(status=Employee.Status.LEFT).select_related("position")
    return working.annotate(**newest).order_by(F("last_on").desc(nulls_last=True), "name", "id")


def reported_on(results: QuerySet[KeyResult]) -> KeyResult | None:
    """One of `results` that somebody has reported on, in a line of its own or in a check-in; what was said stays."""
    in_a_line = Exists(KeyResultCheckIn.objects.filter(key_result=OuterRef("pk")))
    in_a_check_in = Exists(CheckIn.objects.filter(key_result=OuterRef("pk")))
    return results.filter(in_a_line | in_a_check_in).order_by("pk").first()
