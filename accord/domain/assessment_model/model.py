"""What an assessment model says, read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from accord.domain.wording import Text, plain

VERSION = 1


@dataclass(frozen=True, slots=True)
class Item:
    """One KPI of a model; `metric` is its key in the library, `author` the number of whoever proposed it.

    Weight 0.3 is 30 %. Target, threshold and stretch are for one period of the metric; None for a range that is not
    limited, and for levels the method does without.
    """

    metric: int
    weight: Decimal
    target: Decimal
    weight_min: Decimal | None = None
    weight_max: Decimal | None = None
    method: str = "completion_ratio"
    params: Mapping[str, Any] = field(default_factory=dict)
    target_min: Decimal | None = None
    target_max: Decimal | None = None
    threshold: Decimal | None = None
    stretch: Decimal | None = None
    why: str = ""
    author: str | None = None
    key_result: int | None = None

    def as_json(self) -> dict[str, Any]:
        """Return it as it is stored; numbers are texts."""
        numbers = ("weight", "weight_min", "weight_max", "target", "target_min", "target_max", "threshold", "stretch")
        said = {name: _text(getattr(self, name)) for name in numbers}
        rest = ("method", "why", "author", "key_result")
        return {
            "metric": self.metric,
            **said,
            "params": dict(self.params),
            **{name: getattr(self, name) for name in rest},
        }


@dataclass(frozen=True, slots=True)
class Dimension:
    """A group of KPIs under one heading, such as 业绩结果."""

    key: str
    name: Text
    items: tuple[Item, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return it as it is stored."""
        return {"key": self.key, "name": self.name.as_json(), "items": [item.as_json() for item in self.items]}


@dataclass(frozen=True, slots=True)
class Model:
    """The whole: dimensions, the codes of the form that is filled in and of the flow that decides, and what becomes of
    the total while a score is missing (as `weighted_total` says it).
    """

    dimensions: tuple[Dimension, ...]
    form: str | None = None
    flow: str | None = None
    missing: str = "block"

    def items(self) -> Iterator[Item]:
        """Walk all KPIs, dimension by dimension."""
        for dimension in self.dimensions:
            yield from dimension.items

    def as_json(self) -> dict[str, Any]:
        """Return the body as it is stored."""
        return {
            "v": VERSION,
            "dimensions": [dimension.as_json() for dimension in self.dimensions],
            "form": self.form,
            "flow": self.flow,
            "missing": self.missing,
        }


def blank_body() -> dict[str, Any]:
    """What a new model says: one dimension that waits for its first KPI."""
    return Model((Dimension("result", Text("业绩结果", "Results")),)).as_json()


def _text(number: Decimal | None) -> str | None:
    return None if number is None else plain(number)
