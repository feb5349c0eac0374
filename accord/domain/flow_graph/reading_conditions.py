"""Reading the conditions of a branch, and finding those that can never matter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from accord.domain.expressions import Expression, ExpressionError, holds, parse
from accord.domain.flow_graph.nodes import Arm
from accord.domain.flow_graph.report import Here, Known
from accord.domain.wording import Text, Wording

_BOUND = re.compile(r"\s*([a-z][a-z0-9_.]*)\s*(<=|>=|==|=|<|>)\s*(-?\d{1,20}(?:\.\d{1,20})?)\s*")


def read_condition(given: Any, here: Here, setting: str, arm: Text | str, known: Known) -> Expression | None:
    """The condition of an arm; None for the otherwise, and where it cannot be read."""
    if given is None or given == "":
        return None
    if not isinstance(given, str):
        here.add("bad_condition", setting, arm=arm, reason=Wording("须是文字", "it has to be text"))
        return None
    try:
        expression = parse(given)
    except ExpressionError as error:
        here.add("bad_condition", setting, arm=arm, reason=Wording(_plain(error, "zh-hans"), _plain(error, "en")))
        return None
    if known.names is not None:
        for name in sorted(expression.names - set(known.names)):
            here.add("unknown_name", setting, given=name)
    return expression


def check_arms(arms: Sequence[Arm], here: Here) -> None:
    """The last arm is the otherwise, no other is, each can be reached, and one of them at least leads somewhere."""
    if arms and arms[-1].condition:
        here.add("no_otherwise", "branches")
    if arms and not any(arm.nodes for arm in arms):
        here.add("nothing_in_branch", "branches")
    for at, arm in enumerate(arms):
        before = arms[:at]
        place, name = f"branches.{at}", arm.name or arm.key
        if any(not earlier.condition for earlier in before):
            here.add("after_otherwise", place, arm=name)
        elif arm.condition and _is_constant(arm, False):
            here.add("never_true", f"{place}.when", arm=name)
        elif any(_is_constant(earlier, True) or _covers(earlier, arm) for earlier in before):
            here.add("never_reached", f"{place}.when" if arm.condition else place, arm=name)


def _is_constant(arm: Arm, value: bool) -> bool:
    """Whether a condition asks for nothing and always comes out as `value`."""
    if arm.when is None or arm.when.names:
        return False
    try:
        return holds(arm.when, {}) == value
    except ExpressionError:
        return not value


def _covers(earlier: Arm, later: Arm) -> bool:
    """Whether `earlier` is true whenever `later` is: the same words, or a wider bound on the same number."""
    if not later.condition or not earlier.condition:
        return False
    if earlier.condition.strip() == later.condition.strip():
        return True
    wide, narrow = _BOUND.fullmatch(earlier.condition), _BOUND.fullmatch(later.condition)
    if not wide or not narrow or wide[1] != narrow[1]:
        return False
    return _reaches(wide[2], Decimal(wide[3]), narrow[2], Decimal(narrow[3]))


def _reaches(wide: str, edge: Decimal, narrow: str, bound: Decimal) -> bool:
    if narrow in ("=", "=="):
        return {"<": bound < edge, "<=": bound <= edge, ">": bound > edge, ">=": bound >= edge}.get(wide, bound == edge)
    if wide[0] != narrow[0] or wide in ("=", "=="):
        return False
    is_inside = bound < edge if wide[0] == "<" else bound > edge
    # At the same edge only “up to and including” is too wide for “below”.
    return is_inside or (bound == edge and not (len(narrow) == 2 and len(wide) == 1))


def _plain(error: ExpressionError, language: Any) -> str:
    """What is wrong with an expression, safe to be put into another sentence."""
    return str(error.explain(language)).replace("{", "{{").replace("}", "}}")
