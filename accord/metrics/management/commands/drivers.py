"""`accord drivers FILE`: what moved the roots of driver trees written as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from accord.domain.driver_tree.cases import answer_trees
from accord.foundation.management.line_by_line import Answered, LineByLine


class Command(LineByLine):
    """Read trees, print what moved them."""

    help = "Attribute the change of driver trees to their leaves, exactly, and print one JSON line for each tree."
    shape = 'JSON lines {"id", "tree": {"root", "nodes"}}, or one tree'

    def answers(self, stream: BinaryIO) -> Iterable[Answered]:
        return answer_trees(stream)
