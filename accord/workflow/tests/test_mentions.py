"""Whom a comment names."""

from __future__ import annotations

import pytest

from accord.foundation.errors import BusinessError
from accord.people.errors import AmbiguousName, UnknownPerson
from accord.workflow.queries.mentions import mentioned_in
from tests.cast import Cast, employee


@pytest.mark.parametrize(
    "text",
    [
        "@小张 请看",
        "@小张请看一下",
        "@A011 请看",
        "@a011请看",
        "请@小张（A011）看",
        "@小张、@A011，两遍是一个人",
        "（@小张）",
    ],
)
def test_a_name_or_number_after_an_at_names_somebody(cast: Cast, text: str) -> None:
    assert mentioned_in(text) == [cast.xiaozhang]


@pytest.mark.parametrize("text", ["", "没有人", "li@example.com", "价格 @ 100", "@"])
def test_other_uses_of_the_sign_name_nobody(cast: Cast, text: str) -> None:
    assert mentioned_in(text) == []


def test_the_longest_name_counts(cast: Cast) -> None:
    longer = employee("B001", "小张三", cast.east, cast.manager_li)
    assert mentioned_in("@小张三请看 @小张 也看") == [longer, cast.xiaozhang]


def test_nobody_believes_to_have_told_somebody_who_was_not(cast: Cast) -> None:
    employee("A077", "小张", cast.service, cast.stranger_manager)
    with pytest.raises(AmbiguousName):
        mentioned_in("@小张 请看")
    assert mentioned_in("@小张（A077） 请看")[0].employee_no == "A077"
    with pytest.raises(UnknownPerson, match="张三丰"):
        mentioned_in("@张三丰 请看")
    with pytest.raises(BusinessError):
        mentioned_in("@小张（A999）")
