"""What exactly is signed: a document frozen into one text with one digest, and the statement a party signs about it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from accord.domain.transparency.canonical import canonical

ROWS = "rows"
Action = Literal["sign", "refuse"]


@dataclass(frozen=True)
class Signer:
    """A party as the document names them: employee number, name, and as what they sign, in both languages."""

    number: str
    name: str
    label: Mapping[str, str]


@dataclass(frozen=True)
class FrozenDocument:
    """Everything a signature covers. Times are ISO 8601 in UTC.

    `nonce` keeps the digest unguessable for whoever knows the text. `content` may hold `rows`, each a `label` in both
    languages and a `value`, which are shown as a table. The rest is for programs; it is signed too.
    """

    kind: str
    subject: str
    title: str
    text: str
    content: Mapping[str, Any]
    parties: tuple[Signer, ...]
    made_by: str
    made_at: str
    expires_at: str
    nonce: str
    v: int = field(default=1)

    def as_json(self) -> dict[str, Any]:
        """The document as plain values."""
        return {**asdict(self), "parties": [asdict(party) for party in self.parties]}

    @property
    def frozen(self) -> str:
        """The one text the digest is taken over. Raises TypeError for content that has no canonical form."""
        return canonical(self.as_json())

    @classmethod
    def read(cls, frozen: str) -> FrozenDocument:
        """The document from its frozen text."""
        values = json.loads(frozen)
        return cls(**{**values, "parties": tuple(Signer(**party) for party in values["parties"])})


@dataclass(frozen=True)
class Statement:
    """What one party declares about one document; with a passkey, `digest` is the challenge that is signed.

    A refusal covers its reason too.
    """

    action: Action
    document: int
    digest_of_document: str
    party: str
    label: Mapping[str, str]
    reason: str = ""

    @property
    def frozen(self) -> str:
        """The one text the digest is taken over."""
        return canonical(asdict(self))

    @property
    def digest(self) -> bytes:
        """SHA-256 of the frozen text, 32 bytes."""
        return hashlib.sha256(self.frozen.encode()).digest()


def digest_of(frozen: str) -> str:
    """SHA-256 of a frozen text, as 64 hexadecimal digits."""
    return hashlib.sha256(frozen.encode()).hexdigest()


def say(text: Mapping[str, str], language: str) -> str:
    """A text in two languages as a reader of `language` gets it: Chinese where there is no English."""
    return text.get(language[:2]) or text.get("zh", "")


def rows_of(content: Mapping[str, Any], language: str) -> list[tuple[str, str]]:
    """What `content` has to show people: its `rows` as names and values."""
    return [(say(row["label"], language), _text(row["value"])) for row in content.get(ROWS, ())]


def rest_of(content: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Whatever else is in `content`, and signed with it: values for programs, by where they stand in it."""
    return list(_leaves({key: value for key, value in content.items() if key != ROWS}, ""))


def _leaves(value: Any, name: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield from _leaves(each, f"{name}.{key}" if name else key)
    elif isinstance(value, list | tuple):
        for place, each in enumerate(value, 1):
            yield from _leaves(each, f"{name} {place}")
    else:
        yield name, _text(value)


def _text(value: Any) -> str:
    return "" if value is None else str(value)
