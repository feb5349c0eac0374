"""What a line may say: within the model's ranges, exact, and readable by its scoring method."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accord.domain.numbers import to_micro
from accord.domain.scoring import ScoringError
from accord.domain.scoring.levels import level_rule
from accord.domain.wording import percent
from accord.foundation.errors import BusinessError, Text
from accord.foundation.language import readers_language
from accord.goals.errors import agreements as errors
from accord.goals.models import AgreementLine
from accord.metrics.models import Metric
from accord.metrics.templatetags.metrics import metric_name

_FIELDS: dict[str, Text] = {
    "weight": gettext_lazy("The weight"),
    "target": gettext_lazy("The target"),
    "threshold": gettext_lazy("The threshold"),
    "stretch": gettext_lazy("The stretch value"),
}


def check_line(line: AgreementLine) -> None:
    """Raise the first thing that is wrong with a line: NumberUnusable, OutOfRange or RuleUnreadable."""
    for wrong in problems_of_line(line):
        raise wrong


def problems_of_line(line: AgreementLine) -> Iterator[BusinessError]:
    """Everything that is wrong with a line."""
    unusable = [field for field in _FIELDS if not _is_exact(getattr(line, field))]
    for field in unusable:
        yield errors.NumberUnusable(field=_FIELDS[field], metric=metric_name(line.metric))
    if unusable:
        return
    yield from _range("weight", line, max(line.weight_min or Decimal(0), Decimal(0)), line.weight_max or Decimal(1))
    yield from _range("target", line, line.target_min, line.target_max)
    for target in (line.target, *(Decimal(part[2]) for part in line.schedule)):
        if why := _why_unreadable(line, target):
            yield errors.RuleUnreadable(metric=metric_name(line.metric), why=why)
            return


def problems_of_lines(lines: Iterable[AgreementLine]) -> Iterator[BusinessError]:
    """Everything that keeps these lines from being agreed to."""
    lines = list(lines)
    if not lines:
        yield errors.NothingToAgree()
        return
    for line in lines:
        yield from problems_of_line(line)
    total = sum((line.weight for line in lines), Decimal())
    if total != 1:
        yield errors.WeightsNotWhole(sum=percent(total))


def _is_exact(value: Decimal | None) -> bool:
    if value is None:
        return True
    try:
        return bool(Decimal(to_micro(value)).scaleb(-6) == value)
    except ValueError:
        return False


def _range(field: str, line: AgreementLine, least: Decimal | None, most: Decimal | None) -> Iterator[errors.OutOfRange]:
    value: Decimal = getattr(line, field)
    too_small = (least is not None and value < least) or (field == "weight" and value <= 0)
    if too_small or (most is not None and value > most):
        words = percent if field == "weight" else _plain
        yield errors.OutOfRange(
            field=_FIELDS[field], metric=metric_name(line.metric), value=words(value), range=_room(least, most, words)
        )


def _room(least: Decimal | None, most: Decimal | None, words: Callable[[Decimal], str]) -> str:
    if least is None:
        return _("up to %(most)s") % {"most": words(most or Decimal(0))}
    if most is None:
        return _("from %(least)s upwards") % {"least": words(least)}
    return _("%(least)s to %(most)s") % {"least": words(least), "most": words(most)}


def _plain(value: Decimal) -> str:
    return f"{value:f}"


def _why_unreadable(line: AgreementLine, target: Decimal) -> str:
    """Why the scoring method cannot use the line, in the reader's language; empty where it can."""
    try:
        level_rule(
            line.method,
            line.params,
            lower_is_better=line.metric.direction == Metric.Direction.DOWN,
            target=target,
            threshold=line.threshold,
            stretch=line.stretch,
        )
    except ScoringError as error:
        return error.explain(readers_language())
    return ""
