"""How long minutes take, by the same keystroke-level estimate as any form (docs/form-time.md)."""

from __future__ import annotations

from functools import cache

from accord.domain.form_schema import predicted_seconds, read_form


@cache
def predicted() -> int:
    """Seconds for usual minutes: the decisions in a few lines, two commitments, and rarely a disagreement."""
    promised = [
        {"key": f"{name}_{number}", "kind": kind, "label": label, "core": True, **more}
        for number in (1, 2)
        for name, kind, label, more in (
            ("who", "choice", "谁", {"options": [{"value": "a", "label": "员工"}, {"value": "b", "label": "上级"}]}),
            ("what", "text", "做什么", {"max_length": 30}),
            ("due", "date", "哪天前", {}),
        )
    ]
    fields = [
        {"key": "decisions", "kind": "long_text", "label": "达成的决定", "core": True},
        *promised,
        {"key": "disagreements", "kind": "long_text", "label": "保留的分歧"},
    ]
    return predicted_seconds(read_form({"v": 1, "title": "会谈纪要", "fields": fields}))
