"""The page about conditions and formulas names every function and limit, and its examples can be read."""

import re
from pathlib import Path

from accord.domain.expressions import LONGEST_TEXT, parse
from accord.domain.expressions.functions import FUNCTIONS
from accord.domain.expressions.reading import MOST_LEVELS
from accord.domain.expressions.tree import MOST_STEPS
from accord.domain.expressions.values import MOST_DIGITS
from accord.domain.form_schema import CONTEXT_NAMES

PAGE = (Path(__file__).parents[3] / "docs" / "expressions.md").read_text("utf-8")


def test_every_function_stands_there_as_it_is_written() -> None:
    section = PAGE.partition("## Functions")[2].partition("## Nothing")[0]
    rows = re.findall(r"^\| (`.+?`) \|", section, re.MULTILINE)
    named = [usage for row in rows for usage in re.findall(r"`([^`]+)`", row)]
    assert sorted(named) == sorted(function.usage for function in FUNCTIONS.values())


def test_the_limits_are_those_of_the_code() -> None:
    wanted = [str(limit) for limit in (LONGEST_TEXT, MOST_LEVELS, MOST_DIGITS, MOST_STEPS)]
    english, chinese = PAGE.partition("## Limits")[2].strip().splitlines()[-2:]
    assert re.findall(r"\d+", english) == wanted
    assert re.findall(r"\d+", chinese) == wanted


def test_the_names_of_people_are_all_there() -> None:
    assert {name for name in CONTEXT_NAMES if name.startswith("person.")} == set(re.findall(r"`(person\.\w+)`", PAGE))


def test_the_examples_can_be_read() -> None:
    examples = re.findall(r"^    (.+)$", PAGE, re.MULTILINE)
    assert len(examples) == 3
    for example in examples:
        assert parse(example).names
