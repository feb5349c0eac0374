"""Which terms hold on which days: within an agreement those signed last, of several agreements the one begun last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Terms:
    """One wording of an agreement and the days, both inclusive, on which it would hold if there were no other.

    `key` and `agreement` name them; 0 is what was brought in with a file.
    """

    key: int
    agreement: int
    first: date
    last: date


def lay_phases(terms: Iterable[Terms], first: date, last: date) -> Sequence[Terms]:
    """Return the terms that hold between two days, each with the days on which it does, in the order of time.

    `terms` come in the order of signing: a later one of the same agreement holds from its own first day on, whatever
    was signed for those days before.
    """
    held: list[Terms] = []
    for each in terms:
        held = [one for one in held if one.agreement != each.agreement or one.first < each.first]
        held.append(each)
    held.sort(key=lambda each: (each.first, each.agreement))
    ends = [each.first - _DAY for each in held[1:]] + [last]
    clipped = (
        replace(each, first=max(each.first, first), last=min(each.last, end, last))
        for each, end in zip(held, ends, strict=False)
    )
    return [each for each in clipped if each.first <= each.last]
