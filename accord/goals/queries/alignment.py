"""The alignment map: which objective serves which. Any map opens with the same number of statements."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import connection
from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber

from accord.goals.models import Cycle, Objective
from accord.goals.queries.objectives import SeenObjective, in_full, of_people, seen

AT_THE_TOP, IN_A_BRANCH = 24, 10
"""How many objectives a map shows at the top, and in one branch before “more”."""
OPENED = (10, 8, 6)
"""How many branches open by themselves at the top, and on each level below it."""
MORE = 30
_DEEPEST = 100

_PATH = """
    WITH RECURSIVE path(id, parent_id, depth) AS (
        SELECT id, parent_id, 0 FROM objectives WHERE id = %s
        UNION ALL
        SELECT above.id, above.parent_id, path.depth + 1 FROM objectives above
        JOIN path ON above.id = path.parent_id WHERE path.depth < %s
    )
    SELECT id FROM path ORDER BY depth
"""
# Units before people, so that the way from the company to a person reads from the left to the right.
_ORDER = (of_people(), F("org_unit"), F("order"), F("pk"))


@dataclass
class Branch:
    """An objective on the map. `below` are those that are drawn, out of `count`; without any drawn it is folded."""

    seen: SeenObjective
    count: int
    below: list[Branch] = field(default_factory=list)

    @property
    def objective(self) -> Objective:
        return self.seen.objective

    @property
    def more(self) -> int:
        """How many below it are not drawn yet, where some are."""
        return self.count - len(self.below) if self.below else 0


@dataclass(frozen=True)
class AlignmentMap:
    """The top of a map with what is opened below it; `above` leads from the company down to the first of `branches`
    where the map begins in the middle.
    """

    branches: Sequence[Branch]
    total: int
    above: Sequence[Objective] = ()
    is_cut: bool = False


def path_to(pk: int) -> list[int]:
    """The keys from an objective up to the top, its own first; empty if there is no such objective."""
    with connection.cursor() as cursor:
        cursor.execute(_PATH, [pk, _DEEPEST])
        return [row[0] for row in cursor.fetchall()]


def whole_map(cycle: Cycle, today: date, at: int | None = None) -> AlignmentMap:
    """The map of a cycle from the top, opened as far as to the objective `at`."""
    in_cycle = Objective.objects.filter(cycle=cycle)
    path = path_to(at) if at else []
    tops = _with_counts(in_cycle.filter(parent=None)).order_by(*_ORDER)
    top = list(tops[:AT_THE_TOP])
    missing = [pk for pk in path[-1:] if pk not in {each.pk for each in top}]
    top += list(_with_counts(in_cycle.filter(pk__in=missing, parent=None)))
    totals = in_cycle.aggregate(all=Count("pk"), top=Count("pk", filter=Q(parent=None)))
    return AlignmentMap(_grown(top, path, today), totals["all"], is_cut=totals["top"] > len(top))


def map_below(objective: Objective, today: date) -> AlignmentMap:
    """The map that begins with one objective, with the way that leads to it."""
    path = path_to(objective.pk)
    above = {each.pk: each for each in Objective.objects.filter(pk__in=path[1:])}
    root = list(_with_counts(Objective.objects.filter(pk=objective.pk)))
    total = Objective.objects.filter(cycle=objective.cycle_id).count()
    return AlignmentMap(_grown(root, [], today), total, [above[pk] for pk in reversed(path[1:])])


def branch_of(objective: Objective, today: date, start: int = 0) -> tuple[list[Branch], int]:
    """The objectives directly below one, from the place `start` on, and how many are left after them."""
    below = _with_counts(Objective.objects.filter(parent=objective)).order_by(*_ORDER)
    some = [_branch(each, today) for each in below[start : start + MORE]]
    total = Objective.objects.filter(parent=objective).count()
    return some, max(0, total - start - len(some))


def found_in(cycle: Cycle, words: str, most: int = 20) -> list[Objective]:
    """The objectives of a cycle with all of `words` in the title, a key result, or the name of whose it is."""
    found = Objective.objects.filter(cycle=cycle).select_related("org_unit", "employee", "parent")
    for word in words.split():
        found = found.filter(
            Q(title__icontains=word)
            | Q(employee__name__icontains=word)
            | Q(org_unit__name__icontains=word)
            | Q(pk__in=Objective.objects.filter(cycle=cycle, key_results__title__icontains=word).values("pk"))
        )
    return list(found.order_by(*_ORDER)[:most])


def _with_counts(objectives: QuerySet[Objective]) -> QuerySet[Objective]:
    children = Objective.objects.filter(parent=OuterRef("pk")).order_by().values("parent")
    count = Subquery(children.annotate(count=Count("pk")).values("count"), output_field=IntegerField())
    return in_full(objectives).annotate(below=Coalesce(count, 0))


def _grown(top: Sequence[Objective], path: Collection[int], today: date) -> list[Branch]:
    """The branches of `top`, opened along `path`, and some levels deep as far as that is few."""
    tops = [_branch(each, today) for each in top]
    known = {each.objective.pk: each for each in tops}
    opened: set[int] = set()
    wanted, level = set(path), top
    for most in OPENED:
        wanted = (wanted | {each.pk for each in level[:most]}) - opened
        opened |= wanted
        level, wanted = _children(wanted, path), set()
        for branch in (_branch(each, today) for each in level):
            known[branch.objective.pk] = branch
            known[branch.objective.parent_id or 0].below.append(branch)
    return tops


def _children(parents: Collection[int], wanted: Collection[int]) -> list[Objective]:
    """The first few below each of `parents`, and those of them that are `wanted`, in the order of the map."""
    place = Window(RowNumber(), partition_by=F("parent"), order_by=_ORDER)
    children = _with_counts(Objective.objects.filter(parent__in=parents)).annotate(place=place)
    return list(children.filter(Q(place__lte=IN_A_BRANCH) | Q(pk__in=wanted)).order_by(*_ORDER))


def _branch(objective: Objective, today: date) -> Branch:
    count: int = getattr(objective, "below", 0)
    return Branch(seen(objective, today), count)
