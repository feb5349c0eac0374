"""Trees as JSON lines: `{"id", "tree"}` in, `{"id", "change", "contributions"}` out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, BinaryIO

from accord.domain.driver_tree.attribution import attribute
from accord.domain.driver_tree.errors import TreeError
from accord.domain.driver_tree.reading import read_tree

LONGEST_LINE = 512 * 1024 * 1024
_LONGEST_WHOLE = 40
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Answered:
    """One tree answered. `readable` is False when there was no tree to read at all."""

    body: dict[str, Any] = field(default_factory=dict)
    readable: bool = True

    def as_json(self) -> str:
        """Return the output line, pure ASCII."""
        return json.dumps(self.body)


def answer_trees(stream: BinaryIO) -> Iterator[Answered]:
    """Answer every tree of a stream of JSON lines, in order, or the one tree that the whole stream is.

    A tree that cannot be worked out answers its id and `error`, a stable code, with `node` and a sentence. A line that
    is no JSON object answers `unreadable_line`, and the rest goes on. Blank lines are skipped.
    """
    head = stream.readline(LONGEST_LINE).removeprefix(BYTE_ORDER_MARK)
    body = _object(head)
    if body is not None:
        yield _answer(body)
        yield from _answer_lines(stream, 2)
        return
    text = head + stream.read()
    body = _object(text)
    if body is not None:
        yield _answer(body)
    else:
        yield from _answer_lines(BytesIO(text), 1)


def _answer_lines(stream: BinaryIO, first: int) -> Iterator[Answered]:
    number = first
    while line := stream.readline(LONGEST_LINE):
        body = _object(line)
        if body is not None:
            yield _answer(body)
        elif line.strip():
            yield Answered({"id": None, "error": "unreadable_line", "line": number}, readable=False)
        number += 1


def _answer(body: dict[str, Any]) -> Answered:
    name = body.get("id")
    try:
        found = attribute(read_tree(body.get("tree", body)))
    except TreeError as error:
        named = {"node": error.details["node"]} if "node" in error.details else {}
        return Answered({"id": name, "error": error.code, **named, "message": error.explain("en")})
    answer = {"id": name, "change": found.change, "contributions": found.contributions}
    if residuals := found.residuals:
        answer["residuals"] = residuals
    return Answered(answer)


def _object(line: bytes) -> dict[str, Any] | None:
    try:
        body = json.loads(line.decode("utf-8"), parse_int=_whole_number, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None


def _whole_number(text: str) -> int | str:
    """Keep a number too long to calculate with as text: Python would refuse to convert it, and spoil the line."""
    return int(text) if len(text) <= _LONGEST_WHOLE else text
