"""Remarks as they are stored with a run and as they are shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import get_language, gettext, override

from accord.foundation.errors import BusinessError
from accord.foundation.imports.kinds import ImportKind
from accord.foundation.spreadsheets import Remark


@dataclass(frozen=True)
class ShownRemark:
    """A remark in the reader's language. `column` is the header people know."""

    row: int
    column: str
    code: str
    sentence: str
    is_refusal: bool


class Headings:
    """The headers of a kind's columns in the current language."""

    def __init__(self, kind: ImportKind) -> None:
        language = get_language() or "zh-hans"
        self._headers = {column.key: column.header_in(language) for column in kind.load_columns()}

    def __getitem__(self, key: str) -> str:
        return self._headers.get(key, key)

    def show(self, remark: Remark) -> ShownRemark:
        """`remark` for this reader."""
        return ShownRemark(remark.row, self[remark.column], remark.code, str(remark), remark.is_refusal)


def stored(remarks: Iterable[Remark]) -> list[dict[str, Any]]:
    """Remarks as JSON."""
    return [asdict(remark) for remark in remarks]


def restored(remarks: Iterable[Mapping[str, Any]]) -> list[Remark]:
    """Remarks from JSON."""
    return [Remark(**remark) for remark in remarks]


def stored_error(error: BusinessError) -> dict[str, Any]:
    """A refusal of the whole file, untranslated, so that each reader sees it in their own language."""
    # English is the language of the message ids, so this gives the ids themselves.
    with override("en"):
        values = {name: str(value) for name, value in error.values.items()}
        return {"code": error.code, "sentence": str(error.sentence), "hint": str(error.hint), "values": values}


def shown_error(error: Mapping[str, Any]) -> dict[str, str]:
    """`sentence` and `hint` of a stored error in the current language; empty texts where there is none."""
    values = error.get("values") or {}
    texts = {part: gettext(error[part]) if error.get(part) else "" for part in ("sentence", "hint")}
    return {part: text % values if values else text for part, text in texts.items()}
