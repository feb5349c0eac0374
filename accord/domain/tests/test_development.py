"""What a plan lacks, and what its mix of learning has nothing of."""

import pytest

from accord.domain.development import missing, mix_advice


def test_what_is_missing_is_named_and_a_resource_is_not_asked_for() -> None:
    whole = {"title": "a", "why": "b", "action": "c", "support": "d", "measure": "e", "due_on": "2026-12-01"}
    assert missing(whole) == ()
    assert missing({**whole, "why": "", "due_on": None}) == ("why", "due_on")


@pytest.mark.parametrize(
    ("kinds", "advice"),
    [
        ([], None),
        (["practice"], None),
        (["practice", "practice"], "only_practice"),
        (["practice", "course"], None),
        (["course"], "only_courses"),
        (["course", "course", "course"], "only_courses"),
        (["others"], "no_practice"),
        (["others", "course"], "no_practice"),
    ],
)
def test_the_hint_speaks_of_what_is_not_there(kinds: list[str], advice: str | None) -> None:
    assert mix_advice(kinds) == advice
