"""How a decomposition was set up, as it is stored: rules for each level, rates, locks, weights and days of leave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from accord.domain.decomposition.bases import Basis, Before, Season

VERSION = 1
Locks = Mapping[str, Mapping[int, Decimal]]


@dataclass(frozen=True)
class Settings:
    """Units and people are named by the keys of their nodes (`u3`, `e12`), metrics by their keys in the library.

    `factors` are the metrics of a product, the volume first; none for a plain sum. `rates` are the factors of the whole
    after the volume, which follows. With `own_rates` each keeps the proportion of its rates to the others'.
    """

    units: Basis = Basis.LAST
    people: Basis = Basis.LAST
    before: Before = Before.LAST_PERIOD
    season: Season = Season.EVEN
    own_rates: bool = False
    factors: tuple[int, ...] = ()
    rates: Mapping[int, Decimal] = field(default_factory=dict)
    locks: Locks = field(default_factory=dict)
    weights: Mapping[str, Decimal] = field(default_factory=dict)
    away: Mapping[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return it as it is stored; numbers are texts."""
        return {
            "v": VERSION,
            "units": self.units.value,
            "people": self.people.value,
            "before": self.before.value,
            "season": self.season.value,
            "own_rates": self.own_rates,
            "factors": list(self.factors),
            "rates": _texts(self.rates),
            "locks": {key: _texts(cells) for key, cells in self.locks.items() if cells},
            "weights": _texts(self.weights),
            "away": {key: days for key, days in self.away.items() if days},
        }


def read_settings(body: Mapping[str, Any]) -> Settings:
    """Read what `as_json` wrote."""
    return Settings(
        units=Basis(body["units"]),
        people=Basis(body["people"]),
        before=Before(body["before"]),
        season=Season(body["season"]),
        own_rates=body["own_rates"],
        factors=tuple(body["factors"]),
        rates=_by_metric(body["rates"]),
        locks={key: _by_metric(cells) for key, cells in body["locks"].items()},
        weights={key: Decimal(weight) for key, weight in body["weights"].items()},
        away=dict(body["away"]),
    )


def _texts(numbers: Mapping[Any, Decimal]) -> dict[str, str]:
    return {str(key): f"{number:f}" for key, number in numbers.items()}


def _by_metric(cells: Mapping[str, str]) -> dict[int, Decimal]:
    return {int(metric): Decimal(value) for metric, value in cells.items()}
