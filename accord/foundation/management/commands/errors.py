"""`accord errors`: the catalogue of everything a person may be refused."""

from typing import Any

from accord.foundation.error_catalogue import catalogue
from accord.foundation.management.verb import Verb


class Command(Verb):
    """Prints docs/errors.md."""

    help = "Print every error with code, status, sentence and hint in both languages, as Markdown."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(catalogue(), ending="")
