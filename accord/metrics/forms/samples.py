"""The sample of a source as a page shows it: a table for each stream, and in sentences what its rows give away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.domain.row_mapping import plain_text
from accord.domain.source_hints import FieldSeen, Hint, fields_seen, hints_of, zone_hint
from accord.metrics.connectors.contract import Probed, Row
from accord.metrics.forms.connections import FieldsForm
from accord.metrics.models import Connection
from accord.metrics.presets import stream_label
from accord.metrics.services.connections.sampling import Sample

SHOWN_ROWS, SHOWN_FIELDS, SHOWN_SIGNS = 10, 24, 80
_HINTS: Mapping[str, str | Promise] = {
    "unset_date": _(
        "“%(field)s” reads %(value)s in %(rows)s rows: that is how this system writes “no date”. Name it under “unset” "
        "in the advanced settings, so that it counts as empty."
    ),
    "empty_stamp": _(
        "“%(field)s” is empty in %(rows)s rows that were never edited. Reading changes by it alone would lose them: "
        "add the field of the creation as its “fallback” in the advanced settings."
    ),
    "capped_page": _(
        "Of %(asked)s rows asked for a page brought %(brought)s, and there are %(total)s: the system caps its pages. "
        "We read on until the total is there."
    ),
    "open_only": _(
        "All rows seen have the state %(states)s (“%(field)s”). If closed ones exist, the list may hide them until a "
        "parameter asks for all states."
    ),
    "empty_field": _("Empty in all rows seen: %(fields)s. The name may be misspelt, or the account may not see it."),
    "other_zone": _(
        "The account reads dates in the zone %(zone)s, and the settings say %(assumed)s. Changes could be lost in "
        "between; choose the same zone."
    ),
}
KINDS: Mapping[str, str | Promise] = {
    "text": pgettext_lazy("kind of field", "text"),
    "number": pgettext_lazy("kind of field", "number"),
    "date": pgettext_lazy("kind of field", "date"),
    "mail": pgettext_lazy("kind of field", "e-mail"),
    "list": pgettext_lazy("kind of field", "list"),
    "empty": pgettext_lazy("kind of field", "empty"),
}


@dataclass(frozen=True)
class ShownField:
    """A field with its type, an example, and the box that keeps it."""

    seen: FieldSeen
    kind: str | Promise
    keep: BoundField


@dataclass(frozen=True)
class SampleTable:
    """Some rows of a stream."""

    name: str
    label: str
    fields: Sequence[ShownField]
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    count: int
    hints: Sequence[str]
    more_name: BoundField
    more_path: BoundField

    @property
    def hidden(self) -> int:
        """How many fields the table leaves out because there are too many to look at."""
        return max(0, len(self.fields) - len(self.columns))


def sample_tables(connection: Connection, sample: Sample, form: FieldsForm) -> list[SampleTable]:
    """The tables of the page, with the boxes of `form` at their fields."""
    return [
        _table(name, stream_label(connection, name), stream, sample.rows.get(name, []), form)
        for name, stream in connection.settings.get("streams", {}).items()
    ]


def connection_hints(connection: Connection, probed: Probed) -> list[str]:
    """What the answer to “who are we” gives away."""
    assumed = _zone_of(connection.settings)
    return [] if assumed == "probe" else [said(hint) for hint in zone_hint(probed.zone, assumed)]


def said(hint: Hint) -> str:
    """A hint as a sentence in the reader's language."""
    return str(_HINTS[hint.code]) % hint.values


def cell(value: Any) -> str:
    """What stands in a field, short enough for a table."""
    text = plain_text(value) or ""
    return text if len(text) <= SHOWN_SIGNS else f"{text[: SHOWN_SIGNS - 1]}…"


def _table(name: str, label: str, stream: Mapping[str, Any], rows: Sequence[Row], form: FieldsForm) -> SampleTable:
    kept = form.streams[name]
    seen = fields_seen(rows, [str(each.label) for each in kept])
    columns = [each.name for each in seen][:SHOWN_FIELDS]
    return SampleTable(
        name=name,
        label=label,
        fields=[ShownField(each, KINDS[each.kind], box) for each, box in zip(seen, kept, strict=True)],
        columns=columns,
        rows=[[cell(row.get(column)) for column in columns] for row in rows[:SHOWN_ROWS]],
        count=len(rows),
        hints=[said(hint) for hint in hints_of(rows, stream, seen)],
        more_name=form[f"{name}:name"],
        more_path=form[f"{name}:path"],
    )


def _zone_of(settings: Mapping[str, Any]) -> str:
    """The zone in which the settings say that dates are read: of a filter, or of the whole source."""
    for stream in settings.get("streams", {}).values():
        zone = (stream.get("since") or {}).get("zone")
        if zone:
            return str(zone)
    return str(settings.get("zone") or "UTC")
