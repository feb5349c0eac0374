"""How a KPI is scored, in words people can check: the method's name and every parameter it was given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from accord.domain.scoring import METHODS
from accord.domain.wording import Language, Wording

_WORDS: dict[str, Wording] = {
    "cap": Wording("最高 {value} 分", "at most {value}"),
    "floor": Wording("最低 {value} 分", "at least {value}"),
    "zero_below": Wording("完成率低于 {value}% 记 0 分", "0 below {value} % of the target"),
    "otherwise": Wording("其余 {value} 分", "otherwise {value}"),
    "base": Wording("达标得 {value} 分", "{value} on target"),
    "per": Wording("以 {value} 为一个单位", "in units of {value}"),
    "plus": Wording("优于目标每单位加 {value} 分", "{value} added for each unit above"),
    "minus": Wording("差于目标每单位扣 {value} 分", "{value} taken off for each unit below"),
    "cap_plus": Wording("最多加 {value} 分", "{value} added at most"),
    "cap_minus": Wording("最多扣 {value} 分", "{value} taken off at most"),
    "unit": Wording("与目标每差 {value}", "for each {value} from the target"),
    "points_per_unit": Wording("加减 {value} 分", "{value} points"),
    "full": Wording("满分 {value} 分", "{value} in full"),
    "per_event": Wording("每次扣 {value} 分", "{value} taken off each time"),
    "threshold_score": Wording("到门槛得 {value} 分", "{value} at the threshold"),
    "target_score": Wording("到目标得 {value} 分", "{value} on target"),
    "stretch_score": Wording("到挑战得 {value} 分", "{value} at the stretch value"),
    "last_actual": Wording("上期实际 {value}", "last actual {value}"),
    "last_target": Wording("上期目标 {value}", "last target {value}"),
}
_CHOICES: dict[tuple[str, str], Wording] = {
    ("mode", "full_units"): Wording("只计整数单位", "whole units only"),
    ("mode", "pro_rata"): Wording("按比例计", "in proportion"),
    ("down_formula", "two_minus"): Wording("完成率按 2 − 实际 ÷ 目标", "completion is 2 − actual ÷ target"),
    ("down_formula", "inverse"): Wording("完成率按 目标 ÷ 实际", "completion is target ÷ actual"),
}
_BAND = Wording("达到 {start} 得 {value} 分", "{value} from {start}")


def method_in_words(method: str, params: Mapping[str, Any], language: Language) -> str:
    """The method and its parameters: 完成率法（最高 150 分）."""
    name = METHODS[method].name.say(language) if method in METHODS else method
    parts = [word for key, value in params.items() for word in _in_words(key, value, language)]
    if not parts:
        return name
    return f"{name}（{'，'.join(parts)}）" if language == "zh-hans" else f"{name} ({', '.join(parts)})"


def _in_words(key: str, value: Any, language: Language) -> list[str]:
    if (key, value if isinstance(value, str) else "") in _CHOICES:
        return [_CHOICES[key, value].say(language)]
    if key in _WORDS:
        return [_WORDS[key].say(language, {"value": str(value)})]
    if key == "bands" and isinstance(value, Sequence):
        return [_BAND.say(language, {"start": str(row["from"]), "value": str(row["score"])}) for row in value]
    return [f"{key} = {value}"]
