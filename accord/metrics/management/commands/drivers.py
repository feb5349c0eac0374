"""`accord drivers FILE`: what moved the roots of driver trees written as JSON."""

import sys
from argparse import ArgumentParser
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError

from accord.domain.driver_tree.cases import answer_trees


class Command(BaseCommand):
    """Read trees, print what moved them; neither settings nor database are needed."""

    help = "Attribute the change of driver trees to their leaves, exactly, and print one JSON line for each tree."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take one file."""
        parser.add_argument(
            "file", metavar="FILE", help='JSON lines {"id", "tree": {"root", "nodes"}}, or one tree; - reads stdin'
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Answer every tree; exit with 1 if a line could not be read."""
        unreadable = 0
        with self._open(options["file"]) as stream:
            for answered in answer_trees(stream):
                self.stdout.write(answered.as_json())
                unreadable += not answered.readable
        if unreadable:
            raise CommandError(f"{unreadable} lines could not be read; each is named by its number above.")

    def _open(self, name: str) -> AbstractContextManager[BinaryIO]:
        if name == "-":
            return nullcontext(sys.stdin.buffer)
        try:
            return Path(name).open("rb")
        except OSError as error:
            raise CommandError(f"{name} cannot be opened: {error.strerror}.") from error
