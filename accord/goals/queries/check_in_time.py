"""How long a check-in takes, by the same keystroke-level estimate as any form (docs/form-time.md)."""

from __future__ import annotations

from functools import cache

from accord.domain.form_schema import predicted_seconds, read_form


@cache
def predicted() -> int:
    """Seconds for a usual check-in: one line is written, one number typed; KPI and confidence stand as last time."""
    fields = [
        {"key": "about", "kind": "text", "label": "关于", "core": True, "default": "转化率", "max_length": 6},
        {"key": "moved", "kind": "text", "label": "有什么进展", "core": True, "required": True},
        {"key": "value", "kind": "number", "label": "数值", "core": True},
        {"key": "confidence", "kind": "text", "label": "达成信心", "core": True, "default": "7", "max_length": 2},
    ]
    return predicted_seconds(read_form({"v": 1, "title": "打卡", "fields": fields}))
