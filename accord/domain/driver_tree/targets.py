"""Targets of a tree, independent but linked: what the others must become when one is changed, exactly.

Each node has a target of its own; what the formula makes of the parts' targets may differ, which is the gap. When one
target changes, either the root holds and the siblings carry the change in proportion, or the siblings hold and all
above follows. What lies below a target that changes follows it in proportion. Values are rounded to the decimals of
their metric; the last one carries what is left, to the sixth decimal. Nothing here writes anything.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from math import prod
from typing import Literal

from accord.domain.decomposition.bases import rounded
from accord.domain.decomposition.errors import CannotSplit
from accord.domain.decomposition.sums import EXACT, split_sum
from accord.domain.driver_tree.errors import AboveLocked, AllPartsLocked, TargetMissing, TargetOutOfReach
from accord.domain.driver_tree.flat import Kind

Key = int
Keep = Literal["root", "others"]
_ROOTS_TO = 60


@dataclass(frozen=True)
class Goal:
    """A node with its target: `name` for sentences, `decimals` of its metric, `scale` of its formula."""

    name: str
    kind: Kind = Kind.LEAF
    children: tuple[Key, ...] = ()
    target: Decimal | None = None
    decimals: int = 2
    scale: Decimal = Decimal(1)


def formula(goal: Goal, parts: list[Fraction]) -> Fraction | None:
    """What the parts make; None where that would be a division by zero."""
    scale = Fraction(goal.scale)
    if goal.kind is Kind.PRODUCT:
        return scale * prod(parts)
    if goal.kind is Kind.SUM:
        return scale * sum(parts)
    if goal.kind is Kind.RATIO:
        return scale * parts[0] / parts[1] if parts[1] else None
    weights = sum(parts[0::2])
    weighted = sum(weight * value for weight, value in zip(parts[0::2], parts[1::2], strict=True))
    return scale * weighted / weights if weights else None


def gaps(goals: Mapping[Key, Goal]) -> dict[Key, Decimal]:
    """For each inner node: its own target less what the targets of its parts make.

    Nodes without a target, or with a part that has none, are left out.
    """
    found = {}
    for key, goal in goals.items():
        targets = [goals[child].target for child in goal.children]
        parts = [Fraction(target) for target in targets if target is not None]
        if goal.target is None or not parts or len(parts) != len(targets):
            continue
        made = formula(goal, parts)
        if made is not None:
            found[key] = rounded_any(Fraction(goal.target) - made)
    return found


def rounded_any(value: Fraction, decimals: int = 6) -> Decimal:
    """A fraction of either sign, rounded half away from zero."""
    return rounded(value, decimals) if value >= 0 else -rounded(-value, decimals)


def retarget(
    goals: Mapping[Key, Goal],
    changed: Key,
    value: Decimal,
    keep: Keep = "root",
    locked: Collection[Key] = (),
) -> dict[Key, Decimal]:
    """The targets that change, with their new values, when that of `changed` becomes `value`. Raises CannotRetarget."""
    plan = _Plan(goals, frozenset(locked))
    parents = {child: key for key, goal in goals.items() for child in goal.children}
    plan.set(changed, value)
    if changed in parents:
        if keep == "root":
            plan.make(parents[changed], fixed={changed})
        else:
            plan.follow(changed, parents)
    return {key: target for key, target in plan.targets.items() if target is not None and target != goals[key].target}


class _Plan:
    """The targets as they become."""

    def __init__(self, goals: Mapping[Key, Goal], locked: frozenset[Key]) -> None:
        self._goals = goals
        self._locked = locked
        self.targets: dict[Key, Decimal | None] = {key: goal.target for key, goal in goals.items()}

    def set(self, key: Key, value: Decimal) -> None:
        """Set a target and let everything below it follow, as far as it has targets."""
        waiting = [(key, value)]
        while waiting:
            at, new = waiting.pop()
            if new == self.targets[at]:
                continue
            self.targets[at] = new
            goal = self._goals[at]
            if goal.children and all(self.targets[child] is not None for child in goal.children):
                waiting += self._parts_for(at, frozenset()).items()

    def make(self, key: Key, fixed: Collection[Key]) -> None:
        """Let the parts that are not fixed make the target of a node."""
        self._of(key)
        for part, value in self._parts_for(key, frozenset(fixed)).items():
            self.set(part, value)

    def follow(self, key: Key, parents: Mapping[Key, Key]) -> None:
        """Work out every target above a node from its parts."""
        while key in parents:
            key = parents[key]
            goal = self._goals[key]
            made = formula(goal, [self._of(child) for child in goal.children])
            if made is None:
                raise TargetOutOfReach(node=goal.name)
            new = rounded_any(made)
            if key in self._locked and new != self.targets[key]:
                raise AboveLocked(node=goal.name)
            self.targets[key] = new

    def _of(self, key: Key) -> Fraction:
        target = self.targets[key]
        if target is None:
            raise TargetMissing(node=self._goals[key].name)
        return Fraction(target)

    def _parts_for(self, key: Key, fixed: frozenset[Key]) -> dict[Key, Decimal]:
        """New targets for the parts of a node that are neither fixed nor locked, so that they make its target."""
        goal = self._goals[key]
        parts = {child: self._of(child) for child in goal.children}
        held = fixed | self._locked
        wanted = self._of(key) / Fraction(goal.scale)
        if formula(goal, list(parts.values())) == self._of(key):
            return {}
        if goal.kind is Kind.RATIO:
            return self._ratio(goal, wanted, held)
        candidates = goal.children[1::2] if goal.kind is Kind.MEAN else goal.children
        free = [child for child in candidates if child not in held]
        if not free:
            raise AllPartsLocked(node=goal.name)
        if goal.kind is Kind.SUM:
            return self._sum(goal, wanted - sum(parts[each] for each in parts if each not in free), free)
        if goal.kind is Kind.PRODUCT:
            return self._product(
                goal, wanted, prod((parts[each] for each in parts if each not in free), start=Fraction(1)), free
            )
        return self._mean(goal, wanted, parts, free)

    def _ratio(self, goal: Goal, wanted: Fraction, held: frozenset[Key]) -> dict[Key, Decimal]:
        above, below = goal.children
        if above not in held:
            return {above: rounded_any(wanted * self._of(below))}
        if below in held:
            raise AllPartsLocked(node=goal.name)
        if not wanted or not self._of(above):
            raise TargetOutOfReach(node=goal.name)
        return {below: rounded_any(self._of(above) / wanted)}

    def _sum(self, goal: Goal, rest: Fraction, free: list[Key]) -> dict[Key, Decimal]:
        shares = [self._of(child) for child in free]
        if rest < 0 or min(shares) < 0:
            raise TargetOutOfReach(node=goal.name)
        decimals = max(self._goals[child].decimals for child in free)
        try:
            found = split_sum(rounded(rest), [rounded(share) for share in shares], decimals)
        except CannotSplit as error:
            raise TargetOutOfReach(node=goal.name) from error
        return dict(zip(free, found, strict=True))

    def _product(self, goal: Goal, wanted: Fraction, held: Fraction, free: list[Key]) -> dict[Key, Decimal]:
        now = prod(self._of(child) for child in free)
        if not held or not now or wanted / held / now <= 0:
            raise TargetOutOfReach(node=goal.name)
        factor = _root(wanted / held / now, len(free))
        *others, last = free
        found = {child: self._nearest(child, self._of(child) * factor) for child in others}
        done = held * prod(Fraction(value) for value in found.values())
        if not done:
            raise TargetOutOfReach(node=goal.name)
        return {**found, last: rounded_any(wanted / done)}

    def _mean(self, goal: Goal, wanted: Fraction, parts: Mapping[Key, Fraction], free: list[Key]) -> dict[Key, Decimal]:
        weights = {value: parts[weight] for weight, value in zip(goal.children[0::2], goal.children[1::2], strict=True)}
        free = [value for value in free if weights[value]]
        held = sum(weights[value] * parts[value] for value in weights if value not in free)
        now = sum(weights[value] * parts[value] for value in free)
        if not now:
            raise TargetOutOfReach(node=goal.name)
        needed = wanted * sum(weights.values()) - held
        *others, last = free
        found = {value: self._nearest(value, parts[value] * needed / now) for value in others}
        done = sum(weights[value] * Fraction(new) for value, new in found.items())
        return {**found, last: rounded_any((needed - done) / weights[last])}

    def _nearest(self, key: Key, value: Fraction) -> Decimal:
        return rounded_any(value, self._goals[key].decimals)


def _root(value: Fraction, degree: int) -> Fraction:
    """The positive root of a positive number, to sixty digits."""
    if degree == 1:
        return value
    with localcontext(EXACT) as context:
        context.prec, context.rounding = _ROOTS_TO, ROUND_HALF_UP
        number = Decimal(value.numerator) / value.denominator
        return Fraction((number.ln() / degree).exp())
