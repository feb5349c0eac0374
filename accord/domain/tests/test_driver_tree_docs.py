"""The page about driver trees names every error code and every kind, and its example is worked out as it says."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from accord.domain.driver_tree.attribution import attribute
from accord.domain.driver_tree.errors import CannotRetarget, TreeError
from accord.domain.driver_tree.flat import Kind
from accord.domain.driver_tree.reading import read_tree
from accord.domain.trend import false_alarm_rate
from accord.domain.wording import ExplainedError

PAGE = (Path(__file__).parents[3] / "docs" / "driver-trees.md").read_text("utf-8")


def codes(error: type[ExplainedError]) -> Iterator[str]:
    if "code" in vars(error):
        yield error.code
    for kind in error.__subclasses__():
        yield from codes(kind)


def test_every_error_code_is_on_the_page() -> None:
    section = PAGE.partition("## Errors")[2]
    assert set(re.findall(r"`([a-z_]+)`", section)) == {*codes(TreeError), *codes(CannotRetarget)}


def test_every_kind_stands_in_the_table() -> None:
    section = PAGE.partition("## Kinds")[2].partition("##")[0]
    assert set(re.findall(r"^\| `([a-z]+)`", section, re.MULTILINE)) == {
        kind.name.lower() for kind in Kind if kind is not Kind.LEAF
    }


def test_the_example_is_worked_out_as_the_page_says() -> None:
    tree = json.loads(PAGE.partition("```json")[2].partition("```")[0])
    found = attribute(read_tree(tree)).contributions
    assert [round(found[name], 1) for name in ("visitors", "conversion", "order")] == [-40_877.6, 36_978.3, -19_900.7]


def test_the_false_alarm_rate_is_the_one_on_the_page() -> None:
    assert 1 / false_alarm_rate() == pytest.approx(129, abs=0.5)
