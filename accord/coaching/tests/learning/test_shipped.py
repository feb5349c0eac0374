"""What is shipped is whole, in both languages, and put in once."""

from __future__ import annotations

import re

import pytest

from accord.coaching.models import Competency, CompetencyExpectation, LearningResource
from accord.coaching.services.shipping import install_shipped_learning
from accord.coaching.shipped import shipped_competencies, shipped_resources
from accord.goals.services.position_map import install_shipped_map
from accord.goals.shipped import shipped_families


def test_every_competency_has_four_levels_in_both_languages() -> None:
    for entry in shipped_competencies():
        assert len(entry["levels"]) == 4, entry["code"]
        for chinese, english in [*entry["levels"], (entry["summary"], entry["summary_en"])]:
            assert re.search(r"[一-鿿]", chinese)
            assert english
            assert not re.search(r"[一-鿿]", english)


def test_expectations_name_families_that_are_shipped() -> None:
    known = {family["code"] for family in shipped_families()} | {"all", "managers"}
    for entry in shipped_competencies():
        assert entry["expected"].keys() <= known
        assert all(1 <= level <= 4 for level in entry["expected"].values())


def test_every_competency_has_something_to_learn_from_and_no_resource_an_address() -> None:
    resources = shipped_resources()
    assert {each["competency"] for each in resources} == {entry["code"] for entry in shipped_competencies()}
    assert [each["title"] for each in resources if "http" in str(each)] == []
    assert [each["title"] for each in resources if (each["kind"] == "guide") != bool(each.get("text"))] == []


@pytest.mark.django_db
def test_it_is_put_in_once_and_a_company_with_its_own_keeps_it() -> None:
    install_shipped_map()
    install_shipped_learning()
    Competency.objects.filter(code="time-management").update(name="时间观念")
    install_shipped_learning()
    assert Competency.objects.filter(name="时间观念").count() == 1
    assert Competency.objects.count() == len(shipped_competencies())
    assert LearningResource.objects.count() == len(shipped_resources())
    assert CompetencyExpectation.objects.filter(family__code="product").count() >= 5
