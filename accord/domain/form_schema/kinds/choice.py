"""One of several options, or some of them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from accord.domain.expressions import Value
from accord.domain.form_schema import effort
from accord.domain.form_schema.field import Field, Lookups, Names
from accord.domain.form_schema.kinds.options import OPTIONS, Option
from accord.domain.form_schema.problems import Notes
from accord.domain.form_schema.settings import Setting
from accord.domain.form_schema.shapes import Whole, Word
from accord.domain.wording import Language, Wording

SHOWN_AS = {"radio": Wording("平铺选项", "all options in sight"), "select": Wording("下拉列表", "a list that opens")}
LEAST_PICKS, MOST_PICKS = Wording("至少选几项", "minimum of picks"), Wording("最多选几项", "maximum of picks")


@dataclass(frozen=True, kw_only=True)
class Choice(Field):
    """One of the options; the answer is its value."""

    kind = "choice"
    words = Wording("单选", "choice")
    own = (OPTIONS, Setting("shown_as", Wording("展示方式", "shown as"), Word(SHOWN_AS), default="radio"))

    options: tuple[Option, ...]
    shown_as: Literal["radio", "select"] = "radio"

    def take(self, raw: object, notes: Notes, known: Lookups) -> Any:
        if raw not in [option.value for option in self.options]:
            return notes.add("not_a_choice")
        return raw

    def value(self, answer: Any) -> Value:
        return answer if isinstance(answer, str) else None

    def as_text(self, answer: Any, language: Language, names: Names) -> str:
        return "".join(option.label.say(language) for option in self.options if option.value == answer)

    def seconds(self) -> Decimal:
        opened = effort.CLICK if self.shown_as == "select" else effort.NONE
        read = sum(len(option.label.zh) for option in self.options)
        return opened + effort.reading(-(-read // 2)) + effort.CLICK


@dataclass(frozen=True, kw_only=True)
class MultiChoice(Field):
    """Some of the options, kept in the order of the options."""

    kind = "multi_choice"
    words = Wording("多选", "multiple choice")
    own = (
        OPTIONS,
        Setting("min_picks", LEAST_PICKS, Whole(1, 100)),
        Setting("max_picks", MOST_PICKS, Whole(1, 100)),
    )

    options: tuple[Option, ...]
    min_picks: int | None = None
    max_picks: int | None = None

    def flaws(self, notes: Notes) -> None:
        most = self.max_picks or len(self.options)
        if self.min_picks and self.min_picks > most:
            notes.at("min_picks").add("range_reversed", low=LEAST_PICKS, high=MOST_PICKS)
        if most > len(self.options):
            notes.at("max_picks").add("out_of_bounds", name=MOST_PICKS, least=1, most=len(self.options), given=most)

    def take(self, raw: object, notes: Notes, known: Lookups) -> Any:
        picked = [raw] if isinstance(raw, str) else raw
        values = [option.value for option in self.options]
        if not isinstance(picked, list | tuple) or not all(each in values for each in picked):
            return notes.add("not_a_choice")
        if self.max_picks and len(set(picked)) > self.max_picks:
            return notes.add("too_many_picks", most=self.max_picks)
        return [value for value in values if value in picked] or None

    def complete(self, answer: Any, notes: Notes) -> None:
        if self.min_picks and len(answer) < self.min_picks:
            notes.add("too_few_picks", least=self.min_picks)

    def value(self, answer: Any) -> Value:
        return list(answer) if isinstance(answer, list) else None

    def as_text(self, answer: Any, language: Language, names: Names) -> str:
        comma = "、" if language == "zh-hans" else ", "
        return comma.join(option.label.say(language) for option in self.options if option.value in (answer or ()))

    def seconds(self) -> Decimal:
        read = sum(len(option.label.zh) for option in self.options)
        return effort.reading(read) + (self.min_picks or 2) * effort.CLICK
