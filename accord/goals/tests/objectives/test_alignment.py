"""The alignment map: what it opens, and at what cost."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accord.goals.models import Cycle, KeyResult, Objective
from accord.goals.queries.alignment import AT_THE_TOP, IN_A_BRANCH, MORE, branch_of, found_in, map_below, whole_map
from accord.goals.tests.objectives.builders import MIDDLE, cycle_around, key_result_of, objective_of
from accord.people.models import Employee
from tests.cast import Cast


def forest(subject: Employee, tops: int, below: int, each: int, cycle: Cycle | None = None) -> list[Objective]:
    """`tops` objectives with `below` below each and `each` below those, every one with a key result."""
    cycle, made = cycle or cycle_around(), []
    parents: list[Objective | None] = [None]
    for count in (tops, below, each):
        rows = [
            Objective(cycle=cycle, employee=subject, owner=subject, title=f"目标{place}", parent=parent)
            for parent in parents
            for place in range(count)
        ]
        parents = list(Objective.objects.bulk_create(rows))
        made += parents
    KeyResult.objects.bulk_create(
        KeyResult(objective=one, title="复购率", target=Decimal(10), weight=Decimal(1)) for one in made
    )
    return [one for one in made if one is not None]


def test_the_map_shows_who_serves_what(cast: Cast) -> None:
    top = objective_of(cast.company, "提升客户复购率")
    key_result_of(top, current=Decimal(5))
    person = objective_of(cast.xiaozhang, "开拓新客", parent=top)
    unit = objective_of(cast.east, "提升复购", parent=top)
    seen = whole_map(cycle_around(), MIDDLE)
    assert [(branch.objective, branch.count) for branch in seen.branches] == [(top, 2)]
    assert [branch.objective for branch in seen.branches[0].below] == [unit, person]
    assert seen.branches[0].seen.part.progress == Decimal("0.5")
    assert seen.total == 3


def test_the_way_to_an_objective_is_opened_however_deep_and_far_it_is(cast: Cast) -> None:
    made = forest(cast.xiaozhang, AT_THE_TOP + 2, 1, 0)
    at = objective_of(cast.xiaozhang, parent=made[-1])
    for _ in range(4):
        at = objective_of(cast.xiaozhang, parent=at)
    seen = whole_map(cycle_around(), MIDDLE, at.pk)
    assert seen.is_cut
    branch = seen.branches[-1]
    while branch.below:
        branch = branch.below[0]
    assert branch.objective == at


def test_many_in_one_branch_come_on_demand(cast: Cast) -> None:
    top = objective_of(cast.company)
    for place in range(MORE + 5):
        objective_of(cast.xiaozhang, f"目标{place:02d}", parent=top)
    branch = whole_map(cycle_around(), MIDDLE).branches[0]
    assert (len(branch.below), branch.more) == (IN_A_BRANCH, MORE + 5 - IN_A_BRANCH)
    more, left = branch_of(top, MIDDLE, IN_A_BRANCH)
    assert [each.objective.title for each in more] == [f"目标{place:02d}" for place in range(IN_A_BRANCH, MORE + 5)]
    assert left == 0
    assert branch_of(top, MIDDLE)[1] == 5


def test_a_map_may_begin_in_the_middle(cast: Cast) -> None:
    top = objective_of(cast.company, "公司")
    middle = objective_of(cast.east, "小组", parent=top)
    objective_of(cast.xiaozhang, parent=middle)
    seen = map_below(middle, MIDDLE)
    assert list(seen.above) == [top]
    assert seen.branches[0].objective == middle
    assert len(seen.branches[0].below) == 1


@pytest.mark.parametrize("words", ["复购", "小张", "华东 提升", "老客下单"])
def test_objectives_are_found_by_title_key_result_or_whose_they_are(cast: Cast, words: str) -> None:
    wanted = objective_of(cast.xiaozhang if words == "小张" else cast.east, "提升复购")
    key_result_of(wanted, title="老客下单占比")
    objective_of(cast.stranger, "别的")
    assert found_in(cycle_around(), words) == [wanted]


def test_a_map_of_any_size_opens_with_the_same_number_of_statements(cast: Cast) -> None:
    counts = []
    for tops, below, each in ((2, 2, 1), (20, 10, 9)):
        cycle = cycle_around(f"{tops}")
        forest(cast.xiaozhang, tops, below, each, cycle)
        with CaptureQueriesContext(connection) as queries:
            total = whole_map(cycle, MIDDLE).total
        counts.append((total, len(queries)))
    (few, cheap), (many, dear) = counts
    assert few == 10
    assert many > 2000
    assert cheap == dear <= 12
