"""`accord import KIND FILE`: bring a table file in from the command line."""  # noqa: N999 (a verb is a file name)

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils.translation import override

from accord.foundation.imports.command_line import Request, carry_out, summarise
from accord.foundation.imports.kinds import ImportKind, import_kind, import_kinds
from accord.foundation.management.verb import Verb, language_of_terminal


class Command(Verb):
    """Exits with 0 once the file was dealt with, also where rows were refused, and with 1 when it cannot be read."""

    help = "Bring in a table file (.xlsx, .csv). Bad rows are refused with a reason, all others are taken."

    def add_arguments(self, parser: ArgumentParser) -> None:
        kinds = parser.add_subparsers(dest="kind", metavar="KIND", required=True)
        with override(language_of_terminal()):
            for code, kind in import_kinds().items():
                _add_options(kinds.add_parser(code, help=str(kind.summary)), kind)

    def handle(self, *args: Any, **options: Any) -> None:
        answer = carry_out(_request(options), sys.stderr)
        if options["json"]:
            self.print_json(answer.as_json())
        else:
            summarise(answer, self.stdout)


def _add_options(parser: ArgumentParser, kind: ImportKind) -> None:
    parser.add_argument("file", metavar="FILE", type=Path)
    parser.add_argument("--dry-run", action="store_true", help="say what would happen and write nothing")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--refused", metavar="FILE", type=Path, help="where to write the refused rows (.csv or .xlsx)")
    for option in kind.options:
        if option.is_flag:
            parser.add_argument(option.flag, action="store_true", help=str(option.help))
        else:
            parser.add_argument(option.flag, metavar="TEXT", default="", help=str(option.help))


def _request(options: dict[str, Any]) -> Request:
    own = {option.name: options[option.name] for option in import_kind(options["kind"]).options}
    return Request(
        kind=options["kind"],
        path=options["file"],
        is_dry_run=options["dry_run"],
        refused=options["refused"],
        options={name: "1" if value is True else value for name, value in own.items() if value},
    )
