"""What of a team's agreements belongs on the agenda of a calibration meeting, each point with its evidence.

A track is what was expected of one KPI and what came of it, period by period. Three rules look at it: the light has
been red for long, the target lies far off, the weight stands without evidence. Their limits are parameters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from enum import StrEnum

from accord.domain.periods import Frequency, Period
from accord.domain.status import Light, light_of
from accord.domain.wording import Language, Wording, plain

_EXACT = Context(prec=80)
_TENTH = Decimal("0.1")


class Reason(StrEnum):
    """Why something stands on the agenda; the values are those of `CalibrationItem.Kind`."""

    FAR_OFF = "far_off"
    LONG_RED = "long_red"
    NO_EVIDENCE = "no_evidence"


class Level(StrEnum):
    """How the values of several periods are taken together."""

    SUM = "sum"
    MEAN = "mean"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class Mark:
    """One period of a track: the target that held in it, and the value where there is one."""

    period: int
    target: Decimal
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Track:
    """A KPI's periods, the oldest first and without gaps, all of them over."""

    marks: Sequence[Mark]
    weight: Decimal
    lower_is_better: bool = False
    level: Level = Level.SUM

    def last(self, count: int) -> Track:
        """The newest `count` periods of it."""
        return Track(self.marks[-count:], self.weight, self.lower_is_better, self.level)


@dataclass(frozen=True, slots=True)
class Limits:
    """From where on something is worth the time of a meeting."""

    periods: Mapping[Frequency, int]
    low: Decimal = Decimal("0.75")
    high: Decimal = Decimal("1.30")
    red_periods: int = 3
    heavy: Decimal = Decimal("0.2")

    def window(self, frequency: Frequency) -> int:
        """How many periods have to be looked at."""
        return max(self.periods[frequency], self.red_periods)


USUAL = Limits({Frequency.DAY: 10, Frequency.WEEK: 4, Frequency.MONTH: 3, Frequency.QUARTER: 1})
"""Four weeks, three months or one quarter; ten working days tell as much as four weeks."""

_FAR_BELOW = Wording(
    "{first} 至 {last} 达成 {share}%，低于 {limit}%",
    "{share}% attained from {first} to {last}, under {limit}%",
)
_FAR_ABOVE = Wording(
    "{first} 至 {last} 达成 {share}%，高于 {limit}%",
    "{share}% attained from {first} to {last}, over {limit}%",
)
_LONG_RED = Wording(
    "已连续 {count} 期红灯，自 {first} 起",
    "red for {count} periods in a row, since {first}",
)
_LONG_RED_BY = Wording(
    "已连续 {count} 期红灯，自 {first} 起达成 {share}%",
    "red for {count} periods in a row, {share}% attained since {first}",
)
_NO_EVIDENCE = Wording(
    "权重 {weight}%，但 {first} 至 {last} 没有任何数据",
    "weighs {weight}%, yet has no value from {first} to {last}",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason with the numbers of its sentence. `share` and `limit` are attainments, 1 being the target."""

    reason: Reason
    first: int
    last: int
    share: Decimal | None = None
    limit: Decimal | None = None
    count: int = 0
    weight: Decimal | None = None

    def explain(self, language: Language) -> str:
        """The evidence in one sentence."""
        told = {"first": Period(self.first).label, "last": Period(self.last).label, "count": self.count}
        return _wording(self).say(language, told | _shares(self))

    def as_json(self) -> dict[str, object]:
        """The finding as it is stored; numbers travel as text."""
        written = {"share": self.share, "limit": self.limit, "weight": self.weight}
        return {
            "reason": self.reason.value,
            "first": self.first,
            "last": self.last,
            "count": self.count,
            **{name: str(number) for name, number in written.items() if number is not None},
        }

    @classmethod
    def read(cls, stored: Mapping[str, object]) -> Finding:
        """Read what `as_json` wrote."""
        numbers = {name: Decimal(str(stored[name])) for name in ("share", "limit", "weight") if name in stored}
        return cls(
            Reason(str(stored["reason"])),
            int(str(stored["first"])),
            int(str(stored["last"])),
            count=int(str(stored["count"])),
            **numbers,
        )


def finding(track: Track, limits: Limits) -> Finding | None:
    """What a track gives reason to talk about, the strongest reason where there are several; None where all is well."""
    if not track.marks:
        return None
    count = limits.periods[Period(track.marks[0].period).frequency]
    return _long_red(track, limits) or _far_off(track.last(count), limits) or _bare(track, count, limits)


def attainment(track: Track) -> Decimal | None:
    """How much of its targets a track has attained over the periods that have a value; 1 is all of it.

    None without a value, and where the targets are not positive and have no ratio.
    """
    value, target = _taken_together(track)
    if value is None or target <= 0:
        return None
    share = _EXACT.divide(value, target)
    return _EXACT.subtract(Decimal(2), share) if track.lower_is_better else share


def _taken_together(track: Track) -> tuple[Decimal | None, Decimal]:
    """Value and target over the periods that have a value. Their means have the ratio of their sums."""
    pairs = [(mark.value, mark.target) for mark in track.marks if mark.value is not None]
    if track.level is Level.LAST:
        pairs = pairs[-1:]
    value = sum((value for value, _ in pairs), Decimal()) if pairs else None
    return value, sum((target for _, target in pairs), Decimal())


def _far_off(track: Track, limits: Limits) -> Finding | None:
    share = attainment(track)
    if share is None or limits.low <= share <= limits.high:
        return None
    limit = limits.low if share < limits.low else limits.high
    return Finding(Reason.FAR_OFF, track.marks[0].period, track.marks[-1].period, share=share, limit=limit)


def _long_red(track: Track, limits: Limits) -> Finding | None:
    """The reds that reach up to the newest period. A period without a value ends them: it is no light."""
    run: list[Mark] = []
    for mark in reversed(track.marks):
        if mark.value is None or light_of(mark.value, mark.target, track.lower_is_better) is not Light.RED:
            break
        run.append(mark)
    if len(run) < limits.red_periods:
        return None
    share = attainment(Track(run[::-1], track.weight, track.lower_is_better, track.level))
    return Finding(Reason.LONG_RED, run[-1].period, run[0].period, share=share, count=len(run))


def _bare(track: Track, count: int, limits: Limits) -> Finding | None:
    """A heavy KPI without any value, once it has been in force for as many periods as are looked at."""
    marks = track.marks[-count:]
    if track.weight < limits.heavy or len(marks) < count or any(mark.value is not None for mark in marks):
        return None
    return Finding(Reason.NO_EVIDENCE, marks[0].period, marks[-1].period, weight=track.weight)


def _wording(found: Finding) -> Wording:
    if found.reason is Reason.LONG_RED:
        return _LONG_RED if found.share is None else _LONG_RED_BY
    if found.reason is Reason.NO_EVIDENCE:
        return _NO_EVIDENCE
    return _FAR_BELOW if _is_below(found) else _FAR_ABOVE


def _shares(found: Finding) -> dict[str, str]:
    """The shares of a finding in percent, attainment rounded away from the limit it broke: never 75 % under 75 %."""
    away = ROUND_FLOOR if _is_below(found) else ROUND_CEILING
    told = {"share": (found.share, away), "limit": (found.limit, away), "weight": (found.weight, away)}
    return {name: _percent(share, rounding) for name, (share, rounding) in told.items() if share is not None}


def _is_below(found: Finding) -> bool:
    return found.limit is None or (found.share is not None and found.share < found.limit)


def _percent(share: Decimal, rounding: str) -> str:
    percent = _EXACT.multiply(share, Decimal(100)).quantize(_TENTH, rounding=rounding, context=_EXACT)
    return plain(percent.normalize(_EXACT))
