"""Who gets what: rules, locks, leave and leaders."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from accord.domain.decomposition.bases import Basis
from accord.domain.decomposition.settings import Settings, read_settings
from accord.goals.models import Decomposition
from accord.goals.queries.decomposition.planning import Plan, WhatIf, plan
from accord.goals.tests.split.builders import Shop, begun, reach, shop
from accord.people.models import Employee
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(cast: Cast) -> Shop:
    return shop(cast, {"北美组": 3, "欧洲组": 1})


def amounts(found: Plan) -> dict[str, Decimal]:
    return {row.unit.name if row.unit else row.member.employee.name: row.quantities[-1] for row in found.rows}


def with_settings(decomposition: Decomposition, **changes: object) -> Plan:
    return plan(decomposition, settings=replace(read_settings(decomposition.settings), **changes))


def test_without_history_heads_decide_and_everything_adds_up(made, cast) -> None:
    found = plan(begun(made, cast.executive_chen))
    assert amounts(found) == {
        "店铺部": Decimal(1000), "北美组": Decimal(750), "欧洲组": Decimal(250), "北美组主管": Decimal(750),
        "北美组1": Decimal(250), "北美组2": Decimal(250), "北美组3": Decimal(250), "欧洲组主管": Decimal(250),
        "欧洲组1": Decimal(250),
    }  # fmt: skip


def test_the_leader_answers_for_the_whole_of_the_group_and_takes_no_part_of_it(made, cast) -> None:
    found = plan(begun(made, cast.executive_chen))
    leader = next(row for row in found.rows if row.member and row.member.employee == made.leaders["北美组"])
    assert leader.is_leader
    assert leader.member.leads == made.groups["北美组"].pk
    parts = [row.quantities[0] for row in found.rows if row.member and not row.is_leader]
    assert sum(parts) == Decimal(1000)


def test_a_leader_alone_in_a_group_carries_its_part(cast) -> None:
    found = plan(begun(shop(cast, {"北美组": 0, "欧洲组": 1}), cast.executive_chen))
    assert amounts(found)["北美组主管"] == Decimal(500)
    assert not [row for row in found.rows if row.member and row.member.employee.name == "北美组主管" and row.is_leader]


def test_what_was_reached_last_decides_and_newcomers_count_as_the_mean(made, cast) -> None:
    first, second, _newcomer = made.people["北美组"]
    reach(first, made.gmv, "30", "30")
    reach(second, made.gmv, "20")
    reach(made.people["欧洲组"][0], made.gmv, "40", "20")
    found = amounts(plan(begun(made, cast.executive_chen)))
    assert [found[f"北美组{place}"] for place in (1, 2, 3)] == [Decimal("333.34"), Decimal("111.11"), Decimal("222.22")]
    assert found["北美组"] + found["欧洲组"] == 1000


def test_a_new_group_counts_as_the_mean_by_the_head(made, cast) -> None:
    for person in made.people["北美组"]:
        reach(person, made.gmv, "30")
    found = amounts(plan(begun(made, cast.executive_chen)))
    assert (found["北美组"], found["欧洲组"]) == (750, 250)


def test_each_rule_shares_in_its_own_way(made, cast) -> None:
    begun_one = begun(made, cast.executive_chen)
    us, eu = f"u{made.groups['北美组'].pk}", f"u{made.groups['欧洲组'].pk}"
    assert amounts(with_settings(begun_one, units=Basis.EQUAL))["欧洲组"] == 500
    assert amounts(with_settings(begun_one, units=Basis.HEADCOUNT))["欧洲组"] == 250
    hand = {us: Decimal(60), eu: Decimal(40)}
    assert amounts(with_settings(begun_one, units=Basis.HAND, weights=hand))["欧洲组"] == 400
    double = {f"e{made.people['欧洲组'][0].pk}": Decimal(2)}
    assert amounts(with_settings(begun_one, units=Basis.CAPACITY, weights=double))["欧洲组"] == 400


def test_who_joins_late_or_is_on_leave_gets_the_share_of_their_days(made, cast) -> None:
    late, away, _ = made.people["北美组"]
    Employee.objects.filter(pk=late.pk).update(hired_on=date(2026, 11, 16))
    Employee.objects.filter(pk=away.pk).update(status=Employee.Status.ON_LEAVE)
    found = amounts(plan(begun(made, cast.executive_chen)))
    assert (found["北美组1"], found["北美组2"], found["欧洲组1"]) == (Decimal("200.00"), Decimal(0), Decimal("400.00"))
    back = {f"e{away.pk}": 46}
    found = amounts(with_settings(begun(made, cast.executive_chen), away=back))
    assert found["北美组2"] == found["北美组1"]


def test_a_lock_holds_and_the_others_in_the_group_rebalance(made, cast) -> None:
    first = made.people["北美组"][0]
    locks = {f"e{first.pk}": {made.gmv.pk: Decimal(400)}}
    found = amounts(with_settings(begun(made, cast.executive_chen), locks=locks))
    assert (found["北美组"], found["北美组1"], found["北美组2"]) == (Decimal(750), Decimal(400), Decimal(175))


def test_people_beside_groups_share_as_a_group_of_their_own(made, cast) -> None:
    Employee.objects.filter(pk=made.people["北美组"][2].pk).update(org_unit=made.shop)
    found = plan(begun(made, cast.executive_chen))
    direct = next(row for row in found.rows if row.is_direct)
    assert direct.quantities == (Decimal(250),)
    assert direct.unit == made.shop


def test_the_factors_of_everybody_multiply_back(made, cast) -> None:
    _visitors, conversion, value = made.factors
    for place, person in enumerate(made.people["北美组"], start=1):
        reach(person, conversion, "2.4")
        reach(person, value, str(180 + place))
        reach(person, made.gmv, str(25 + place))
    decomposition = begun(made, cast.executive_chen, "1234.56", product=True)
    found = plan(decomposition)
    assert read_settings(decomposition.settings).rates == {conversion.pk: Decimal("2.4"), value.pk: Decimal("182")}
    for row in found.rows:
        product = Fraction(1, 10**6)
        for metric in made.factors:
            product *= found.value(row.quantities, metric)
        assert product == Fraction(row.quantities[-1])
        assert found.value(row.quantities, conversion) == Fraction("2.4")
    people = [row for row in found.rows if row.member and not row.is_leader]
    assert sum(row.quantities[0] for row in people) == found.whole[0]
    assert set(found.stored(found.whole)) == {made.gmv.pk, *(metric.pk for metric in made.factors)}


def test_own_rates_keep_who_converts_better_ahead(made, cast) -> None:
    _visitors, conversion, _value = made.factors
    strong, weak, _ = made.people["北美组"]
    reach(strong, conversion, "3")
    reach(weak, conversion, "2")
    found = with_settings(begun(made, cast.executive_chen, product=True), own_rates=True)
    rates = {row.key: found.value(row.quantities, conversion) for row in found.rows}
    assert rates[f"e{strong.pk}"] / rates[f"e{weak.pk}"] == pytest.approx(Fraction(3, 2), rel=1e-6)


def test_more_of_a_factor_makes_more_of_the_product(made, cast) -> None:
    _visitors, conversion, _value = made.factors
    decomposition = begun(made, cast.executive_chen, product=True)
    plain = plan(decomposition)
    more = plan(decomposition, WhatIf(factors={conversion.pk: Decimal(10)}))
    assert more.target == Decimal(1100)
    assert more.value(more.whole, conversion) == plain.value(plain.whole, conversion) * Fraction(11, 10)
    assert more.whole[0] == plain.whole[0]
    assert plan(decomposition, WhatIf(total=Decimal(-10))).target == Decimal(900)


def test_settings_come_back_as_they_were_stored() -> None:
    settings = Settings(factors=(1, 2), rates={2: Decimal("2.40")}, locks={"e1": {1: Decimal(5)}}, away={"e1": 3})
    assert read_settings(settings.as_json()) == settings


def test_the_plan_of_ten_people_takes_as_many_statements_as_that_of_two(cast, django_assert_num_queries) -> None:
    few = begun(shop(cast, {"北美组": 2}), cast.executive_chen)
    with django_assert_num_queries(7):
        plan(few)


def test_the_plan_of_many_people_takes_no_more_statements(cast, django_assert_num_queries) -> None:
    many = begun(shop(cast, {"北美组": 10, "欧洲组": 10}), cast.executive_chen)
    with django_assert_num_queries(7):
        plan(many)
