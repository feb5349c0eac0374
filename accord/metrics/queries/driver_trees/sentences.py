"""The attribution in sentences, for a page and for the weekly mail."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from accord.domain.periods import Frequency, Period
from accord.domain.wording import Language, Listed, Wording
from accord.metrics.models import DriverNode, Metric
from accord.metrics.queries.driver_trees.slips import Episode, Slip
from accord.metrics.queries.driver_trees.views import NodeView, Step, TreeView

_BEFORE = {
    Frequency.DAY: Wording("前一天", "the day before"),
    Frequency.WEEK: Wording("上周", "the week before"),
    Frequency.MONTH: Wording("上月", "the month before"),
    Frequency.QUARTER: Wording("上季度", "the quarter before"),
}
_MANY = {
    Frequency.DAY: Wording("{many} 天", "{many} days"),
    Frequency.WEEK: Wording("{many} 周", "{many} weeks"),
    Frequency.MONTH: Wording("{many} 个月", "{many} months"),
    Frequency.QUARTER: Wording("{many} 个季度", "{many} quarters"),
}
_ONE = {
    Frequency.DAY: Wording("1 天", "1 day"),
    Frequency.WEEK: Wording("1 周", "1 week"),
    Frequency.MONTH: Wording("1 个月", "1 month"),
    Frequency.QUARTER: Wording("1 个季度", "1 quarter"),
}
_NAMED = 4
"""As many drivers are named one by one."""
_COMMA = Wording("，", ", ")
_OTHERS = Wording("其余 {many} 项合计", "{many} others together")
_TARGET = Wording("目标", "its target")
_UNEXPLAINED = Wording("未能解释", "not explained")
_SAME = Wording("{name}与{base}持平", "{name} is the same as {base}")
_MORE = Wording("{name}比{base}多 {amount}", "{name} is {amount} above {base}")
_LESS = Wording("{name}比{base}少 {amount}", "{name} is {amount} below {base}")
_MADE_OF = Wording("{whole}：{parts}。", "{whole}: {parts}.")
_ALONE = Wording("{whole}。", "{whole}.")
_UNKNOWN = Wording(
    "{name}暂时无法归因：{missing}还没有数值或可以比较的值。",
    "{name} cannot be attributed yet: there is no value, or none to compare with, of {missing}.",
)
_SHORT = Wording("{name}从 {since} 起未达目标，已有 {many}", "{name} has missed its target since {since}, {many}")
_WORSE = Wording("{name}从 {since} 起逐期变差，已有 {many}", "{name} has been getting worse since {since}, {many}")
_OWNED = Wording("{slip}，由{owner}负责。", "{slip}; {owner} owns it.")
_FALLING = Wording(
    "它已连续 {many}变差，共 {fall}，超出了平时的波动。",
    "It has been getting worse for {many} in a row, by {fall}, beyond its usual ups and downs.",
)
_LAST = Wording(
    "上一次是 {since} 至 {until}，最差 {worst}（{when}）", "Last time was {since} to {until}, {worst} at worst ({when})"
)
_BACK = Wording("{last}，{recovered} 恢复。", "{last}, well again in {recovered}.")


def sentences(view: TreeView, language: Language, slip: Slip | None = None) -> list[str]:
    """What moved the root and why, in numbers that add up; and, if given, which driver slipped and since when."""
    if view.problem:
        return [view.problem.explain(language)]
    if view.change is None:
        missing = Listed(tuple(driver_name(node.node, view, language) for node in view.missing))
        name = _spaced(driver_name(view.root.node, view, language), language)
        return [_UNKNOWN.say(language, {"name": name, "missing": missing})]
    found = [_what_moved(view, view.change, language)]
    return found + _what_slipped(view, slip, language) if slip else found


def amount_words(amount: Decimal, metric: Metric, language: Language, *, signed: bool = False) -> str:
    """An amount in the unit of a metric: 23.8 万元, −40.9 万元, 0.3 个百分点."""
    step = Decimal(1).scaleb(-metric.decimals)
    text = f"{amount.quantize(step, ROUND_HALF_UP):{'+' if signed else ''},f}".replace("-", "−")
    unit = ("个百分点" if language == "zh-hans" else "points") if metric.is_percent else metric.unit
    return f"{text} {unit}".strip()


def _what_moved(view: TreeView, change: Decimal, language: Language) -> str:
    base = _TARGET if view.against == "target" else _BEFORE[view.period.frequency]
    wording = _MORE if change > 0 else _LESS if change < 0 else _SAME
    name, amount = driver_name(view.root.node, view, language), amount_words(abs(change), view.root.metric, language)
    whole = wording.say(language, {"name": _spaced(name, language), "base": base, "amount": amount})
    parts = (_COMMA.say(language)).join(_parts(view, language))
    return (_MADE_OF if parts else _ALONE).say(language, {"whole": whole, "parts": parts})


def _parts(view: TreeView, language: Language) -> list[str]:
    """The strongest drivers one by one, the others together, and last what nothing explains."""
    drivers = sorted((step for step in view.steps if step.node and step.amount), key=lambda step: -abs(step.amount))
    most = _NAMED if len(drivers) > _NAMED + 1 else len(drivers)
    found = [_part(step, view, language) for step in drivers[:most]]
    if others := drivers[most:]:
        words = _OTHERS.say(language, {"many": len(others)})
        found.append(f"{words} {_signed(sum((step.amount for step in others), Decimal(0)), view, language)}")
    unexplained = [_part(step, view, language) for step in view.steps if step.node is None and step.amount]
    return found + unexplained


def _part(step: Step, view: TreeView, language: Language) -> str:
    name = driver_name(step.node.node, view, language) if step.node else _UNEXPLAINED.say(language)
    return f"{name} {_signed(step.amount, view, language)}"


def _signed(amount: Decimal, view: TreeView, language: Language) -> str:
    return amount_words(amount, view.root.metric, language, signed=True)


def _what_slipped(view: TreeView, slip: Slip, language: Language) -> list[str]:
    name = driver_name(slip.node.node, view, language)
    counted = _MANY if slip.periods > 1 else _ONE
    many = counted[view.period.frequency].say(language, {"many": slip.periods})
    wording = _SHORT if slip.is_against_target else _WORSE
    said = wording.say(language, {"name": _spaced(name, language), "since": slip.since.label, "many": many})
    owner = slip.owner.name if slip.owner else slip.owner_unit.name if slip.owner_unit else ""
    found = [(_OWNED if owner else _ALONE).say(language, {"slip": said, "whole": said, "owner": owner})]
    if slip.trend:
        declines = _MANY[view.period.frequency].say(language, {"many": slip.trend.periods})
        fall = amount_words(slip.trend.fall, slip.node.metric, language)
        found.append(_FALLING.say(language, {"many": declines, "fall": fall}))
    return [*found, _last_time(slip.last_time, slip.node, language)] if slip.last_time else found


def _last_time(last: Episode, node: NodeView, language: Language) -> str:
    worst = _value(last.worst, node.metric)
    values = {"since": last.since.label, "until": last.until.label, "worst": worst, "when": last.worst_period.label}
    said = _LAST.say(language, values)
    recovered = _label(last.recovered)
    return (_BACK if recovered else _ALONE).say(language, {"last": said, "whole": said, "recovered": recovered})


def _label(period: Period | None) -> str:
    return period.label if period else ""


def _value(value: Decimal, metric: Metric) -> str:
    text = f"{value.quantize(Decimal(1).scaleb(-metric.decimals), ROUND_HALF_UP):,f}"
    return f"{text}%" if metric.is_percent else f"{text} {metric.unit}".strip()


def driver_name(node: DriverNode, view: TreeView, language: Language) -> str:
    """The metric, with its unit where that is not the unit of the tree."""
    metric = node.metric.name_en if language == "en" and node.metric.name_en else node.metric.name
    if node.org_unit_id == view.root.node.org_unit_id:
        return metric
    return f"{node.org_unit.name}{metric}" if language == "zh-hans" else f"{metric} of {node.org_unit.name}"


def _spaced(name: str, language: Language) -> str:
    """A name before Chinese words: with a space where it ends in a letter or a digit."""
    is_latin = name[-1:].isascii() and name[-1:].isalnum()
    return f"{name} " if is_latin and language == "zh-hans" else name
