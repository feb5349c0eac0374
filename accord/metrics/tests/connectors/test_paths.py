"""Paths into JSON: our short ways come to what the library comes to."""

from __future__ import annotations

from typing import Any

import jmespath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.metrics.connectors.paths import compile_path, quoted
from accord.metrics.connectors.searches import as_function

SHORT = (
    "a", "a.b", "a.b.a", '"a"', 'a."b"', "[0]", "a[0]", "a[-1].b", "a[*]", "a[*].b", "a[*].b.a", "[*].a[0]",
    "a[*] | [0]",
    "a[?b=='x']", "a[?b=='x'].a", "a[?b=='x'].a[0] | [0]", "a[?b!=`1`].a | [0]", "a[?b==`true`]", "a[?b==`null`].a",
    "[?a==b]", "a[?b].a", "a[?b=='x'] | [0].b", "@", "a | b", "a[?a[0]=='x'].b", "`7`",
)  # fmt: skip
OTHERS = ("length(a)", "a || b", "{x: a}", "[a, b]", "a[?b>`1`]", "a[]", "a[0:1]", "a.*", "!a", "a && b", "sort(a)")
LEAVES = st.sampled_from([None, True, False, 0, 1, 2.5, "", "x", "y"])
JSON = st.recursive(
    LEAVES,
    lambda each: st.lists(each, max_size=3) | st.dictionaries(st.sampled_from("abc"), each, max_size=3),
    max_leaves=12,
)


@pytest.mark.parametrize("path", SHORT)
def test_every_short_way_is_taken(path: str) -> None:
    assert as_function(jmespath.compile(path).parsed)


@settings(max_examples=60, deadline=None)
@given(value=JSON)
def test_all_ways_come_to_the_same(value: Any) -> None:
    for path in SHORT + OTHERS:
        try:
            expected = jmespath.search(path, value)
        except (jmespath.exceptions.JMESPathError, TypeError):
            expected = None
        read = compile_path(path)(value)
        assert repr(read) == repr(expected), path


def test_words_are_not_more_than_a_number() -> None:
    assert compile_path("a[?b>`1`]")({"a": [{"b": ""}]}) is None


def test_names_in_any_letters_are_plain() -> None:
    assert compile_path("工号")({"工号": "YH0005"}) == "YH0005"
    assert compile_path("员工.工号")({"员工": {"工号": "YH0005"}}) == "YH0005"


@pytest.mark.parametrize("name", ["a", "工号", "a-b", "a.b", 'a"b', "a b", "1", ""])
def test_a_quoted_name_leads_to_its_member(name: str) -> None:
    assert compile_path(quoted(name))({name: 7}) == 7


@pytest.mark.parametrize("path", ["a[", "a b", "'", "[?"])
def test_what_is_no_path_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        compile_path(path)
