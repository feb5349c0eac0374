"""A person by what people write: number, name, or both as choosers write them."""

from __future__ import annotations

import pytest

from accord.people.errors import AmbiguousName, NoLongerHere, UnknownPerson
from accord.people.queries.lookups import (
    as_written,
    employee_named_or_numbered,
    employees_named_or_numbered,
    suggested_people,
)
from accord.people.services.employment import leave
from tests.cast import Cast, employee


@pytest.mark.parametrize("text", ["A011", " a011 ", "小张", "小张（A011）", "小张 (A011)", "改了名字 (a011)"])
def test_a_number_a_name_or_both_find_the_person(cast: Cast, text: str) -> None:
    assert employee_named_or_numbered(text) == cast.xiaozhang


def test_what_a_chooser_writes_is_found_again_even_with_brackets_in_the_name(cast: Cast) -> None:
    odd = employee("B001", "欧阳(大)", cast.east, cast.manager_li)
    assert employee_named_or_numbered(as_written(odd)) == odd


@pytest.mark.parametrize("text", ["", "  ", "没有这人", "A999", "小张（A999）", "（A011）后面还有字"])
def test_nobody_is_guessed(cast: Cast, text: str) -> None:
    with pytest.raises(UnknownPerson):
        employee_named_or_numbered(text)


def test_a_name_of_two_people_names_both(cast: Cast) -> None:
    employee("A077", "小张", cast.service, cast.stranger_manager)
    with pytest.raises(AmbiguousName) as refused:
        employee_named_or_numbered("小张")
    assert "小张（A011） 华东组、小张（A077） 客服部" in str(refused.value)
    assert employee_named_or_numbered("小张（A077）").org_unit == cast.service


def test_who_left_is_said_to_have_left_by_number_and_never_stands_in_the_way_by_name(cast: Cast) -> None:
    gone = employee("A077", "小张", cast.service, cast.stranger_manager)
    leave(gone)
    assert employee_named_or_numbered("小张") == cast.xiaozhang
    with pytest.raises(NoLongerHere, match="小张"):
        employee_named_or_numbered("A077")


def test_a_list_is_read_with_any_comma_and_each_person_once(cast: Cast) -> None:
    found = employees_named_or_numbered("小张（A011）、A012，小张; 李经理\n")
    assert found == [cast.xiaozhang, cast.colleague, cast.manager_li]
    assert employees_named_or_numbered(" ， ") == []


def test_suggestions_begin_with_the_exact_and_leave_out_who_left(cast: Cast) -> None:
    other = employee("A0110", "老小张", cast.east, cast.manager_li)
    gone = employee("A0111", "小张三", cast.east, cast.manager_li)
    leave(gone)
    assert list(suggested_people("小张")) == [cast.xiaozhang, other]
    assert list(suggested_people("A011")) == [cast.xiaozhang, other]
    assert list(suggested_people(" ")) == []
