"""From the rows of a source to measurements: reading them, keeping them, counting them, all in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from accord.metrics.models import Connection, Metric, MetricMapping, SyncRun
from accord.people.models import Employee

Row = Mapping[str, Any]


@dataclass(frozen=True)
class PreviewValue:
    """One value that the rows would give: whose (`subject` as in services.series), which period (key), from how many."""

    subject: int
    whose: str
    period: int
    value: Any
    rows: int


@dataclass(frozen=True)
class Unmatched:
    """A name of the source that nobody is known by, how many rows it stands in, and who it might be."""

    by: str
    name: str
    rows: int
    candidates: tuple[Employee, ...]


@dataclass(frozen=True)
class Refusal:
    """A row that cannot count, by its key, and why; `str()` is the sentence in the current language."""

    key: str
    code: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Preview:
    """`counted` of `read` rows gave the values; `left_out` did not meet the filters or are not over yet."""

    read: int
    counted: int
    left_out: int
    values: tuple[PreviewValue, ...]
    unmatched: tuple[Unmatched, ...]
    refused: tuple[Refusal, ...]
    notes: tuple[str, ...] = ()


def sync(connection: Connection, asked_by: Employee | None = None, *, full: bool = False) -> SyncRun:
    """Read the source and bring its values up to date. Returns the run, also one that failed (`run.failure`).

    `full` reads everything again and removes rows that are gone. Raises SyncUnderWay.
    """
    raise NotImplementedError


def take_push(connection: Connection, rows: Sequence[Row], key: str, stream: str = "rows") -> SyncRun:
    """The same for rows that were sent."""
    raise NotImplementedError


def preview(
    connection: Connection,
    stream: str,
    rule: Mapping[str, Any],
    metric: Metric,
    rows: Sequence[Row],
    others: Mapping[str, Sequence[Row]] | None = None,
) -> Preview:
    """What `rows` would become under `rule`; nothing is written. Raises RuleNotUnderstood with all problems.

    `others` are rows of the streams that the rule looks up (`with`); without them those that were landed.
    """
    raise NotImplementedError


def remap(mapping: MetricMapping, actor: Any = None) -> bool:
    """Count the landed rows anew after the rule was made or changed (version + 1).

    False where the rows here lack a field: the next run reads the whole source again.
    """
    raise NotImplementedError
