"""How driver trees are written on pages."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from accord.domain.periods import Period
from accord.domain.wording import ExplainedError, trimmed
from accord.foundation.components.signs import light_code
from accord.foundation.language import readers_language
from accord.metrics.forms.driver_trees import Product, code_of
from accord.metrics.models import DriverTree, Metric
from accord.metrics.queries.driver_trees import Histories, NodeHistory, NodeView, Slip, TargetLine, TargetPlan, TreeView
from accord.metrics.queries.driver_trees.pictures import is_for_the_better
from accord.metrics.templatetags.metrics import metric_name, quantity, signed

register = template.Library()
register.filter("product_code", code_of)
register.filter("exactly", trimmed)


@register.simple_tag
def query_with(**asked: object) -> str:
    """The address of this page with other questions."""
    return f"?{urlencode(asked)}"


@register.simple_tag
def part_url(tree: DriverTree, part: NodeView, view: TreeView) -> str:
    """The page of a part in the same period and comparison."""
    asked = urlencode({"period": view.period.label, "against": view.against})
    return f"{reverse('metrics:tree_node', args=[tree.pk, part.pk])}?{asked}"


@register.simple_tag
def explained(problem: ExplainedError) -> str:
    """What has no answer, in the reader's language."""
    return problem.explain(readers_language())


@register.simple_tag
def offered_formula(product: Product) -> SafeString:
    """A product and its factors, as signs in a row."""
    metric, factors = product
    parts = format_html_join(
        SafeString('<span class="driver-sign">×</span>'),
        '<span class="driver-factor">{}</span>',
        ((metric_name(factor),) for factor in factors),
    )
    return format_html(
        '<p class="driver-formula"><strong>{}</strong><span class="driver-sign">=</span>{}</p>',
        metric_name(metric),
        parts,
    )


@register.simple_tag
def headline_tone(view: TreeView, slip: Slip | None) -> str:
    """The class for the colour of the worse light, of the result or of the driver that slipped; none without any."""
    lights = [part.light for part in (view.root, slip.node if slip else view.root) if part.light]
    return f" tone-{light_code(min(lights))}" if lights else ""


@register.filter
def slip_first(sentences: Sequence[str], slip: Slip | None) -> list[str]:
    """Which driver slipped comes before what moved the result, and what happened last time after both."""
    return [sentences[1], sentences[0], *sentences[2:]] if slip and len(sentences) > 1 else list(sentences)


@register.filter
def names_of(parts: Iterable[NodeView]) -> str:
    """The names of some parts, at most six of them."""
    names = [metric_name(part.node.metric) for part in parts]
    comma = "、" if readers_language() == "zh-hans" else ", "
    return comma.join(names[:6]) + ("…" if len(names) > 6 else "")


@register.filter
def mood(amount: Decimal | None, metric: Metric) -> str:
    """Whether a change of the result is a good or a bad one."""
    return {True: "good", False: "bad", None: "none"}[is_for_the_better(metric, amount)]


@register.filter
def by_period(history: NodeHistory, histories: Histories) -> Iterator[tuple[Period, Any, Any]]:
    """Period, value and target, the newest first."""
    lines = list(zip(histories.periods, history.values, history.targets, strict=True))
    return reversed(lines)


@register.filter
def rounded(value: Decimal | None, metric: Metric) -> str:
    """What a formula makes, to the metric's decimals: it has no end of its own."""
    step = Decimal(1).scaleb(-metric.decimals)
    return quantity(None if value is None else value.quantize(step, ROUND_HALF_UP), metric)


@register.filter
def share_words(share: Decimal) -> str:
    """A share in percent with its sign: +0.1%, −2.4%."""
    shown = share.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{'+' if shown > 0 else '−' if shown < 0 else ''}{abs(shown)}%"


@register.filter
def fits(line: TargetLine, plan: TargetPlan) -> bool:
    """Whether a target is what the targets of its parts make; not where one of them has none."""
    parts = [other.after for other in plan.lines if other.node.parent_id == line.node.pk]
    return bool(parts) and line.after is not None and line.gap is None and None not in parts


@register.filter
def moved_by(line: TargetLine) -> str:
    """By how much a target changes; a first one does not."""
    return (
        signed(line.after - line.before, line.node.metric) if line.after is not None and line.before is not None else ""
    )
