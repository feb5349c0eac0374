"""Who has which part of a gap to target: people are compared with their own targets in force."""

from decimal import Decimal
from pathlib import Path

import pytest

from accord.foundation.imports import ImportOptions
from accord.goals.services.kpi_import import import_kpis
from accord.metrics.models import DriverTree
from accord.metrics.queries.driver_trees import breakdown, tree_view
from accord.metrics.services.driver_trees import NodeDraft, make_tree
from accord.metrics.tests.builders import bring
from accord.metrics.tests.driver_trees.builders import (
    WEEK,
    node_of,
    store_metrics,
    store_tree,
    weeks,
    with_targets,
)
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree(cast: Cast, tmp_path: Path) -> DriverTree:
    """小张 misses conversion, 小林 meets it; each has half of the visitors that the tree asks for."""
    made = with_targets(store_tree(cast), WEEK)
    path = tmp_path / "kpis.csv"
    quotas = [("访客数", 200_000), ("转化率", 2.5), ("客单价", 200), ("GMV", 100)]
    lines = [f"{who},{metric},25%,{target}" for who in ("A011", "A012") for metric, target in quotas]
    path.write_text("\n".join(["工号,指标,权重,目标", *lines]), "utf-8")
    import_kpis(path, ImportOptions())
    weeks(tmp_path, ("400000", "2.2", "200"))
    weeks(tmp_path, ("200000", "1.9", "200"), subject="A011,")
    weeks(tmp_path, ("200000", "2.5", "200"), subject="A012,")
    return made


def test_the_gap_of_a_rate_is_that_of_those_who_miss_their_own_target(tree: DriverTree, cast: Cast) -> None:
    view = tree_view(tree, WEEK, "target")
    rate = view.nodes[node_of(tree, "转化率").pk]
    found = breakdown(rate, view, cast.manager_li.user)
    assert found is not None
    assert found.total == -24
    assert {share.employee.name: share.amount for share in found.people if share.employee} == {"小张": -24, "小林": 0}
    assert {share.employee.name: share.base for share in found.people if share.employee}["小张"] == Decimal("2.5")


def test_the_target_of_a_part_in_the_tree_goes_before_that_of_the_units_kpi(cast: Cast, tmp_path: Path) -> None:
    visitors = store_metrics()["访客数"]
    part = NodeDraft(visitors.pk, cast.east.pk)
    tree = make_tree("访客", cast.sales, NodeDraft(visitors.pk, cast.sales.pk, "sum", (part,)), cast.hrbp_wang)
    with_targets(tree, WEEK, {"访客数": "1000"})
    path = tmp_path / "units.csv"
    path.write_text("部门,指标,权重,目标\n远航电商/销售部/华东组,访客数,100%,700\n", "utf-8")
    import_kpis(path, ImportOptions())
    bring(tmp_path, *(f",{unit},访客数,{WEEK.label},900" for unit in (cast.sales.path, cast.east.path)))
    view = tree_view(tree, WEEK, "target")
    found = breakdown(view.root, view, cast.hrbp_wang.user)
    assert found is not None
    assert [(share.base, share.amount) for share in found.units] == [(1000, -100)]
