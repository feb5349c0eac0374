"""区间法: the score of the band the actual falls into."""

from bisect import bisect_right
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import ClassVar, Self

from accord.domain.scoring.arithmetic import ZERO, cents
from accord.domain.scoring.errors import ParameterError
from accord.domain.scoring.given import Given
from accord.domain.scoring.rule import RESULT, Rule, Score, observed
from accord.domain.scoring.wording import Sentence
from accord.domain.wording import Wording

BELOW_ALL = Wording(
    "实际 {actual}，低于最低一档的起点 {start}", "actual {actual} is below the first band, which starts at {start}"
)
BETWEEN = Wording(
    "实际 {actual}，落在 {start} 及以上、{end} 以下的一档",
    "actual {actual} is in the band from {start} up to but not including {end}",
)
LAST = Wording("实际 {actual}，落在 {start} 及以上的一档", "actual {actual} is in the band from {start} upwards")


class NoBandsError(ParameterError):
    """A table without a row."""

    code = "bands_empty"
    wording = Wording("区间表为空，请至少填写一档。", "The table of bands is empty; give at least one band.")


class BandsUnsortedError(ParameterError):
    """A band that starts below the one before it."""

    code = "bands_unsorted"
    wording = Wording(
        "区间须从低到高排列：{given} 排在了 {before} 之后。",
        "Bands must rise from low to high: {given} comes after {before}.",
    )


class BandsOverlapError(ParameterError):
    """Two bands with the same start."""

    code = "bands_overlap"
    wording = Wording("有两档都从 {given} 开始，请合并为一档。", "Two bands start at {given}; make them one.")


@dataclass(frozen=True, slots=True)
class Band:
    """`score` for every actual from `start` up to, not including, the start of the next band."""

    start: Decimal
    score: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class StepBands(Rule[Score]):
    """The last band whose start is not above the actual; below all of them `otherwise` (default 0).

    Bands carry only their start, so a gap between two of them cannot be written down.
    """

    code: ClassVar[str] = "step_bands"
    name: ClassVar[Wording] = Wording("区间法", "Step bands")

    bands: tuple[Band, ...]
    otherwise: Decimal = ZERO

    def __post_init__(self) -> None:
        """Refuse an empty, unsorted or doubled table."""
        if not self.bands:
            raise NoBandsError
        for before, band in pairwise(self.bands):
            if band.start == before.start:
                raise BandsOverlapError(given=band.start)
            if band.start < before.start:
                raise BandsUnsortedError(given=band.start, before=before.start)

    @classmethod
    def read(cls, given: Given) -> Self:
        """Build the rule from parameters that came from outside."""
        return cls(
            bands=tuple(Band(row.number("from"), row.number("score")) for row in given.rows("bands")),
            otherwise=given.number("otherwise", ZERO),
        )

    def judge(self, actual: object) -> Score:
        """Score one observed value."""
        number = observed(actual)
        place = bisect_right(self.bands, number, key=lambda band: band.start)
        clause, raw = self._band(place)
        value = cents(raw)
        values: dict[str, object] = {"actual": number, "value": value, "start": self.bands[max(place - 1, 0)].start}
        if place < len(self.bands):
            values["end"] = self.bands[place].start
        return Score(self.code, Sentence((clause, RESULT), values), value)

    def _band(self, place: int) -> tuple[Wording, Decimal]:
        if place == 0:
            return BELOW_ALL, self.otherwise
        return (LAST if place == len(self.bands) else BETWEEN), self.bands[place - 1].score
