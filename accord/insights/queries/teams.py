"""The team board: one manager's people, and how everybody below each of them stands."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet, Sum

from accord.alerts.models import Light, TeamStatus
from accord.domain.periods import Frequency, Period
from accord.insights.queries.lights import KpiLight, lights_of, newest_periods
from accord.metrics.models import Metric
from accord.people.models import Employee


@dataclass(frozen=True)
class Counts:
    """How many KPIs shine in which colour; grey ones have a target and no value yet."""

    red: int = 0
    yellow: int = 0
    green: int = 0
    grey: int = 0

    @property
    def total(self) -> int:
        return self.red + self.yellow + self.green + self.grey

    @classmethod
    def of(cls, lights: Sequence[KpiLight]) -> Counts:
        """Count the lights themselves."""
        shining = [light.light for light in lights]
        red, yellow, green = (shining.count(light) for light in (Light.RED, Light.YELLOW, Light.GREEN))
        return cls(red, yellow, green, len(shining) - red - yellow - green)


@dataclass(frozen=True)
class Row:
    """One person on the board: their own lights, whether anybody reports to them, and the counts of all below them.

    `below` is None where the counts would tell of people whom the reader may not see.
    """

    employee: Employee
    lights: Sequence[KpiLight]
    leads: bool
    below: Counts | None

    def cells(self, metrics: Sequence[Metric]) -> list[KpiLight | None]:
        """The lights in the order of the columns."""
        by_metric = {light.metric.pk: light for light in self.lights}
        return [by_metric.get(metric.pk) for metric in metrics]


@dataclass(frozen=True)
class Group:
    """People of one position, who answer for the same things: a heat map of people × metrics.

    Those who are alone in their position (heads of departments, say) stand together in one group without a position
    and columns; each of their KPIs names itself.
    """

    position: str
    metrics: Sequence[Metric]
    rows: Sequence[Row]

    @property
    def leads_down(self) -> bool:
        """Whether somebody in the group has a team of their own."""
        return any(row.leads for row in self.rows)

    @property
    def lines(self) -> list[tuple[Row, list[KpiLight | None]]]:
        return [(row, row.cells(self.metrics)) for row in self.rows]


@dataclass(frozen=True)
class Board:
    """A manager's board as of a day. `counts` is None where they would tell of people whom the reader may not see."""

    periods: dict[Frequency, Period]
    counts: Counts | None
    groups: Sequence[Group]

    @property
    def metrics(self) -> list[Metric]:
        """Each metric of somebody on the board, once."""
        return list(
            {kpi.metric.pk: kpi.metric for group in self.groups for row in group.rows for kpi in row.lights}.values()
        )


def board_of(
    manager: Employee,
    reports: QuerySet[Employee],
    on: date,
    counted: Callable[[Collection[int]], Collection[int]] = set,
) -> Board:
    """The board of `manager`: `reports` are the direct reports its reader may see. Five statements for any company.

    `counted` says below which of some managers the reader may know the counts.
    """
    newest = newest_periods(on)
    team = Employee.objects.filter(manager=OuterRef("pk")).exclude(status=Employee.Status.LEFT)
    ordered = reports.select_related("position").order_by("position__name", "name", "id")
    people = list(ordered.annotate(leads=Exists(team)))
    lights = lights_of((person.pk for person in people), newest)
    open_ones = counted([manager.pk, *(person.pk for person in people if person.leads)])
    below = counts_below(list(open_ones), newest)

    def of(pk: int) -> Counts | None:
        return below.get(pk, Counts()) if pk in open_ones else None

    rows = [Row(person, lights.get(person.pk, []), person.leads, of(person.pk)) for person in people]
    return Board(newest, of(manager.pk), groups_of(rows))


def counts_below(managers: Sequence[int], newest: dict[Frequency, Period]) -> dict[int, Counts]:
    """The counts over everybody below each of some managers; one statement."""
    rows = (
        TeamStatus.objects.filter(ancestor__in=managers, period__in=[period.key for period in newest.values()])
        .values("ancestor_id")
        .annotate(reds=Sum("red"), yellows=Sum("yellow"), greens=Sum("green"), all=Sum("expected"))
    )
    return {
        row["ancestor_id"]: Counts(
            row["reds"], row["yellows"], row["greens"], row["all"] - row["reds"] - row["yellows"] - row["greens"]
        )
        for row in rows
    }


def groups_of(rows: Sequence[Row]) -> list[Group]:
    """The people of a heat map by position, those who are alone in theirs together and first."""
    by_position: dict[str, list[Row]] = {}
    for row in rows:
        by_position.setdefault(row.employee.position.name, []).append(row)
    alone = [same[0] for same in by_position.values() if len(same) == 1]
    groups = [Group(position, _columns(same), same) for position, same in by_position.items() if len(same) > 1]
    return [Group("", [], alone), *groups] if alone else groups


def _columns(rows: Sequence[Row]) -> list[Metric]:
    """The metrics of some people, the heaviest first, each once."""
    return list({light.metric.pk: light.metric for row in rows for light in row.lights}.values())
