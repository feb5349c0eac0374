"""What the settings of a field may look like: reading one, noting what is wrong; writing it back; saying it."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from accord.domain.expressions import KEYWORDS, ExpressionError, parse
from accord.domain.form_schema.problems import Notes
from accord.domain.form_schema.written import clean
from accord.domain.wording import Listed, Text, Wording, plain

SLUG = re.compile(r"[a-z][a-z0-9_]{0,39}")
RESERVED = KEYWORDS | {"today"}
YES, NO = Wording("是", "yes"), Wording("否", "no")


class Shape(ABC):
    """One shape a setting may have."""

    expected: Wording

    @abstractmethod
    def read(self, raw: object, notes: Notes, name: Wording) -> Any:
        """Return what `raw` means, or None after noting why it means nothing. `name` is what people call it."""

    def dump(self, value: Any) -> Any:
        """Return it as it is stored."""
        return value

    def said(self, value: Any) -> object:
        """Return it as it stands in a sentence."""
        return value

    def misshapen(self, notes: Notes, name: Wording) -> None:
        """Note that something quite different was expected."""
        notes.add("wrong_shape", name=name, expected=self.expected)


class Switch(Shape):
    """Yes or no."""

    expected = Wording("是或否（true/false）", "true or false")

    def read(self, raw: object, notes: Notes, name: Wording) -> Any:
        return raw if isinstance(raw, bool) else self.misshapen(notes, name)

    def said(self, value: Any) -> object:
        return YES if value else NO


@dataclass(frozen=True)
class Whole(Shape):
    """A whole number from `least` to `most`."""

    least: int
    most: int
    expected = Wording("整数", "a whole number")

    def read(self, raw: object, notes: Notes, name: Wording) -> Any:
        if not isinstance(raw, int) or isinstance(raw, bool):
            return self.misshapen(notes, name)
        if not self.least <= raw <= self.most:
            return notes.add("out_of_bounds", name=name, least=self.least, most=self.most, given=raw)
        return raw


class Quantity(Shape):
    """A number of at most 18 digits before the point and 6 behind it, also as text."""

    expected = Wording("数字，整数最多 18 位、小数最多 6 位", "a number of 18 digits and 6 decimals at most")

    def read(self, raw: object, notes: Notes, name: Wording) -> Any:
        if isinstance(raw, bool) or not isinstance(raw, int | float | str | Decimal):
            return self.misshapen(notes, name)
        try:
            # A float of JSON is the decimal it was written as.
            number = Decimal(raw if isinstance(raw, int) else str(raw)).normalize()
        except InvalidOperation:
            return self.misshapen(notes, name)
        if not number.is_finite() or number.adjusted() >= 18 or int(number.as_tuple().exponent) < -6:
            return self.misshapen(notes, name)
        return number

    def dump(self, value: Any) -> Any:
        return plain(value)


class Day(Shape):
    """A date as 2026-01-31."""

    expected = Wording("日期，如 2026-01-31", "a date such as 2026-01-31")

    def read(self, raw: object, notes: Notes, name: Wording) -> Any:
        try:
            return date.fromisoformat(raw) if isinstance(raw, str) else self.misshapen(notes, name)
        except ValueError:
            return self.misshapen(notes, name)

    def dump(self, value: Any) -> Any:
        return value.isoformat()

    def said(self, value: Any) -> object:
        return value.isoformat()


@dataclass(frozen=True)
class Line(Shape):
    """A text of one language, such as a code."""

    longest: int
    expected = Wording("文本", "a text")

    def read(self, raw: object, notes: Notes, name: Wording) -> Any:
        text = clean(raw).strip() if isinstance(raw, str) else ""
        if not text:
            return self.misshapen(notes, name)
        if len(text) > self.longest:
            return notes.add("text_too_long", name=name, given=len(text), most=self.longest)
        return text


class Slug(Shape):
    """A key."""

    expected = Wording("文本", "a text")

    def read(self, raw: object, notes: Notes, name: Wording) -> Any:
        if not isinstance(raw, str):
            return self.misshapen(notes, name)
        if not SLUG.fullmatch(raw):
            return notes.add("bad_key", given=raw)
        if raw in RESERVED:
            return notes.add("reserved_key", given=raw)
        return raw


@dataclass(frozen=True)
class TwoLanguages(Shape):
    """A text in Chinese and perhaps in English; plain text is Chinese."""

    longest: int
    expected = Wording("带中文（zh）的文本", "a text with Chinese (zh)")

    def read(self, raw: object, notes: Notes, name: Wording) -> Any:
        given = {"zh": raw} if isinstance(raw, str) else raw
        if not isinstance(given, dict) or not given.keys() <= {"zh", "en"}:
            return self.misshapen(notes, name)
        zh, en = given.get("zh") or "", given.get("en") or ""
        if not isinstance(zh, str) or not isinstance(en, str) or not zh.strip():
            return self.misshapen(notes, name)
        text = Text(clean(zh).strip(), clean(en).strip())
        longest = max(len(text.zh), len(text.en))
        if longest > self.longest:
            return notes.add("text_too_long", name=name, given=longest, most=self.longest)
        return text

    def dump(self, value: Any) -> Any:
        return value.as_json()


@dataclass(frozen=True)
class Word(Shape):
    """One of a closed list of words, each with what people call it."""

    choices: Mapping[Any, Wording]
    expected = Wording("其中一个选项", "one of the choices")

    def read(self, raw: object, notes: Notes, name: Wording) -> Any:
        if isinstance(raw, bool) or not isinstance(raw, str | int) or raw not in self.choices:
            return notes.add("unknown_word", name=name, given=raw, choices=Listed(tuple(self.choices)))
        return raw

    def said(self, value: Any) -> object:
        return self.choices[value]


@dataclass(frozen=True)
class Words(Word):
    """Some of a closed list of words, in the order of the list."""

    expected = Wording("列表", "a list")

    def read(self, raw: object, notes: Notes, name: Wording) -> Any:
        if not isinstance(raw, list | tuple) or not raw:
            return self.misshapen(notes, name)
        known = [Word.read(self, each, notes.at(number), name) for number, each in enumerate(raw)]
        return tuple(word for word in self.choices if word in known)

    def dump(self, value: Any) -> Any:
        return list(value)

    def said(self, value: Any) -> object:
        return Listed(tuple(self.choices[each] for each in value))


class Formula(Shape):
    """A condition or a formula; stored as it is written canonically."""

    expected = Wording("表达式文本", "the text of an expression")

    def read(self, raw: object, notes: Notes, name: Wording) -> Any:
        if not isinstance(raw, str):
            return self.misshapen(notes, name)
        try:
            return parse(raw)
        except ExpressionError as error:
            return notes.add("bad_expression", name=name, why=Text(error.explain("zh-hans"), error.explain("en")))

    def dump(self, value: Any) -> Any:
        return str(value)

    def said(self, value: Any) -> object:
        return str(value)
