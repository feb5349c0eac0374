"""The content of a report as it is frozen: plain JSON in which every number names the series and period it is of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from accord.domain.one_on_one import Occasion, Question, Situation, choose
from accord.domain.wording import Text
from accord.insights.models import WeeklyReport
from accord.insights.queries.teams import Counts, counts_below
from accord.insights.queries.weekly_reports.alerts import AlertNews, alert_news
from accord.insights.queries.weekly_reports.commitments import (
    Listed,
    agreements_waiting,
    check_ins_missed,
    commitments_due,
    talks_due,
)
from accord.insights.queries.weekly_reports.facts import Fact
from accord.insights.queries.weekly_reports.groups import ReaderGroup
from accord.insights.queries.weekly_reports.lateness import late_metrics
from accord.insights.queries.weekly_reports.movements import Movements, movements_of
from accord.insights.queries.weekly_reports.trees import tree_news
from accord.people.models import Employee

EDITION = 1
"""Grows when the shape of the content does; `reading` reads them all."""

_REMEMBERED = 8
_OF_ALERTS = {"raised": Situation.MISSED, "open": Situation.MISSED, "cleared": Situation.RECOVERED}


def contents_of(group: ReaderGroup) -> dict[int, Fact]:
    """The content for each reader of a group, in the same number of statements for one as for fifty."""
    counts = counts_below(group.readers, dict(group.now)), counts_below(group.readers, dict(group.then))
    movements, alerts = movements_of(group), alert_news(group)
    talks, agreements, check_ins = talks_due(group), agreements_waiting(group), check_ins_missed(group)
    promised = commitments_due(group)
    late, trees = late_metrics(group), tree_news(group)
    found = {}
    for reader in group.readers:
        moved = movements.get(reader, Movements())
        news = alerts.get(reader, AlertNews())
        found[reader] = {
            "v": EDITION,
            "periods": [[now.key, then.key if then else None] for now, then in _periods(group)],
            "counts": {"now": _counted(counts[0].get(reader)), "then": _counted(counts[1].get(reader))},
            "turned": moved.turned,
            "turns": moved.turns,
            "trees": trees.get(reader, []),
            # Where a tree says why, single numbers need not be guessed at.
            "courses": [] if trees.get(reader) else moved.courses,
            "alerts": {"many": news.many, "facts": news.facts},
            "talks": talks.get(reader, Listed()).as_json(),
            "commitments": promised.get(reader, Listed()).as_json(),
            "agreements": agreements.get(reader, Listed()).as_json(),
            "check_ins": check_ins.get(reader, Listed()).as_json(),
            "late": late.get(reader, []),
        }
    _ask(group, found)
    return found


def has_changed(content: Fact, group: ReaderGroup) -> bool:
    """Whether there is news: a light turned, an alert came or went, a driver slipped, a source began to fail."""
    many = content["alerts"]["many"]
    failed = any(late["failing_since"] and late["failing_since"] > group.since.isoformat() for late in content["late"])
    slipped = any(tree["slip"] and tree["slip"]["is_new"] for tree in content["trees"])
    told = any(many[kind] for kind in ("raised", "cleared", "withdrawn"))
    return failed or slipped or told or any(content["turned"].values())


def says_something(content: Fact) -> bool:
    """Whether there is anything in it at all."""
    many = [content[part]["many"] for part in ("talks", "commitments", "agreements", "check_ins")]
    counted = [*content["counts"]["now"].values(), *content["alerts"]["many"].values(), *many]
    return any(counted) or any(content[part] for part in ("turns", "trees", "late"))


def _periods(group: ReaderGroup) -> Iterable[tuple[Any, Any]]:
    return ((period, group.then.get(frequency)) for frequency, period in sorted(group.now.items()))


def _counted(counts: Counts | None) -> Fact:
    return dict(vars(counts or Counts()))


def _ask(group: ReaderGroup, contents: Mapping[int, Fact]) -> None:
    """Give each report its question, which is not the one of the report before; two statements."""
    reports, last = _reports_of(group), _last_patterns(group)
    for reader, content in contents.items():
        question = choose(_occasions(content, reports.get(reader, []), group), group.week.key, last.get(reader, ""))
        content["question"] = _asked(question) if question else None


def _reports_of(group: ReaderGroup) -> Mapping[int, Sequence[tuple[int, str]]]:
    people = Employee.objects.filter(manager__in=group.readers).exclude(status=Employee.Status.LEFT)
    found: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    for manager, person, name in people.order_by("pk").values_list("manager", "pk", "name"):
        found[manager or 0].append((person, name))
    return found


def _last_patterns(group: ReaderGroup) -> Mapping[int, str]:
    earlier = WeeklyReport.objects.filter(
        reader__in=group.readers, week__lt=group.week.key, week__gte=group.week.key - _REMEMBERED
    )
    rows = earlier.exclude(state=WeeklyReport.State.QUIET).order_by("week")
    return {reader: pattern or "" for reader, pattern in rows.values_list("reader", "content__question__pattern")}


def _occasions(content: Fact, reports: Sequence[tuple[int, str]], group: ReaderGroup) -> list[Occasion]:
    """What a talk with one of the reader's own reports may begin with."""
    mine = dict(reports)
    found = [
        _occasion(_OF_ALERTS[fact["kind"]], fact)
        for fact in content["alerts"]["facts"]
        if fact["employee"] in mine and fact["kind"] in _OF_ALERTS
    ]
    found += [
        _occasion(Situation.RECOVERED if fact["now"]["light"] > fact["then"]["light"] else Situation.SLIPPED, fact)
        for fact in content["turns"]
        if fact["employee"] in mine
    ]
    found += [
        Occasion(Situation.DRIVER, slip["owner"], slip["who"], _text(slip["driver"]), _text(slip["result"]))
        for slip in (tree["slip"] for tree in content["trees"])
        if slip and slip["owner"] in mine
    ]
    if reports:
        person, name = reports[group.week.key % len(reports)]
        found.append(Occasion(Situation.STEADY, person, name))
    return found


def _occasion(situation: Situation, fact: Fact) -> Occasion:
    return Occasion(situation, fact["employee"], fact["who"], _text(fact["metric"]))


def _text(metric: Fact) -> Text:
    return Text(metric["name"], metric["name_en"])


def _asked(question: Question) -> Fact:
    occasion = question.occasion
    return {
        "pattern": question.pattern,
        "employee": occasion.employee,
        "who": occasion.name,
        "said": {"zh-hans": question.say("zh-hans"), "en": question.say("en")},
    }
