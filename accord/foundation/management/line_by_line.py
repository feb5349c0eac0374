"""What `accord score` and `accord drivers` share: lines of JSON in, a line of JSON out for each."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, BinaryIO, ClassVar, Protocol

from django.core.management.base import BaseCommand, CommandError


class Answered(Protocol):
    """The answer to one line."""

    @property
    def readable(self) -> bool: ...

    def as_json(self) -> str: ...


class LineByLine(BaseCommand):
    """Neither settings nor database are needed. `shape` says in the help what a line looks like."""

    requires_system_checks: list[str] = []
    shape: ClassVar[str]

    def answers(self, stream: BinaryIO) -> Iterable[Answered]:
        """The answer to each line of `stream`, in order."""
        raise TypeError(f"{type(self).__module__} answers nothing")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take one file."""
        parser.add_argument("file", metavar="FILE", help=f"{self.shape}; - reads stdin")

    def handle(self, *args: Any, **options: Any) -> None:
        """Answer every line; exit with 1 if one of them could not be read."""
        unreadable = 0
        with _opened(options["file"]) as stream:
            for answered in self.answers(stream):
                self.stdout.write(answered.as_json())
                unreadable += not answered.readable
        if unreadable:
            raise CommandError(f"{unreadable} lines could not be read; each is named by its number above.")


def _opened(name: str) -> AbstractContextManager[BinaryIO]:
    if name == "-":
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(name).open("rb")
    except OSError as error:
        raise CommandError(f"{name} cannot be opened: {error.strerror}.") from error
