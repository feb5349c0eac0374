"""The ticket system of 远航电商 as a data source: it lays its tickets down as files, and the values come from them.

The last weeks of 首次响应时长 and 解决率 of technical support were never typed: they open down to single tickets. Two
authors of tickets are nobody of the company, and one evening a file was read while it was still being written.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from accord.demo.clock import as_of
from accord.demo.company import Person
from accord.demo.story import Reading, readings
from accord.domain.periods import Frequency, Period
from accord.metrics.models import Connection
from accord.metrics.queries.library import metrics_by_name
from accord.metrics.services.connections.making import make_connection
from accord.metrics.services.connections.mappings import Wanted, take_metrics
from accord.metrics.services.connections.running import activate
from accord.metrics.services.sync import sync
from accord.people.models import Employee

SOURCE, POSITION, WEEKS = "客服工单导出", "技术支持", 3
RESPONSE, SOLVED = "首次响应时长", "解决率"
_PER_WEEK = 20
_NOBODY = ("客服机器人@yuanhang.example", "外包坐席07@yuanhang.example")
_TOPICS = ("发票金额不符", "无法登录", "物流信息不更新", "退款进度", "优惠券用不了", "换货尺码")
_WHO = {"field": "处理人邮箱", "by": "email"}
_RULES: Mapping[str, Mapping[str, Any]] = {
    RESPONSE: {
        "v": 1,
        "who": _WHO,
        "when": {"field": "创建时间"},
        "filters": [],
        "aggregate": "mean",
        "value": {"from": "创建时间", "to": "首次回复时间", "in": "minutes", "working": False},
    },
    SOLVED: {
        "v": 1,
        "who": _WHO,
        "when": {"field": "创建时间"},
        "filters": [],
        "aggregate": "ratio",
        "meets": [{"field": "状态", "is": "equals", "value": "已解决"}],
        "factor": "100",
    },
}


def comes_from_tickets(each: Reading, positions: Mapping[str, str]) -> bool:
    """Whether a value is left out of the files because the source brings it."""
    is_recent = each.every == "week" and each.ago < WEEKS
    return is_recent and each.metric in _RULES and positions.get(each.subject) == POSITION


class TicketSource:
    """Lays down the tickets of each week on the Monday after it, and lets the source be read."""

    def __init__(self, staff: Sequence[Person], today: date) -> None:
        self._newest = Period.of(today, Frequency.WEEK) - 1
        self._emails = {person.employee_no: person.email for person in staff if person.position == POSITION}
        self._folder = Path(settings.ACCORD_SOURCE_FOLDERS[0]) / "tickets"
        self._weeks: dict[int, dict[str, dict[str, float]]] = defaultdict(lambda: defaultdict(dict))
        positions = {person.employee_no: person.position for person in staff}
        for each in readings(list(staff)):
            if comes_from_tickets(each, positions):
                self._weeks[each.ago][each.subject][each.metric] = each.value

    def arrive(self, monday: date, owner: Employee) -> None:
        """What the week before `monday` brought, if it is one of the last."""
        ago = self._newest.key - (Period.of(monday, Frequency.WEEK) - 1).key
        if not 0 <= ago < WEEKS:
            return
        connection = Connection.objects.filter(source__name=SOURCE).first() or self._connect(owner)
        lines = [json.dumps(ticket, ensure_ascii=False) for ticket in self._tickets(ago)]
        if ago == 0:
            with as_of(monday - timedelta(days=1), hour=18):
                self._lay_down(ago, "\n".join(lines)[:-20])
                sync(connection)
        self._lay_down(ago, "\n".join(lines) + "\n")
        sync(connection)

    def _connect(self, owner: Employee) -> Connection:
        self._folder.mkdir(parents=True, exist_ok=True)
        columns = ("处理人邮箱", "主题", "状态", "创建时间", "首次回复时间")
        stream = {"label": "工单", "pattern": "工单*.jsonl", "key": "编号", "fields": {name: name for name in columns}}
        told = {"v": 1, "folder": "tickets", "zone": "Asia/Shanghai", "settle_seconds": 0, "streams": {"rows": stream}}
        connection = make_connection(SOURCE, "files", "files", told, "", owner, every=7 * 1440)
        metrics = metrics_by_name(_RULES)
        take_metrics(connection, [Wanted("rows", rule, metrics[name]) for name, rule in _RULES.items()], owner)
        activate(connection, connection.edition, timezone.now(), owner)
        connection.refresh_from_db()
        return connection

    def _tickets(self, ago: int) -> Iterator[dict[str, str]]:
        """Tickets whose mean is exactly the value of each, and whose share of solved ones is as near as can be."""
        monday = (self._newest - ago).start
        for place, (number, values) in enumerate(sorted(self._weeks[ago].items())):
            solved = round(values.get(SOLVED, 80) / 100 * _PER_WEEK)
            for at in range(_PER_WEEK):
                spread = min(values[RESPONSE] / 2, 9) * (1 if at % 2 else -1)
                yield self._ticket(monday, ago, place, at, self._emails[number], values[RESPONSE] + spread, at < solved)
        for at, nobody in enumerate(_NOBODY):
            yield self._ticket(monday, ago, 90 + at, 0, nobody, 5.0, True)

    def _ticket(
        self, monday: date, ago: int, place: int, at: int, email: str, minutes: float, solved: bool
    ) -> dict[str, str]:
        made = datetime.combine(monday + timedelta(days=at % 5), time(9 + at % 8, (place * 7 + at * 11) % 60))
        return {
            "编号": f"T{(self._newest - ago).key}{place:02}{at:02}",
            "处理人邮箱": email,
            "主题": _TOPICS[(place + at) % len(_TOPICS)],
            "状态": "已解决" if solved else "处理中",
            "创建时间": made.isoformat(sep=" "),
            "首次回复时间": (made + timedelta(minutes=minutes)).isoformat(sep=" ", timespec="milliseconds"),
        }

    def _lay_down(self, ago: int, text: str) -> None:
        path = self._folder / f"工单 {(self._newest - ago).label}.jsonl"
        path.write_text(text, "utf-8")
        # As old as the day that is told, so that the file counts as written to its end.
        written = timezone.now().timestamp() - 3600
        os.utime(path, (written, written))
