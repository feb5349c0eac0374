"""Who at 远航电商 assessed what, and what they learnt from: enough readers that the library can say what helped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from accord.coaching.models import Competency, LearningResource
from accord.coaching.queries.learning import open_recommendations
from accord.coaching.services.assessing import Said, assess
from accord.coaching.services.learning import begin, decline, finish
from accord.demo.clock import as_of
from accord.people.models import Employee

_EMPLOYEE, _MANAGER = "YH0005", "YH0004"
_OWN = {
    "time-management": Said(2, "大促前一周排出了三件事，两件按时，一件提前说了会晚。"),
    "data-expression": Said(2, "周报先写结论，图还在练。"),
    "collaboration": Said(2),
    "ownership": Said(2, "退货率的问题从发现跟到了恢复。"),
    "improvement": Said(2),
    "customer-focus": Said(1, "新品的差评想先看完再回，回得晚了。"),
}
_MANAGERS = {
    "time-management": Said(2, "节奏比上季度稳，大促期间仍靠加班补。"),
    "data-expression": Said(1, "北美组例会上数字讲得清，原因还要再追一层。"),
    "collaboration": Said(2),
    "ownership": Said(3, "转化率下滑那两周，她先拉上投放一起看，没有等我安排。"),
}
_OF_THE_MANAGER = {
    "coaching": Said(2, "一对一能坚持，问得还不够多。"),
    "time-management": Said(3),
    "data-expression": Said(3),
}
# Title of a resource → what its readers said, in order: 2 it helped, 1 a little, 0 not really, None not finished.
_READ: dict[str, tuple[int | None, ...]] = {
    "一周三件事：从清单到时间块": (2, 2, 2, 1, 2, None, 2),
    "先说结论：一页数据汇报怎么写": (2, 2, 1, 2, 2, 2),
    "《用数据讲故事》": (2, 1, None, None, 2),
    "复盘四问": (2, 2, 2, 1, 1),
    "用 SBI 说反馈：情境、行为、影响": (2, 2, 2, 2, 1, 2),
    "《金字塔原理》": (1, None, None),
}


@dataclass(frozen=True)
class _Reading:
    day: date
    resource: LearningResource
    reader: Employee
    helped: int | None


def tell_of_learning(people: Mapping[str, Employee], today: date) -> None:
    """Readers of three months, then the assessments of the last weeks and what followed from them."""
    for reading in _readings(people, today):
        with as_of(reading.day, hour=19):
            if reading.helped is None:
                begin(reading.resource, reading.reader)
            else:
                finish(reading.resource, reading.reader, reading.helped, reading.helped + 3)
    xiaoyu, manager = people[_EMPLOYEE], people[_MANAGER]
    for back, person, by, said in (
        (16, xiaoyu, xiaoyu, _OWN),
        (12, xiaoyu, manager, _MANAGERS),
        (9, manager, manager, _OF_THE_MANAGER),
    ):
        with as_of(today - timedelta(days=back), hour=15):
            assess(person, by, _by_key(said))
    with as_of(today - timedelta(days=8), hour=20):
        _answer(xiaoyu)


def _answer(person: Employee) -> None:
    """She has finished what was nearest to her customers, begun a book, and did not want the last that was chosen."""
    chosen = list(open_recommendations(person))
    near = [each for each in chosen if each.competency.code == "customer-focus"]
    if len(near) > 1:
        finish(near[0].resource, person, 2, 5)
        begin(near[1].resource, person)
        decline(chosen[-1] if chosen[-1] not in near else chosen[0])


def _readings(people: Mapping[str, Employee], today: date) -> Iterator[_Reading]:
    resources = {each.title: each for each in LearningResource.objects.filter(title__in=_READ)}
    readers = [person for number, person in sorted(people.items()) if number not in (_EMPLOYEE, _MANAGER)][10:]
    for place, (title, words) in enumerate(_READ.items()):
        for turn, helped in enumerate(words):
            reader = readers[(place * 11 + turn * 7) % len(readers)]
            yield _Reading(today - timedelta(days=20 + place * 5 + turn * 3), resources[title], reader, helped)


def _by_key(said: dict[str, Said]) -> dict[int, Said]:
    keys = dict(Competency.objects.filter(code__in=said).values_list("code", "pk"))
    return {keys[code]: each for code, each in said.items()}
