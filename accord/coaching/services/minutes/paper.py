"""What minutes say on paper, in Chinese as HR writes it, and the plain values that are signed with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from accord.coaching.models import Minutes
from accord.domain.form_schema.written import date_of
from accord.people.queries.on_paper import person_in_words, person_on_paper

_SIDES = {"employee": "员工", "manager": "直属上级"}


def title_of(minutes: Minutes) -> str:
    """What the document is called."""
    pairing = minutes.one_on_one.pairing
    version = f"（第 {minutes.number} 版）" if minutes.number > 1 else ""
    day = minutes.one_on_one.held_on.isoformat()
    return f"一对一会谈纪要 {day} · {pairing.employee.name} 与 {pairing.manager.name}{version}"


def content_of(minutes: Minutes) -> dict[str, Any]:
    """Everything the minutes say, as plain values; the commitments are shown as a table under `rows`."""
    pairing, answers = minutes.one_on_one.pairing, minutes.answers
    people = {"employee": person_on_paper(pairing.employee), "manager": person_on_paper(pairing.manager)}
    promised = [
        {"who": row["who"], "name": people[row["who"]]["name"], "what": row["what"], "due": str(date_of(row["due"]))}
        for row in answers.get("commitments") or []
    ]
    return {
        "v": 1,
        "one_on_one": {"id": minutes.one_on_one_id, "on": minutes.one_on_one.held_on.isoformat()},
        "minutes": {"id": minutes.pk, "number": minutes.number},
        "people": people,
        "decisions": answers.get("decisions") or "",
        "disagreements": answers.get("disagreements") or "",
        "commitments": promised,
        "rows": [
            {"label": {"zh": row["name"], "en": row["name"]}, "value": f"{row['what']}（{row['due']} 前）"}
            for row in promised
        ],
    }


def paper_text(content: Mapping[str, Any]) -> str:
    """The running text: who talked when, what was decided, what stays open."""
    people, promised = content["people"], content["commitments"]
    parts = [
        f"会谈日期：{content['one_on_one']['on']}\n"
        + "\n".join(f"{label}：{person_in_words(people[side])}" for side, label in _SIDES.items()),
        f"一、达成的决定\n{content['decisions'] or '无。'}",
        f"二、承诺\n双方共约定 {len(promised)} 项，见下表。" if promised else "二、承诺\n无。",
        f"三、保留的分歧\n{content['disagreements'] or '无。'}",
        "双方确认：以上如实记录本次会谈。确认后不再更改；拒绝确认须写明理由，理由与本文一并留痕。",
    ]
    return "\n\n".join(parts)
