"""What can be imported: the typed entries of the table in `accord/config/imports.py`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.module_loading import import_string

from accord.foundation.errors import Text
from accord.foundation.imports.errors import UnknownKind
from accord.foundation.registry import table
from accord.foundation.spreadsheets import Column

if TYPE_CHECKING:
    from accord.foundation.imports.contract import Importer


@dataclass(frozen=True)
class KindOption:
    """A choice that one kind of import offers, in the browser and as `--name` on the command line.

    Its value reaches the importer as `options.values[name]`: a text, or "1" for a flag that is set.
    """

    name: str
    label: Text
    help: Text = ""
    is_flag: bool = False
    is_required: bool = False

    @property
    def flag(self) -> str:
        """How it is written on the command line."""
        return "--" + self.name.replace("_", "-")


@dataclass(frozen=True)
class ImportKind:
    """One kind of import. `importer` and `columns` are dotted names, read when first needed.

    `examples` are the two rows of the template, each by column key. What a file with performance says is for whoever
    sent it: all others who may see imports see that it came and what became of it.
    """

    label: Text
    summary: Text
    icon: str
    importer: str
    columns: str
    examples: tuple[dict[str, str], dict[str, str]]
    options: tuple[KindOption, ...] = ()
    has_performance: bool = False

    def load_importer(self) -> Importer:
        importer: Importer = import_string(self.importer)
        return importer

    def load_columns(self) -> tuple[Column, ...]:
        columns: tuple[Column, ...] = import_string(self.columns)
        return columns


def import_kinds() -> dict[str, ImportKind]:
    """Every kind by its code, in the order of the table."""
    kinds: dict[str, ImportKind] = table("ACCORD_IMPORTS")
    return kinds


def import_kind(code: str) -> ImportKind:
    """The kind called `code`. Raises UnknownKind."""
    kinds = import_kinds()
    if code not in kinds:
        raise UnknownKind(kind=code[:60], kinds="、".join(kinds))
    return kinds[code]
