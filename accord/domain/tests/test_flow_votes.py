"""How votes decide: the tables written by hand, and what must hold whatever the votes."""

from itertools import permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.domain.flow_graph import Answer, Ballot, Mode, Outcome, decide, tally

ANSWERS = {"-": Answer.PENDING, "y": Answer.AGREED, "n": Answer.REJECTED}
# Answers of the voices → outcome, for 依次 and 会签, 或签, 票签 60 % and 票签 1 %.
TABLE = """
        all       any       60        1
        agreed    agreed    agreed    agreed
-       open      open      open      open
y       agreed    agreed    agreed    agreed
n       rejected  rejected  rejected  rejected
--      open      open      open      open
y-      open      agreed    open      agreed
n-      rejected  rejected  rejected  open
yy      agreed    agreed    agreed    agreed
nn      rejected  rejected  rejected  rejected
y--     open      agreed    open      agreed
n--     rejected  rejected  open      open
yy-     open      agreed    agreed    agreed
nn-     rejected  rejected  rejected  open
yyy     agreed    agreed    agreed    agreed
yyn     rejected  -         agreed    agreed
ynn     rejected  -         rejected  agreed
nnn     rejected  rejected  rejected  rejected
yyy--   open      agreed    agreed    agreed
yy---   open      agreed    open      agreed
yynn-   rejected  -         open      agreed
yynnn   rejected  -         rejected  agreed
nn---   rejected  rejected  open      open
nnn--   rejected  rejected  rejected  open
""".strip("\n").splitlines()[1:]


def rows() -> list[tuple[str, str, str, str, str]]:
    found = []
    for line in TABLE:
        votes = line[:8].strip()
        found.append((votes, *line[8:].split()))
    return found  # type: ignore[return-value]


@pytest.mark.parametrize(("votes", "all_", "any_", "sixty", "one"), rows())
def test_the_table(votes: str, all_: str, any_: str, sixty: str, one: str) -> None:
    for order in set(permutations(votes)):
        answers = [ANSWERS[vote] for vote in order]
        assert decide(Mode.ALL, None, answers) == decide(Mode.SEQUENCE, None, answers) == all_
        if any_ != "-":  # whoever answers first decides, so there is never a second answer
            assert decide(Mode.ANY, None, answers) == any_
        assert decide(Mode.SHARE, 60, answers) == sixty
        assert decide(Mode.SHARE, 1, answers) == one


@pytest.mark.parametrize("share", range(1, 101))
def test_a_share_is_decided_as_soon_as_it_is_certain(share: int) -> None:
    """Against the definition: whatever those who are still to answer say, it comes out the same."""
    for count in range(1, 6):
        for answers in product(ANSWERS.values(), repeat=count):
            pending = answers.count(Answer.PENDING)
            futures = {
                "agreed" if (answers.count(Answer.AGREED) + more) * 100 >= share * count else "rejected"
                for more in range(pending + 1)
            }
            certain = futures.pop() if len(futures) == 1 else "open"
            assert decide(Mode.SHARE, share, answers) == certain


def ballots(*given: tuple[int, int, str]) -> list[Ballot]:
    return [Ballot(key, voice, place, ANSWERS[vote]) for key, (voice, place, vote) in enumerate(given)]


def test_a_voice_agrees_when_all_it_called_in_do() -> None:
    before = ballots((0, 9, "y"), (0, 10, "-"))
    assert tally(Mode.ANY, None, before).asked == {1}
    assert tally(Mode.ANY, None, ballots((0, 9, "y"), (0, 10, "y"))).outcome == Outcome.AGREED
    assert tally(Mode.ANY, None, ballots((0, 9, "n"), (0, 10, "-"))).outcome == Outcome.REJECTED
    assert tally(Mode.SHARE, 50, ballots((0, 9, "y"), (0, 10, "-"), (2, 10, "-"))).outcome == Outcome.OPEN


def test_who_is_asked_now() -> None:
    three = ballots((0, 5, "-"), (1, 5, "-"), (2, 5, "-"))
    assert tally(Mode.SEQUENCE, None, three).asked == {0}
    assert tally(Mode.ALL, None, three).asked == {0, 1, 2}
    assert tally(Mode.SEQUENCE, None, ballots((0, 5, "y"), (1, 5, "-"), (1, 4, "-"))).asked == {2}


@given(
    st.sampled_from(Mode),
    st.integers(1, 100),
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.sampled_from("-yn")), max_size=8),
)
def test_somebody_is_asked_exactly_as_long_as_it_is_open(
    mode: Mode, share: int, given: list[tuple[int, int, str]]
) -> None:
    counted = tally(mode, share, ballots(*given))
    pending = {ballot.key for ballot in ballots(*given) if ballot.answer == Answer.PENDING}
    assert counted.asked <= pending
    assert bool(counted.asked) == (counted.outcome == Outcome.OPEN)
