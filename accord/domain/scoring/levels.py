"""Direction, target, threshold and stretch value of a KPI as parameters of its scoring method."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any

from accord.domain.scoring.registry import METHODS, read_rule
from accord.domain.scoring.rule import Rule, Score


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


def level_rule(
    method: str,
    params: Mapping[str, object],
    *,
    lower_is_better: bool,
    target: Decimal | None,
    threshold: Decimal | None = None,
    stretch: Decimal | None = None,
) -> Rule[Score]:
    """The rule of a method for some levels; those that it has no use for are left out. Raises ScoringError."""
    given = level_params(
        method, params, lower_is_better=lower_is_better, target=target, threshold=threshold, stretch=stretch
    )
    return read_rule(method, given)
