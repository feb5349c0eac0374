"""Text: one line, or several."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from accord.domain.expressions import Value
from accord.domain.form_schema import effort
from accord.domain.form_schema.field import Field, Lookups, Names
from accord.domain.form_schema.problems import Notes
from accord.domain.form_schema.settings import Setting
from accord.domain.form_schema.shapes import Whole
from accord.domain.form_schema.written import clean
from accord.domain.wording import Language, Wording

LONGEST_LINE, LONGEST_TEXT = 1_000, 20_000
MAX_LENGTH = Wording("最多字数", "longest answer")


@dataclass(frozen=True, kw_only=True)
class LongText(Field):
    """Text of several lines."""

    kind = "long_text"
    words = Wording("多行文本", "long text")
    own = (Setting("max_length", MAX_LENGTH, Whole(1, LONGEST_TEXT), default=5_000),)
    usual_length = 80

    max_length: int = 5_000

    def take(self, raw: object, notes: Notes, known: Lookups) -> Any:
        if not isinstance(raw, str):
            return notes.add("unreadable")
        text = self.arranged(clean(raw)).strip()
        if len(text) > self.max_length:
            return notes.add("answer_too_long", given=len(text), most=self.max_length)
        return text or None

    def arranged(self, text: str) -> str:
        """Return `text` in the lines it may have."""
        return text

    def value(self, answer: Any) -> Value:
        return answer if isinstance(answer, str) else None

    def as_text(self, answer: Any, language: Language, names: Names) -> str:
        return answer or ""

    def seconds(self) -> Decimal:
        return effort.writing(min(self.usual_length, self.max_length))


@dataclass(frozen=True, kw_only=True)
class TextLine(LongText):
    """Text of one line."""

    kind = "text"
    words = Wording("单行文本", "text")
    own = (Setting("max_length", MAX_LENGTH, Whole(1, LONGEST_LINE), default=200),)
    usual_length: ClassVar[int] = 15

    max_length: int = 200

    def arranged(self, text: str) -> str:
        return " ".join(text.split("\n"))
