"""What an agreement says on paper, in Chinese as HR writes it, built from the plain values that are signed with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from accord.domain.periods import Period
from accord.domain.wording import percent
from accord.goals.method_words import method_in_words
from accord.people.queries.on_paper import person_in_words

Line = Mapping[str, Any]

_PER = {"1": "每日", "2": "每周", "3": "每月", "4": "每季度"}
_NUMBERS = "一二三四五六七八九"


def paper_text(content: Mapping[str, Any]) -> str:
    """The running text: parties, time, what both agree on."""
    people, terms, cycle = content["people"], content["terms"], content["cycle"]
    clauses = _amendment_clauses(content) if terms["reason"] else _first_clauses(content)
    return "\n\n".join(
        [
            f"甲方（员工）：{person_in_words(people['employee'])}\n乙方（直属上级）：{person_in_words(people['manager'])}",
            f"考核周期：{cycle['name']}（{cycle['starts_on']} 至 {cycle['ends_on']}）\n"
            f"合约期间：{content['agreement']['starts_on']} 至 {content['agreement']['ends_on']}",
            *(f"{_NUMBERS[place]}、{clause}" for place, clause in enumerate(clauses)),
        ]
    )


def line_in_words(line: Line, before: Line | None, *, is_amendment: bool) -> str:
    """One line for the table; in an amendment with what it was before."""
    if not is_amendment:
        return _whole(line)
    if before is None:
        return "新增。" + _whole(line)
    changes = [
        f"{name}：{_or_none(before, field)} → {_or_none(line, field)}"
        for field, name in _COMPARED.items()
        if _shown(before, field) != _shown(line, field)
    ]
    return "\n".join(changes) if changes else "不变。" + _whole(line)


def removed_in_words(line: Line) -> str:
    """A line that an amendment takes out."""
    return f"移出。原权重 {percent(Decimal(line['weight']))}，原目标 {_quantity(line['target'], line)}。"


_COMPARED = {
    "weight": "权重",
    "target": "目标",
    "threshold": "门槛",
    "stretch": "挑战",
    "schedule": "分期目标",
    "method": "评分方法",
}


def _first_clauses(content: Mapping[str, Any]) -> list[str]:
    lines, terms = content["lines"], content["terms"]
    return [
        f"双方商定 {len(lines)} 项指标，权重合计 100%。每项的权重、目标、评分方法与数据来源见下表。",
        f"本合约自 {terms['effective_on']} 起计；周期（日、周、月、季）以其最后一天所在的合约计分。"
        + _past(terms["is_retroactive"]),
        *_told_words(content["overrides"]),
        "目标、权重或评分方法需要调整时，由双方另行签署变更；任何一方不得单方更改。",
        "双方签署后生效。拒绝签署须写明理由，理由与本文一并留痕。",
    ]


def _amendment_clauses(content: Mapping[str, Any]) -> list[str]:
    terms = content["terms"]
    return [
        f"变更理由：{terms['reason']}",
        f"本变更自 {terms['effective_on']} 起生效，变更前后对照见下表；未列出变化的内容保持不变。"
        + _past(terms["is_retroactive"]),
        *_told_replaced(content["replaced"]),
        *_told_words(content["overrides"]),
        "双方签署后生效。拒绝签署的，原合约继续有效，理由与本文一并留痕。",
    ]


def _past(is_retroactive: bool) -> str:
    if is_retroactive:
        return "签署日之前已结束的周期，自上述日期起也按本文计分，双方对此知悉并同意。"
    return "签署日之前已结束的周期不受影响，仍按原约定计分；若签署晚于上述日期，则自签署日起生效。"


def _told_replaced(replaced: Sequence[Mapping[str, Any]]) -> list[str]:
    """That what was signed for a later day no longer comes: nobody is to find that out afterwards."""
    if not replaced:
        return []
    told = "、".join(f"第 {each['number']} 版（自 {each['effective_on']} 起）" for each in replaced)
    return [f"此前双方已签署的{told}由本变更取代，不再适用；其中仍需保留的内容须写入本变更。"]


def _told_words(overrides: Sequence[Mapping[str, Any]]) -> list[str]:
    if not overrides:
        return []
    told = "；".join(
        (f"对「{each['metric_name']}」" if each["metric_name"] else "") + f"{each['word']}（{each['by']}）"
        for each in overrides
    )
    return [f"对系统提示的说明：{told}。"]


def _whole(line: Line) -> str:
    parts = [f"权重 {percent(Decimal(line['weight']))}", f"目标：{_shown(line, 'target')}"]
    parts += [f"{_COMPARED[field]}：{_shown(line, field)}" for field in ("threshold", "stretch") if line[field]]
    if line["schedule"]:
        parts.append(f"分期目标：{_shown(line, 'schedule')}")
    parts.append(f"评分：{_shown(line, 'method')}")
    parts.append(f"数据来源：{line['source'] or '未登记'}")
    tail = [f"依据：{line['why']}"] if line["why"] else []
    tail += [f"承接：{line['key_result_title']}"] if line["key_result_title"] else []
    tail += [f"提出人：{line['credited_name']}"] if line["credited_name"] else []
    return "\n".join(["；".join(parts) + "。", *tail])


def _or_none(line: Line, field: str) -> str:
    return _shown(line, field) or "无"


def _shown(line: Line, field: str) -> str:
    """One value of a line as it is written."""
    value = line[field]
    if field == "weight":
        return percent(Decimal(value))
    if field == "method":
        return method_in_words(value, line["params"], "zh-hans")
    if field == "schedule":
        return "、".join(
            f"{Period(int(first)).label} 至 {Period(int(last)).label} {_quantity(target, line)}"
            for first, last, target in value
        )
    if not value:
        return ""
    if field != "target":
        return _quantity(value, line)
    sign = "不高于" if line["direction"] == "down" else "不低于"
    return f"{_PER[line['frequency']]}{sign} {_quantity(value, line)}"


def _quantity(value: str, line: Line) -> str:
    number = f"{Decimal(value):,f}"
    return f"{number}%" if line["unit"] == "%" else f"{number} {line['unit']}".strip()
