"""What every `accord` command shares: one clear sentence when it is refused, JSON where a program reads along."""

from __future__ import annotations

import json
import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import OperationalError, ProgrammingError
from django.utils import translation

from accord.foundation.errors import BusinessError, DatabaseNotReady


class Verb(BaseCommand):
    """A command that answers a BusinessError with its sentence and hint on stderr and exit code 1.

    With an option `json` that is set, the error is also printed to stdout as one JSON object.
    """

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Run the command in the language of the terminal."""
        with translation.override(language_of_terminal()):
            try:
                return super().execute(*args, **options)
            except BusinessError as error:
                raise self._told(error, options) from error
            except (OperationalError, ProgrammingError) as error:
                # Away, locked for too long, or never migrated; `--traceback` shows a fault of ours in full.
                reason = str(error).strip().partition("\n")[0]
                raise self._told(DatabaseNotReady(reason=reason), options) from error

    def _told(self, error: BusinessError, options: dict[str, Any]) -> CommandError:
        if options.get("json"):
            self.print_json(error.as_json())
        return CommandError(f"{error}\n{error.advice()}".rstrip())

    def print_json(self, answer: Any) -> None:
        """Print one JSON object on a line of its own."""
        self.stdout.write(json.dumps(answer, ensure_ascii=False, cls=DjangoJSONEncoder))


def language_of_terminal() -> str:
    """Return the product's language that LANGUAGE, LC_ALL, LC_MESSAGES or LANG asks for, else the default."""
    names = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
    wish = next((os.environ[name] for name in names if os.environ.get(name)), "")
    return {"en": "en", "zh": "zh-hans"}.get(wish.lower().partition("_")[0], settings.LANGUAGE_CODE)
