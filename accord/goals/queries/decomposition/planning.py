"""What each unit and person gets: worked out from the settings whenever it is looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

from accord.domain.decomposition.bases import rounded
from accord.domain.decomposition.chains import Chain, Quantities, split_tree
from accord.domain.decomposition.settings import Settings, read_settings
from accord.domain.decomposition.sums import EXACT
from accord.domain.decomposition.units import scale
from accord.goals.models import Decomposition
from accord.goals.queries.decomposition.growing import Branch, Ground, grow, walk
from accord.goals.queries.decomposition.history import periods_before, reached
from accord.goals.queries.decomposition.roster import Member, Roster, roster
from accord.metrics.models import Metric
from accord.people.models import OrgUnit

_HUNDRED = Decimal(100)


@dataclass(frozen=True)
class WhatIf:
    """By how many percent the total, or single factors of it, would be more. It is looked at and not stored."""

    total: Decimal = Decimal(0)
    factors: Mapping[int, Decimal] = field(default_factory=dict)

    @property
    def is_any(self) -> bool:
        return bool(self.total) or any(self.factors.values())


@dataclass(frozen=True)
class Row:
    """A line of the table with the quantities of its part; a leader has those of the whole unit and adds nothing."""

    key: str
    depth: int
    above: str
    quantities: Quantities
    unit: OrgUnit | None = None
    member: Member | None = None
    is_leader: bool = False

    @property
    def is_direct(self) -> bool:
        """Whether this line gathers the people directly in a unit that has others below it."""
        return self.key.startswith("d")


@dataclass(frozen=True)
class Plan:
    """A decomposition worked out. `factors` are the metrics of the chain, the volume first; one for a plain sum."""

    metric: Metric
    factors: Sequence[Metric]
    chain: Chain
    settings: Settings
    target: Decimal
    whole: Quantities
    rows: Sequence[Row]
    roster: Roster
    reached_before: Decimal | None

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """The columns: what is split, then the factors it is the product of."""
        return (self.metric, *self.factors) if self.is_product else (self.metric,)

    @property
    def is_product(self) -> bool:
        return bool(self.settings.factors)

    def value(self, quantities: Quantities, metric: Metric) -> Fraction | None:
        """The exact value of a metric out of a row's quantities; None for a factor of nothing."""
        if metric.pk == self.metric.pk:
            return Fraction(quantities[-1])
        return self.chain.factors(quantities)[self.settings.factors.index(metric.pk)]

    def stored(self, quantities: Quantities) -> dict[int, Decimal]:
        """The values of a row as they are stored, by metric: six decimals, rounded half up where they are finer."""
        values = {metric.pk: self.value(quantities, metric) for metric in self.metrics}
        return {pk: rounded(value) for pk, value in values.items() if value is not None}


def plan(decomposition: Decomposition, what_if: WhatIf | None = None, settings: Settings | None = None) -> Plan:
    """Work a decomposition out. Raises CannotSplit with the key of the node whose parts have no answer."""
    settings = settings or read_settings(decomposition.settings)
    factors = factors_of(settings)
    chain = chain_of(decomposition.metric, factors)
    target, settings = _stretched(decomposition, settings, what_if or WhatIf())
    whole = whole_of(chain, target, settings)
    people = roster(decomposition, settings)
    base = factors[0] if factors and settings.own_rates else decomposition.metric
    history = _history(decomposition, settings, base, factors[1:])
    numbers = {pk: number for number, pk in enumerate(settings.factors)} | {decomposition.metric_id: chain.length}
    grown = grow(people, Ground(settings, history, base, factors[1:], numbers))
    rows: list[Row] = []
    if grown:
        root, node = grown
        rows = list(_rows(root, split_tree(chain, whole, node)))
    parts = [row.member.employee.pk for row in rows if row.member and not row.is_leader]
    before = [history[decomposition.metric_id, pk] for pk in parts if (decomposition.metric_id, pk) in history]
    reached_before = sum(before, Decimal(0)) if before else None
    shown = factors or (decomposition.metric,)
    return Plan(decomposition.metric, shown, chain, settings, target, whole, rows, people, reached_before)


def factors_of(settings: Settings) -> tuple[Metric, ...]:
    """The metrics of the product, in their order."""
    found = Metric.objects.in_bulk(settings.factors) if settings.factors else {}
    return tuple(found[pk] for pk in settings.factors)


def chain_of(metric: Metric, factors: Sequence[Metric]) -> Chain:
    """How the product is written: decimals and units of measure."""
    if not factors:
        return Chain((metric.decimals,), metric.decimals)
    times = scale(metric.unit, [factor.unit for factor in factors])
    return Chain(tuple(factor.decimals for factor in factors), metric.decimals, times)


def whole_of(chain: Chain, target: Decimal, settings: Settings) -> Quantities:
    """The quantities of the target; the volume is what the rates need, rounded, and the last rate carries the rest."""
    if chain.length == 1:
        return chain.quantities(target, ())
    rates = [settings.rates[metric] for metric in settings.factors[1:]]
    step = Decimal(1).scaleb(-chain.factor_decimals[0])
    with localcontext(EXACT):
        each = chain.scale
        for rate in rates:
            each *= rate
        volume = max(step, (target / each).quantize(step, ROUND_HALF_UP)) if each else step
    return chain.quantities(target, (volume, *rates[:-1]))


def _history(
    decomposition: Decomposition, settings: Settings, base: Metric, rates: Sequence[Metric]
) -> dict[tuple[int, int], Decimal]:
    metrics = [decomposition.metric, *([base] if base != decomposition.metric else [])]
    metrics += rates if settings.own_rates else ()
    periods = periods_before(decomposition.cycle, metrics, settings.before)
    return dict(reached(metrics, decomposition.root, periods))


def _stretched(decomposition: Decomposition, settings: Settings, what_if: WhatIf) -> tuple[Decimal, Settings]:
    """The target and the rates as they would be: more of one factor makes as much more of the product."""
    target, rates = decomposition.target, dict(settings.rates)
    step = Decimal(1).scaleb(-decomposition.metric.decimals)
    with localcontext(EXACT):
        for percent in (what_if.total, *what_if.factors.values()):
            target = target * (_HUNDRED + percent) / _HUNDRED
        for metric, percent in what_if.factors.items():
            if metric in rates:
                rates[metric] = (rates[metric] * (_HUNDRED + percent) / _HUNDRED).quantize(Decimal(1).scaleb(-6))
        if what_if.is_any:
            target = target.quantize(step, ROUND_HALF_UP)
    return target, replace(settings, rates=rates)


def _rows(root: Branch, parts: Mapping[str, Quantities]) -> Iterator[Row]:
    above: list[str] = []
    for branch, depth in walk(root):
        del above[depth:]
        yield Row(branch.key, depth, above[-1] if above else "", parts[branch.key], branch.unit, branch.member)
        above.append(branch.key)
        for leader in branch.leaders:
            yield Row(leader.key, depth + 1, branch.key, parts[branch.key], member=leader, is_leader=True)
