"""The template of a kind: a workbook with its headers and two example rows."""

from pathlib import Path

from accord.foundation.imports.kinds import ImportKind
from accord.foundation.spreadsheets.writing import write_rows


def write_template(path: Path, kind: ImportKind, language: str) -> None:
    """Write the template to `path` (.xlsx), headers in `language`; required ones carry a star."""
    columns = kind.load_columns()
    headers = [column.header_in(language) + ("*" if column.required else "") for column in columns]
    rows = [[example.get(column.key, "") for column in columns] for example in kind.examples]
    write_rows(path, headers, rows)
