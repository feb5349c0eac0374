"""Which rows count."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

from accord.domain.row_mapping.cells import as_instant, as_number, is_day

Cells = Mapping[str, str | None]
_UTC = ZoneInfo("UTC")


class Test(StrEnum):
    """What a field is asked."""

    __test__ = False

    EQUALS = "equals"
    NOT_EQUALS = "not_equals"
    IN = "in"
    NOT_IN = "not_in"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    FILLED = "filled"
    EMPTY = "empty"
    CONTAINS = "contains"


WITHOUT_VALUE = frozenset({Test.FILLED, Test.EMPTY})
WITH_LIST = frozenset({Test.IN, Test.NOT_IN})
_DENIED = {Test.NOT_EQUALS: Test.EQUALS, Test.NOT_IN: Test.IN, Test.EMPTY: Test.FILLED}


@dataclass(frozen=True, slots=True)
class Filter:
    """A question about one field. With `other` it is compared with that field of the row itself, not with `values`.

    In a look-up `field` is one of the other row, and `other` one of the row that looks.
    """

    field: str
    test: Test
    values: tuple[str, ...] = ()
    other: str | None = None

    def holds(self, row: Cells, own: Cells | None = None, zone: ZoneInfo = _UTC) -> bool:
        """Whether `row` meets it; `own` is the row that `other` names a field of, if that is not `row`.

        Large and small letters are the same, and so are 1 and 1.0; an empty field equals nothing and is never at least
        or at most anything. A time beside a day counts as the day that it falls on in `zone`.
        """
        text = row.get(self.field)
        values = self.values
        if self.other is not None:
            compared = (row if own is None else own).get(self.other)
            values = () if compared is None else (compared,)
        if self.test in _ORDERED:
            return text is not None and any(_ORDERED[self.test](text, value, zone) for value in values)
        asked = _DENIED.get(self.test)
        return not _ASKED[asked](text, values) if asked else _ASKED[self.test](text, values)

    def own_fields(self) -> Iterator[str]:
        """The fields it needs of the row itself."""
        yield self.field
        yield from self.compared_fields()

    def compared_fields(self) -> Iterator[str]:
        """The field it compares with, if it does."""
        if self.other is not None:
            yield self.other


def all_hold(filters: tuple[Filter, ...], row: Cells, own: Cells | None = None, zone: ZoneInfo = _UTC) -> bool:
    """Whether `row` meets all of them."""
    return all(each.holds(row, own, zone) for each in filters)


def rank(text: str, zone: ZoneInfo = _UTC) -> tuple[int, Decimal | datetime | str]:
    """What texts are put in order by: numbers first, then instants, then words."""
    number = as_number(text)
    if number is not None:
        return 0, number
    moment = as_instant(text, zone)
    return (1, moment.astimezone(UTC)) if moment else (2, text.casefold())


def _filled(text: str | None, _values: tuple[str, ...]) -> bool:
    return bool(text and text.strip())


def _among(text: str | None, values: tuple[str, ...]) -> bool:
    return text is not None and any(_equal(text, value) for value in values)


def _equal(text: str, value: str) -> bool:
    if text == value or text.casefold().strip() == value.casefold().strip():
        return True
    number = as_number(text)
    return number is not None and number == as_number(value)


def _contains(text: str | None, values: tuple[str, ...]) -> bool:
    return text is not None and any(value.casefold() in text.casefold() for value in values)


def _is_ordered(lower: str, upper: str, zone: ZoneInfo) -> bool:
    """Whether two texts of one sort are in order; texts of two sorts never are."""
    (sort, low), (other_sort, high) = rank(lower, zone), rank(upper, zone)
    if isinstance(low, datetime) and isinstance(high, datetime) and (is_day(lower) or is_day(upper)):
        # What is done on the day that it is due is done in time, whatever the hour.
        return low.astimezone(zone).date() <= high.astimezone(zone).date()
    return sort == other_sort and low <= high  # type: ignore[operator]


_ORDERED: Mapping[Test, Callable[[str, str, ZoneInfo], bool]] = {
    Test.AT_LEAST: lambda text, value, zone: _is_ordered(value, text, zone),
    Test.AT_MOST: _is_ordered,
}
_ASKED: Mapping[Test, Callable[[str | None, tuple[str, ...]], bool]] = {
    Test.EQUALS: _among,
    Test.IN: _among,
    Test.FILLED: _filled,
    Test.CONTAINS: _contains,
}
