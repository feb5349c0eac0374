"""Sentences and words in two languages: what the product says, and what people wrote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Literal, NamedTuple

Language = Literal["zh-hans", "en"]
LANGUAGES: tuple[Language, Language] = ("zh-hans", "en")
LONGEST_QUOTE = 40


class Wording(NamedTuple):
    """One clause of the product in Chinese and in English; `{name}` stands for a number or a word."""

    zh: str
    en: str

    def say(self, language: Language, values: Mapping[str, object] | None = None) -> str:
        """Return the clause in `language` with its placeholders filled."""
        template = self.zh if language == "zh-hans" else self.en
        return template.format_map({name: shown(value, language) for name, value in (values or {}).items()})


@dataclass(frozen=True, slots=True)
class Text:
    """What somebody wrote, in Chinese and perhaps in English; nothing in it is a placeholder."""

    zh: str
    en: str = ""

    def say(self, language: Language) -> str:
        """Return it in `language`, in Chinese where there is no English."""
        return self.en if language == "en" and self.en else self.zh

    def as_json(self) -> dict[str, str]:
        """Return it as it is stored."""
        return {"zh": self.zh, "en": self.en} if self.en else {"zh": self.zh}


@dataclass(frozen=True, slots=True)
class Listed:
    """Things named one after the other, with the comma of the language."""

    things: tuple[object, ...]
    suffix: str = ""


def plain(number: Decimal) -> str:
    """Return the digits of `number` without an exponent and without a sign on zero."""
    return format(number if number else abs(number), "f")


def trimmed(number: Decimal) -> str:
    """The same without needless zeros: 2.40 → 2.4."""
    return plain(number.normalize())


def percent(share: Decimal) -> str:
    """A share of 1 as people write it: 0.3 → 30%."""
    return f"{trimmed(share * 100)}%"


def shown(value: object, language: Language) -> str:
    """Return `value` as it stands in a sentence of `language`."""
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, Wording | Text):
        return value.say(language)
    if isinstance(value, Listed):
        comma = "、" if language == "zh-hans" else ", "
        return comma.join(shown(thing, language) + value.suffix for thing in value.things)
    return str(value)


def quoted(value: object) -> object:
    """Keep a sentence short and safe to print, whatever somebody fed in."""
    if isinstance(value, Wording | Text | Listed):
        return value
    if isinstance(value, str | Decimal | bool | float) or (isinstance(value, int) and abs(value) < 10**LONGEST_QUOTE):
        text = str(value)
        return text if len(text) <= LONGEST_QUOTE else text[:LONGEST_QUOTE] + "…"
    return type(value).__name__


class ExplainedError(Exception):
    """What has no answer: `code` never changes and is for programs, `explain` is for people."""

    code: ClassVar[str]
    wording: ClassVar[Wording]

    def __init__(self, **details: object) -> None:
        """Keep the details the sentence of this error names, e.g. `name` and `given`."""
        super().__init__(self.code)
        self.details = {name: quoted(value) for name, value in details.items()}

    def explain(self, language: Language) -> str:
        """Return one sentence in `language`: what is wrong, where, and what to do."""
        return self.wording.say(language, self.details)

    def __str__(self) -> str:
        return f"{self.code}: {self.explain('en')}"
