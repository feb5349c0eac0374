"""A heading between fields: nothing to answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from accord.domain.expressions import Value
from accord.domain.form_schema.field import Field, Names
from accord.domain.form_schema.settings import Setting
from accord.domain.form_schema.shapes import Whole
from accord.domain.wording import Language, Wording


@dataclass(frozen=True, kw_only=True)
class Heading(Field):
    """Its label is all there is."""

    kind = "heading"
    words = Wording("标题", "heading")
    own = (Setting("level", Wording("级别", "level"), Whole(1, 2), default=1),)
    is_asked = False
    has_default = False
    usual_length = 0

    level: int = 1

    def value(self, answer: Any) -> Value:
        return None

    def as_text(self, answer: Any, language: Language, names: Names) -> str:
        return ""
