"""`accord import KIND FILE`: bring a table file in from the command line."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import override

from accord.foundation.errors import BusinessError
from accord.foundation.imports.command_line import Answer, Request, carry_out, summarise
from accord.foundation.imports.kinds import ImportKind, import_kind, import_kinds
from accord.foundation.terminal import terminal_language


class Command(BaseCommand):
    """Exits with 0 once the file was dealt with, also where rows were refused, and with 1 when it cannot be read."""

    help = "Bring in a table file (.xlsx, .csv). Bad rows are refused with a reason, all others are taken."

    def add_arguments(self, parser: ArgumentParser) -> None:
        kinds = parser.add_subparsers(dest="kind", metavar="KIND", required=True)
        with override(terminal_language()):
            for code, kind in import_kinds().items():
                _add_options(kinds.add_parser(code, help=str(kind.summary)), kind)

    def handle(self, *args: Any, **options: Any) -> None:
        with override(terminal_language()):
            try:
                answer = carry_out(_request(options), sys.stderr)
            except BusinessError as error:
                self._refuse(error, as_json=options["as_json"])
                sys.exit(1)
            self._tell(answer, as_json=options["as_json"])

    def _tell(self, answer: Answer, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(answer.as_json(), ensure_ascii=False))
        else:
            summarise(answer, self.stdout)

    def _refuse(self, error: BusinessError, *, as_json: bool) -> None:
        if as_json:
            refusal = {"code": error.code, "sentence": str(error), "hint": error.advice()}
            self.stdout.write(json.dumps({"error": refusal}, ensure_ascii=False))
        else:
            self.stderr.write(f"{error}\n{error.advice()}")


def _add_options(parser: ArgumentParser, kind: ImportKind) -> None:
    parser.add_argument("file", metavar="FILE", type=Path)
    parser.add_argument("--dry-run", action="store_true", help="say what would happen and write nothing")
    parser.add_argument("--json", action="store_true", dest="as_json", help="print one JSON object")
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
