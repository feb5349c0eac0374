"""The scoring methods an item may have: which of its levels each one uses, and the parameters beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from accord.domain.assessment_model.model import Item
from accord.domain.scoring import METHODS as RULES
from accord.domain.scoring.levels import level_params
from accord.domain.wording import Wording

Level = Literal["target", "threshold", "stretch"]
Shape = Literal["number", "choice", "bands"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter as people set it. `default` is what holds where nothing is set; None: it has to be set, unless
    `is_optional`. `start` is what a new item begins with.
    """

    name: str
    label: Wording
    default: str | None = None
    start: Any = None
    shape: Shape = "number"
    choices: Mapping[str, Wording] | None = None
    is_optional: bool = False


@dataclass(frozen=True, slots=True)
class ScoringMethod:
    """A method as it serves in a model."""

    code: str
    levels: tuple[Level, ...]
    has_direction: bool
    parameters: tuple[Parameter, ...]

    @property
    def name(self) -> Wording:
        """What people call it."""
        return RULES[self.code].name

    @property
    def starting_params(self) -> dict[str, Any]:
        """The parameters a new item begins with, so that it has a score at once."""
        return {each.name: each.start for each in self.parameters if each.start is not None}


_FLOOR = Parameter("floor", Wording("得分下限", "lowest score"), default="0")
_CAP = Parameter("cap", Wording("得分上限", "highest score"), default="120")
_POINTS = (
    Parameter("base", Wording("基础分", "base score"), start="100"),
    Parameter("per", Wording("计分单位", "unit counted"), start="1"),
    Parameter("plus", Wording("每单位加分", "points added per unit"), start="1"),
    Parameter("minus", Wording("每单位扣分", "points taken off per unit"), start="1"),
    Parameter(
        "mode",
        Wording("计分方式", "way of counting"),
        default="pro_rata",
        shape="choice",
        choices={
            "pro_rata": Wording("按比例计", "in proportion"),
            "full_units": Wording("满一个单位才计", "whole units only"),
        },
    ),
    Parameter("cap_plus", Wording("加分上限", "most points added"), is_optional=True),
    Parameter("cap_minus", Wording("扣分上限", "most points taken off"), is_optional=True),
)

METHODS: dict[str, ScoringMethod] = {
    method.code: method
    for method in (
        ScoringMethod(
            "completion_ratio",
            ("target",),
            True,
            (
                _CAP,
                _FLOOR,
                Parameter("zero_below", Wording("低于此完成率记 0 分", "0 below this completion"), is_optional=True),
                Parameter(
                    "down_formula",
                    Wording("反向指标算法", "formula where lower is better"),
                    default="two_minus",
                    shape="choice",
                    choices={
                        "two_minus": Wording("2 − 实际 ÷ 目标", "2 − actual ÷ target"),
                        "inverse": Wording("目标 ÷ 实际", "target ÷ actual"),
                    },
                ),
            ),
        ),
        ScoringMethod(
            "threshold_target_stretch",
            ("threshold", "target", "stretch"),
            True,
            (
                Parameter("threshold_score", Wording("门槛得分", "score at the threshold"), default="60"),
                Parameter("target_score", Wording("目标得分", "score at the target"), default="100"),
                Parameter("stretch_score", Wording("挑战得分", "score at the stretch"), default="120"),
            ),
        ),
        ScoringMethod(
            "step_bands",
            (),
            False,
            (
                Parameter(
                    "bands",
                    Wording("区间", "bands"),
                    shape="bands",
                    start=[
                        {"from": "80", "score": "60"},
                        {"from": "90", "score": "80"},
                        {"from": "100", "score": "100"},
                    ],
                ),
                Parameter("otherwise", Wording("低于各档时得分", "score below all bands"), default="0"),
            ),
        ),
        ScoringMethod("points", ("target",), True, _POINTS),
        ScoringMethod(
            "baseline_linked_points",
            ("target",),
            True,
            (
                *_POINTS,
                Parameter("last_actual", Wording("上期实际", "last actual"), start="100"),
                Parameter("last_target", Wording("上期目标", "last target"), start="100"),
            ),
        ),
        ScoringMethod(
            "difference",
            ("target",),
            True,
            (
                Parameter("unit", Wording("计分单位", "unit counted"), start="1"),
                Parameter("points_per_unit", Wording("每单位分值", "points per unit"), start="1"),
                _CAP,
                _FLOOR,
            ),
        ),
        ScoringMethod(
            "deduction",
            (),
            False,
            (
                Parameter("full", Wording("满分", "full score"), start="100"),
                Parameter("per_event", Wording("每次扣分", "points off per event"), start="5"),
                _FLOOR,
            ),
        ),
        ScoringMethod(
            "all_or_nothing",
            ("target",),
            True,
            (Parameter("full", Wording("达标得分", "score when met"), default="100"),),
        ),
    )
}
"""By code, in the order a chooser shows them. Those a rater has to pick from, and those about totals, are no KPI's."""


def params_of(item: Item, direction: str) -> dict[str, object]:
    """What `scoring.read_rule` is given for an item of a metric of `direction`."""
    return level_params(
        item.method,
        item.params,
        lower_is_better=direction == "down",
        target=item.target,
        threshold=item.threshold,
        stretch=item.stretch,
    )
