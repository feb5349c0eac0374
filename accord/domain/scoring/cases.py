"""Scoring cases as JSON lines: `{"id", "method", "params", "actual"}` in, `{"id", "result"}` out."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from accord.domain.scoring.arithmetic import WHOLE_DIGITS
from accord.domain.scoring.errors import ScoringError
from accord.domain.scoring.registry import answer

LONGEST_LINE = 4 * 1024 * 1024
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Answered:
    """One line answered. `readable` is False when the line was no case at all."""

    line: int
    id: object
    result: str | list[int]
    readable: bool = True

    def as_json(self) -> str:
        """Return the output line, pure ASCII; an unreadable line is named by its number."""
        answered = {"id": self.id, "result": self.result}
        return json.dumps(answered if self.readable else {**answered, "line": self.line})


def answer_cases(stream: BinaryIO) -> Iterator[Answered]:
    """Answer every case of a stream of JSON lines, in order, one line in memory at a time.

    A case that has no score answers `error:<code>`. A line that is no JSON object, not UTF-8 or too long answers
    `error:unreadable_line`, and the rest goes on. Blank lines are skipped.
    """
    for number, line in enumerate(_lines(stream), start=1):
        if line is None:
            yield Answered(number, None, "error:unreadable_line", readable=False)
        elif line.strip():
            yield _answer_line(number, line)


def _answer_line(number: int, line: bytes) -> Answered:
    try:
        case = json.loads(line.decode("utf-8"), parse_int=_whole_number, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError):
        case = None
    if not isinstance(case, dict):
        return Answered(number, None, "error:unreadable_line", readable=False)
    try:
        result = answer(case.get("method", ""), case.get("params", {}), case.get("actual")).result
    except ScoringError as error:
        return Answered(number, case.get("id"), f"error:{error.code}")
    return Answered(number, case.get("id"), result)


def _lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """Yield the lines, None for one that is longer than LONGEST_LINE."""
    start = BYTE_ORDER_MARK
    while line := stream.readline(LONGEST_LINE):
        whole = line.endswith(b"\n") or len(line) < LONGEST_LINE
        yield line.removeprefix(start) if whole else None
        start = b""
        while not whole and (rest := stream.readline(LONGEST_LINE)):
            whole = rest.endswith(b"\n")


def _whole_number(text: str) -> int | str:
    """Keep a number too long to calculate with as text: Python would refuse to convert it, and spoil the line."""
    return int(text) if len(text) <= WHOLE_DIGITS + 1 else text
