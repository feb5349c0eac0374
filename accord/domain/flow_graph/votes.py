"""How the votes at a node decide it: exact truth tables for 依次, 会签, 或签 and 票签."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from accord.domain.flow_graph.nodes import Mode


class Answer(StrEnum):
    """What one ballot says."""

    PENDING = "pending"
    AGREED = "agreed"
    REJECTED = "rejected"


class Outcome(StrEnum):
    """Where a node stands."""

    OPEN = "open"
    AGREED = "agreed"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Ballot:
    """What one person was asked. Ballots of one `voice` (an approver and whom they called in) count together, in the
    order of `place`; what was passed on or is no longer needed is not given here at all.
    """

    key: int
    voice: int
    place: int
    answer: Answer


@dataclass(frozen=True, slots=True)
class Tally:
    """The outcome, and the keys of the pending ballots that are to be answered now."""

    outcome: Outcome
    asked: frozenset[int] = frozenset()


def tally(mode: Mode, share: int | None, ballots: Iterable[Ballot]) -> Tally:
    """Count. `share` is the percentage of agreeing voices that Mode.SHARE needs.

    A voice agrees when all its ballots do and rejects with the first that does. Then, over the voices:

    - SEQUENCE, ALL: rejected with the first rejection, agreed when all agree.
    - ANY: whoever answers first decides, either way.
    - SHARE: agreed as soon as enough agree, rejected as soon as too few are left who still could.

    Without any voice nothing is left to ask, and the node is agreed.
    """
    voices = _voices(ballots)
    outcome = decide(mode, share, [_answer(voice) for voice in voices])
    if outcome != Outcome.OPEN:
        return Tally(outcome)
    waiting = [voice for voice in voices if _answer(voice) == Answer.PENDING]
    asked = waiting[:1] if mode == Mode.SEQUENCE else waiting
    return Tally(outcome, frozenset(_next(voice).key for voice in asked))


def decide(mode: Mode, share: int | None, answers: Sequence[Answer]) -> Outcome:
    """The outcome of the answers of whole voices."""
    agreed, rejected = answers.count(Answer.AGREED), answers.count(Answer.REJECTED)
    if mode == Mode.SHARE:
        needed = (share or 100) * len(answers)
        if agreed * 100 >= needed:
            return Outcome.AGREED
        return Outcome.REJECTED if (len(answers) - rejected) * 100 < needed else Outcome.OPEN
    if rejected:
        return Outcome.REJECTED
    enough = agreed if mode == Mode.ANY else agreed == len(answers)
    return Outcome.AGREED if enough or not answers else Outcome.OPEN


def _voices(ballots: Iterable[Ballot]) -> list[list[Ballot]]:
    """The ballots by voice, each voice in its order, the voices by the place of whoever the rule asked."""
    voices: dict[int, list[Ballot]] = {}
    for ballot in sorted(ballots, key=lambda ballot: (ballot.voice, ballot.place, ballot.key)):
        voices.setdefault(ballot.voice, []).append(ballot)
    return [voices[voice] for voice in sorted(voices)]


def _answer(voice: Sequence[Ballot]) -> Answer:
    if any(ballot.answer == Answer.REJECTED for ballot in voice):
        return Answer.REJECTED
    return Answer.AGREED if all(ballot.answer == Answer.AGREED for ballot in voice) else Answer.PENDING


def _next(voice: Sequence[Ballot]) -> Ballot:
    return next(ballot for ballot in voice if ballot.answer == Answer.PENDING)
