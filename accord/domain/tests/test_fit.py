"""The fit check: each rule speaks where it should, and keeps quiet where it should."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from accord.domain.fit import Code, FitFacts, FitLine, KnownMetric, Recommendation, Votes, findings
from accord.domain.fit_words import ADVICE, WHY
from accord.domain.wording import LANGUAGES, Text

SALES, ENGINEERING, SERVICE = (1, Text("销售", "Sales")), (2, Text("技术研发", "Engineering")), (3, Text("服务"))
SELLER, DEVELOPER, AGENT, OTHER_SELLER = 10, 20, 30, 11
HOURS, SIGNED = 100, 101


def place(position: int, family: tuple[int, Text] | None, **more: bool) -> Recommendation:
    return Recommendation(position, *(family or (None, None)), **more)


def seller(**metrics: KnownMetric) -> FitFacts:
    """A salesperson; `m100=…` is what is known of metric 100."""
    known = {int(name[1:]): metric for name, metric in metrics.items()}
    return FitFacts(SELLER, Text("销售代表", "Sales representative"), *SALES, metrics=known)


def said(facts: FitFacts, *lines: FitLine) -> list[tuple[str, int | None]]:
    return [(found.code.value, found.metric_id) for found in findings(facts, lines)]


def test_a_salesperson_does_not_carry_hours_of_engineering() -> None:
    facts = seller(m100=KnownMetric(Text("研发工时", "R&D hours"), recommended=(place(DEVELOPER, ENGINEERING),)))
    (found,) = findings(facts, [FitLine(HOURS)])
    assert found.code is Code.OUTSIDE_FAMILY
    assert found.why("zh-hans") == (
        "岗位地图只在技术研发类岗位推荐“研发工时”，销售代表属于销售，很难靠本职工作影响它。"
    )
    assert "“R&D hours” in Engineering only" in found.why("en")
    assert found.advice("zh-hans").startswith("换成岗位地图为本岗位推荐的指标")


def test_what_the_own_family_has_fits_and_so_does_what_nobody_or_everybody_has() -> None:
    for places in (
        (place(OTHER_SELLER, SALES), place(DEVELOPER, ENGINEERING)),
        (place(SELLER, None), place(DEVELOPER, ENGINEERING)),
        (place(5, (5, Text("运营"))), place(DEVELOPER, ENGINEERING), place(AGENT, SERVICE)),
        (place(DEVELOPER, None),),
        (),
    ):
        assert said(seller(m100=KnownMetric(Text("x"), recommended=places)), FitLine(HOURS)) == []


def test_a_position_without_a_family_is_not_judged_by_families() -> None:
    facts = seller(m100=KnownMetric(Text("研发工时"), recommended=(place(DEVELOPER, ENGINEERING),)))
    assert said(replace(facts, family_id=None, family=None), FitLine(HOURS)) == []


def test_what_the_map_calls_immovable_for_the_position_is_named() -> None:
    moved = KnownMetric(Text("x"), recommended=(place(SELLER, SALES, is_movable=False),))
    assert said(seller(m100=moved), FitLine(HOURS)) == [("not_movable", HOURS)]
    elsewhere = KnownMetric(Text("x"), recommended=(place(OTHER_SELLER, SALES, is_movable=False),))
    assert said(seller(m100=elsewhere), FitLine(HOURS)) == []


def test_a_workshop_speaks_below_a_third_and_from_three_votes() -> None:
    facts = seller(m100=KnownMetric(Text("NPS")))
    for yes, of, speaks in ((0, 3, True), (1, 3, False), (1, 4, True), (0, 2, False), (0, 0, False), (3, 9, False)):
        told = said(replace(facts, votes={HOURS: Votes(yes, of)}), FitLine(HOURS))
        assert told == ([("not_movable", HOURS)] if speaks else []), (yes, of)


def test_the_map_speaks_once_where_the_workshop_says_the_same() -> None:
    metric = KnownMetric(Text("x"), recommended=(place(SELLER, SALES, is_movable=False),))
    facts = replace(seller(m100=metric), votes={HOURS: Votes(0, 5)})
    assert said(facts, FitLine(HOURS)) == [("not_movable", HOURS)]


def test_a_metric_without_source_and_values_cannot_be_scored() -> None:
    blind = KnownMetric(Text("x"), has_source=False, has_values=False)
    assert said(seller(m100=blind), FitLine(HOURS)) == [("no_source", HOURS)]
    for known in (
        replace(blind, has_values=True),
        replace(blind, has_source=True),
        replace(blind, recommended=(place(SELLER, SALES, has_source=True),)),
    ):
        assert said(seller(m100=known), FitLine(HOURS)) == []


def test_a_link_to_an_objective_is_asked_for_only_where_there_are_objectives() -> None:
    facts = seller(m100=KnownMetric(Text("x")), m101=KnownMetric(Text("签约额")))
    lines = FitLine(HOURS), FitLine(SIGNED)
    assert said(facts, *lines) == []
    assert said(replace(facts, linked=frozenset({SIGNED})), *lines) == [("no_objective", HOURS)]
    assert said(replace(facts, linked=frozenset()), *lines) == [("no_objective", None)]
    assert said(replace(facts, linked=frozenset()), FitLine(HOURS), FitLine(SIGNED, key_result_id=7)) == [
        ("no_objective", HOURS)
    ]


def test_a_business_result_that_the_map_names_is_a_link_too() -> None:
    served = KnownMetric(Text("x"), recommended=(place(SELLER, SALES, serves=True),))
    assert said(replace(seller(m100=served), linked=frozenset()), FitLine(HOURS)) == []


def test_what_the_family_serves_counts_and_for_a_general_manager_whatever_anybody_serves() -> None:
    sibling = KnownMetric(Text("x"), recommended=(place(OTHER_SELLER, SALES, serves=True),))
    facts = replace(seller(m100=sibling), linked=frozenset())
    assert said(facts, FitLine(HOURS)) == []
    elsewhere = KnownMetric(Text("x"), recommended=(place(DEVELOPER, ENGINEERING, serves=True),))
    general = replace(facts, metrics={HOURS: elsewhere}, family_id=None, family=None)
    assert said(general, FitLine(HOURS)) == []
    unknown = replace(general, metrics={HOURS: KnownMetric(Text("x"))})
    assert said(unknown, FitLine(HOURS)) == [("no_objective", None)]


def test_what_belongs_elsewhere_is_not_also_blamed_for_its_link() -> None:
    strange = KnownMetric(Text("x"), recommended=(place(DEVELOPER, ENGINEERING),))
    strange = replace(strange, recommended=(place(DEVELOPER, ENGINEERING, serves=True),))
    facts = replace(seller(m100=strange, m101=KnownMetric(Text("y"))), linked=frozenset({SIGNED}))
    assert said(facts, FitLine(HOURS), FitLine(SIGNED)) == [("outside_family", HOURS)]


def test_weights_below_five_percent_and_more_than_seven_kpis() -> None:
    facts = seller(m100=KnownMetric(Text("x")))
    (found,) = findings(facts, [FitLine(HOURS, Decimal("0.045"))])
    assert found.why("en").startswith("“x” weighs 4.5 %, less than 5 %")
    assert said(facts, FitLine(HOURS, Decimal("0.05"))) == []
    many = [FitLine(number) for number in range(8)]
    assert said(facts, *many[:7]) == []
    assert said(facts, *many) == [("too_many", None)]


def test_a_metric_that_is_gone_is_left_to_others() -> None:
    assert said(replace(seller(), linked=frozenset()), FitLine(HOURS, Decimal(0))) == []


@given(
    st.lists(
        st.tuples(st.integers(0, 4), st.one_of(st.none(), st.decimals(0, 1, places=3)), st.booleans()), max_size=10
    ),
    st.booleans(),
)
def test_every_finding_has_words_in_both_languages(
    drawn: list[tuple[int, Decimal | None, bool]], has_objectives: bool
) -> None:
    metrics = {
        0: KnownMetric(Text("甲"), False, False),
        1: KnownMetric(Text("乙"), recommended=(place(DEVELOPER, ENGINEERING), place(AGENT, SERVICE))),
        2: KnownMetric(Text("丙"), recommended=(place(SELLER, SALES, is_movable=False, serves=True),)),
        3: KnownMetric(Text("丁")),
    }
    facts = FitFacts(
        SELLER,
        Text("销售代表"),
        *SALES,
        metrics=metrics,
        linked=frozenset() if has_objectives else None,
        votes={3: Votes(0, 4)},
    )
    for found in findings(
        facts, [FitLine(metric, weight, 1 if is_linked else None) for metric, weight, is_linked in drawn]
    ):
        for language in LANGUAGES:
            assert found.why(language)
            assert found.advice(language)
            assert "{" not in found.why(language) + found.advice(language)


def test_every_reason_has_its_advice() -> None:
    assert set(WHY) == set(ADVICE)
