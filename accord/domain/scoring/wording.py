"""Sentences in two languages: clauses chosen by the rule that was applied, filled with its numbers only when read."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

Language = Literal["zh-hans", "en"]


class Wording(NamedTuple):
    """One clause in Chinese and in English; `{name}` stands for a number or a word."""

    zh: str
    en: str

    def say(self, language: Language, values: Mapping[str, object] | None = None) -> str:
        """Return the clause in `language` with its placeholders filled."""
        template = self.zh if language == "zh-hans" else self.en
        return template.format_map({name: shown(value, language) for name, value in (values or {}).items()})


def formula(text: str) -> Wording:
    """Return a clause of signs and numbers only, which reads the same in every language."""
    return Wording(text, text)


@dataclass(frozen=True, slots=True)
class Terms:
    """Numbers that are multiplied inside a term and added between terms: `0.4 × 92.00 + 0.6 × 80.00`."""

    terms: tuple[tuple[Decimal, ...], ...]

    def __str__(self) -> str:
        return " + ".join(" × ".join(plain(factor) for factor in term) for term in self.terms)


@dataclass(frozen=True, slots=True)
class Listed:
    """Things named one after the other, with the comma of the language."""

    things: tuple[object, ...]
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """What happened, in the order it happened; read it with `say`."""

    clauses: tuple[Wording, ...]
    values: Mapping[str, object]

    def say(self, language: Language) -> str:
        """Return one sentence in `language`, ending with a full stop."""
        parts = [clause.say(language, self.values) for clause in self.clauses]
        if language == "zh-hans":
            return "，".join(parts) + "。"
        text = ", ".join(parts)
        return text[:1].upper() + text[1:] + "."


def plain(number: Decimal) -> str:
    """Return the digits of `number` without an exponent and without a sign on zero."""
    return format(number if number else abs(number), "f")


def shown(value: object, language: Language) -> str:
    """Return `value` as it stands in a sentence of `language`."""
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, Wording):
        return value.say(language)
    if isinstance(value, Listed):
        comma = "、" if language == "zh-hans" else ", "
        return comma.join(shown(thing, language) + value.suffix for thing in value.things)
    return str(value)
