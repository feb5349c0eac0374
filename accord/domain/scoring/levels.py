"""Direction, target, threshold and stretch value of a KPI as parameters of its scoring method."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any

from accord.domain.scoring.registry import METHODS


def names_of(method: str) -> frozenset[str]:
    """The parameters of a method, those of a rule that it is made of among them; none of a method nobody knows."""
    return _names(METHODS[method]) if method in METHODS else frozenset()


def _names(rule: Any) -> frozenset[str]:
    inner = [_names(field.type) for field in fields(rule) if is_dataclass(field.type)]
    return frozenset(field.name for field in fields(rule)).union(*inner)


def level_params(
    method: str,
    params: Mapping[str, object],
    *,
    lower_is_better: bool,
    target: Decimal | None,
    threshold: Decimal | None = None,
    stretch: Decimal | None = None,
) -> dict[str, object]:
    """What `read_rule` is given: the parameters, and those of the levels that the method has a use for."""
    given: dict[str, object] = {"direction": "down" if lower_is_better else "up"}
    given |= {"target": target, "threshold": threshold, "stretch": stretch}
    known = names_of(method)
    used = {name: value for name, value in given.items() if name in known and value is not None}
    return {**params, **used}
