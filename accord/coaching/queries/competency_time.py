"""How long assessing oneself takes, by the same keystroke-level estimate as any form (docs/form-time.md)."""

from __future__ import annotations

from collections.abc import Sequence

from accord.coaching.queries.competencies import Stand
from accord.domain.form_schema import predicted_seconds, read_form

_LONGEST = 100


def predicted(stands: Sequence[Stand]) -> int:
    """Seconds for one choice among behaviours for each competency; examples start hidden and count nothing."""
    fields = [
        {
            "key": f"c{place}",
            "kind": "choice",
            "label": stand.competency.name,
            "core": True,
            "options": [{"value": str(each.level), "label": each.behaviour[:_LONGEST]} for each in stand.levels],
        }
        for place, stand in enumerate(stands)
    ]
    return predicted_seconds(read_form({"v": 1, "title": "自评", "fields": fields})) if fields else 0
