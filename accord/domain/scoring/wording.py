"""How a score explains itself: clauses chosen by the rule that was applied, filled with its numbers only when read."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from accord.domain.wording import Language, Wording, plain


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
