"""`accord score FILE`: score cases written as JSON lines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from accord.domain.scoring.cases import answer_cases
from accord.foundation.management.line_by_line import Answered, LineByLine


class Command(LineByLine):
    """Read cases, print answers."""

    help = "Score cases given as JSON lines and print one JSON line for each."
    shape = 'JSON lines {"id", "method", "params", "actual"}'

    def answers(self, stream: BinaryIO) -> Iterable[Answered]:
        return answer_cases(stream)
