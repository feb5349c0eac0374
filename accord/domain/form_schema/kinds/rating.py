"""A rating: points on a scale whose every level says in words what it stands for."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from accord.domain.expressions import Value
from accord.domain.form_schema import effort
from accord.domain.form_schema.field import Field, Lookups, Names
from accord.domain.form_schema.kinds.options import ANCHORS, Anchor
from accord.domain.form_schema.problems import Notes
from accord.domain.form_schema.written import number_of
from accord.domain.wording import Language, Wording


@dataclass(frozen=True, kw_only=True)
class Rating(Field):
    """One of the anchors; the answer is its points."""

    kind = "rating"
    words = Wording("评分", "rating")
    own = (ANCHORS,)

    anchors: tuple[Anchor, ...]

    def take(self, raw: object, notes: Notes, known: Lookups) -> Any:
        given = number_of(raw) if isinstance(raw, str) and len(raw) < 10 else raw
        for anchor in self.anchors:
            if anchor.value == given and not isinstance(given, bool):
                return anchor.value
        return notes.add("not_a_choice")

    def value(self, answer: Any) -> Value:
        return Decimal(answer) if isinstance(answer, int) else None

    def as_text(self, answer: Any, language: Language, names: Names) -> str:
        stop = "：" if language == "zh-hans" else ": "
        found = [anchor for anchor in self.anchors if anchor.value == answer]
        return "".join(f"{anchor.value}{stop}{anchor.label.say(language)}" for anchor in found)

    def seconds(self) -> Decimal:
        return effort.reading(sum(len(anchor.label.zh) for anchor in self.anchors)) + effort.MIND + effort.CLICK
