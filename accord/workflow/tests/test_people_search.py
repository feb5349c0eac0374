"""Choosing people: the search behind the chooser, and what a form makes of what was written."""

from __future__ import annotations

import pytest
from django import forms
from django.test import Client
from django.urls import reverse

from accord.people.forms import PeopleField, PersonField
from accord.people.services.employment import leave
from tests.cast import Cast, employee
from tests.ladder import Ladder


class TestSearch(Ladder):
    url_name = "workflow:people_search"
    may_open = ("xiaozhang", "stranger", "auditor")
    hidden_from = ()


class Chosen(forms.Form):
    one = PersonField(required=False)
    several = PeopleField(least=2, most=3)


def names(client: Client, text: str) -> list[str]:
    return [person["name"] for person in client.get(reverse("workflow:people_search"), {"q": text}).json()]


def test_the_search_names_number_unit_and_at_most_ten(client: Client, cast: Cast) -> None:
    for number in range(12):
        employee(f"C{number:02}", f"新人{number}", cast.east, cast.manager_li)
    client.force_login(cast.stranger.user)
    (found,) = client.get(reverse("workflow:people_search"), {"q": "小张"}).json()
    assert found == {"id": cast.xiaozhang.pk, "number": "A011", "name": "小张", "unit": "华东组"}
    assert len(names(client, "新人")) == 10
    leave(cast.xiaozhang)
    assert names(client, "小张") == names(client, "") == names(client, "\0") == []


def test_a_form_takes_what_people_write(cast: Cast) -> None:
    form = Chosen({"one": "小张", "several": "A012，李经理（A010）"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"one": cast.xiaozhang, "several": [cast.colleague, cast.manager_li]}


@pytest.mark.parametrize(
    ("several", "said"),
    [("A010", "至少选择2人"), ("A010,A011,A012,A030", "最多选择3人"), ("张三丰", "没有找到"), ("小李、小张", "小李")],
)
def test_a_form_says_what_is_wrong(cast: Cast, several: str, said: str) -> None:
    form = Chosen({"several": several})
    assert said in str(form.errors["several"])


def test_a_name_of_two_is_answered_with_both(cast: Cast) -> None:
    employee("A077", "小张", cast.service, cast.stranger_manager)
    form = Chosen({"one": "小张", "several": "A010,A012"})
    assert "小张（A077） 客服部" in str(form.errors["one"])


def test_a_form_shows_people_so_that_they_are_read_again(cast: Cast) -> None:
    form = Chosen(initial={"one": cast.xiaozhang, "several": [cast.xiaozhang, cast.manager_li]})
    assert form["one"].value() == "小张（A011）"
    assert form["several"].value() == "小张（A011）、李经理（A010）"
