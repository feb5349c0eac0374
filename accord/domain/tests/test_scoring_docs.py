"""The page about scoring names every method and every error code, and nothing that does not exist."""

import re
from collections.abc import Iterator
from pathlib import Path

from accord.domain.scoring import METHODS, ScoringError

PAGE = (Path(__file__).parents[3] / "docs" / "scoring.md").read_text("utf-8")


def codes(error: type[ScoringError]) -> Iterator[str]:
    if "code" in vars(error):
        yield error.code
    for kind in error.__subclasses__():
        yield from codes(kind)


def test_every_error_code_is_on_the_page() -> None:
    section = PAGE.partition("## Errors")[2].partition("## Adding")[0]
    assert set(re.findall(r"`([a-z_]+)`", section)) == set(codes(ScoringError))


def test_every_method_stands_in_the_table_under_both_names() -> None:
    rows = dict(re.findall(r"^\| `([a-z_]+)` ([^|]+) \|", PAGE, re.MULTILINE))
    assert rows == {code: method.name.zh for code, method in METHODS.items()}
