"""Feedback as situation, behaviour and impact, with a suggestion and resources where there are any."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from accord.domain.expressions import Value
from accord.domain.form_schema import effort
from accord.domain.form_schema.field import Field, Lookups, Names
from accord.domain.form_schema.problems import Notes
from accord.domain.form_schema.written import clean
from accord.domain.wording import Language, Text, Wording

LONGEST_PART = 2_000
USUAL_PART = 40
PARTS = {
    "situation": Text("情境", "Situation"),
    "behaviour": Text("行为", "Behaviour"),
    "impact": Text("影响", "Impact"),
    "suggestion": Text("建议", "Suggestion"),
    "resources": Text("可用资源", "Resources"),
}
NEEDED = ("situation", "behaviour", "impact")


@dataclass(frozen=True, kw_only=True)
class Sbi(Field):
    """One piece of feedback. Begun is not enough: without one of its three parts it is an opinion."""

    kind = "sbi"
    words = Wording("SBI 反馈", "SBI feedback")
    has_default = False
    usual_length = 3 * USUAL_PART

    def take(self, raw: object, notes: Notes, known: Lookups) -> Any:
        if not isinstance(raw, Mapping) or not all(isinstance(each, str | None) for each in raw.values()):
            return notes.add("unreadable")
        parts = {part: clean(raw.get(part) or "").strip() for part in PARTS}
        before = len(notes.problems)
        for part, text in parts.items():
            if len(text) > LONGEST_PART:
                notes.at(part, field=PARTS[part]).add("answer_too_long", given=len(text), most=LONGEST_PART)
        if len(notes.problems) > before:
            return None
        return {part: text for part, text in parts.items() if text} or None

    def complete(self, answer: Any, notes: Notes) -> None:
        for part in NEEDED:
            if not answer.get(part):
                notes.at(part, field=PARTS[part]).add("missing")

    def value(self, answer: Any) -> Value:
        return "\n".join(answer.values()) if isinstance(answer, dict) else None

    def as_text(self, answer: Any, language: Language, names: Names) -> str:
        stop = "：" if language == "zh-hans" else ": "
        given = [(PARTS[part], answer[part]) for part in PARTS if (answer or {}).get(part)]
        return "\n".join(f"{part.say(language)}{stop}{text}" for part, text in given)

    def seconds(self) -> Decimal:
        labels = sum(len(PARTS[part].zh) for part in NEEDED)
        return effort.reading(labels) + len(NEEDED) * (effort.MIND + effort.writing(USUAL_PART))
