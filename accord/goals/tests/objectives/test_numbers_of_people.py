"""Objectives are open to everybody; what a metric says of a person is not."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from accord.goals.models import KeyResult, Objective
from accord.goals.services.objectives.following import follow_all
from accord.goals.tests.objectives.builders import FIRST, key_result_of, metric_named, objective_of
from accord.goals.tests.objectives.test_following import current, values
from accord.people.models import Employee
from tests.cast import Cast

pytestmark = pytest.mark.django_db
NUMBER = "7.31"


def measured(objective: Objective, **more: object) -> KeyResult:
    return key_result_of(objective, metric=metric_named("复购率", aggregation="last", unit="%", decimals=2), **more)


def texts(person: Employee, objective: Objective) -> list[str]:
    client = Client()
    client.force_login(person.user)
    addresses = [
        reverse("goals:objectives_one", args=[objective.pk]),
        reverse("goals:objectives_map") + f"?root={objective.pk}",
        reverse("goals:objectives") + "?cycle=2026-Q4&whose=" + ("people" if objective.employee else "units"),
        reverse("goals:objectives_branch", args=[objective.parent_id]),
    ]
    return [client.get(address).content.decode() for address in addresses]


def told(person: Employee, objective: Objective) -> list[bool]:
    """On which pages somebody reads the number, or the progress that gives it away."""
    return [NUMBER in text or "73%" in text for text in texts(person, objective)]


@pytest.fixture
def mine(cast: Cast) -> Objective:
    """An objective of 小张 that follows their own values."""
    top = objective_of(cast.east, "做深老客")
    objective = objective_of(cast.xiaozhang, "提升复购", parent=top)
    result = measured(objective)
    values(metric_named("复购率"), cast.xiaozhang, (FIRST, NUMBER))
    follow_all()
    assert current(result) == Decimal(NUMBER)
    return objective


def test_the_person_and_those_above_see_it_and_colleagues_do_not(cast: Cast, mine: Objective) -> None:
    for person in (cast.xiaozhang, cast.manager_li, cast.hrbp_wang, cast.executive_chen):
        assert all(told(person, mine)), person
    for person in (cast.colleague, cast.stranger_manager, cast.administrator):
        pages = texts(person, mine)
        assert all("提升复购" in page for page in pages), "the objective itself stays open"
        assert not any(told(person, mine)), person


def test_a_unit_without_values_of_its_own_does_not_show_those_of_its_owner(cast: Cast) -> None:
    top = objective_of(cast.company, "全年增长")
    objective = objective_of(cast.east, "复购", owner=cast.xiaozhang, parent=top)
    measured(objective)
    values(metric_named("复购率"), cast.xiaozhang, (FIRST, NUMBER))
    follow_all()
    assert all(told(cast.manager_li, objective))
    assert not any(told(cast.colleague, objective))
    values(metric_named("复购率"), cast.east, (FIRST, NUMBER))
    follow_all()
    assert all(told(cast.colleague, objective))


def test_naming_a_colleague_as_reporter_does_not_fetch_their_numbers(cast: Cast) -> None:
    result = measured(objective_of(cast.colleague), owner=cast.xiaozhang)
    values(metric_named("复购率"), cast.xiaozhang, (FIRST, NUMBER))
    follow_all()
    assert current(result) is None
