"""The files of a company of 2,000, as real ones look, and what must come of them: `python -m tests.own_company FOLDER`.

    花名册.xlsx · 花名册.csv        people: a title above the headers, an odd order of columns, five ways to write a day
    指标.csv · 指标.xlsx            KPIs of people and units: schedules, weights that do not sum to 100 %
    第N周.xlsx · 第N周.csv          the values of the last two weeks that have ended, one file a week
    更正.csv                        one value of the newer week, corrected so that an alert no longer holds

The .csv files are in GB18030; both forms of a file say the same in other words. What is expected is worked out here in
plain Python with fractions, and nothing of the product is used.
"""

from __future__ import annotations

import csv
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import xlsxwriter

COMPANY = "中恒制造"
DIVISIONS = ("华东事业部", "华南事业部", "华北事业部", "西南事业部", "海外事业部")
Cell = str | Decimal | date | None
Key = tuple[str, str]
"""Whose it is, as an employee number or a unit path, and the metric."""


@dataclass(frozen=True)
class Measure:
    """A metric as one position answers for it. `steps` is the smallest step its values have."""

    name: str
    weight: Decimal
    target: Decimal
    is_percent: bool = False
    is_down: bool = False


def _measure(name: str, weight: str, target: str, *, percent: bool = False, down: bool = False) -> Measure:
    return Measure(name, Decimal(weight), Decimal(target), percent, down)


# The last one of each of the first two is unknown to the library and comes with --create-metrics.
MEASURES = {
    "销售代表": (
        _measure("签约额", "0.5", "24.00"),
        _measure("回款率", "0.3", "88.0", percent=True),
        _measure("客户拜访量", "0.2", "30"),
    ),
    "技术支持": (
        _measure("首次响应时长", "0.4", "40.0", down=True),
        _measure("解决率", "0.4", "82.0", percent=True),
        _measure("知识库更新数", "0.2", "6"),
    ),
    "店铺运营": (
        _measure("GMV", "0.4", "26.00"),
        _measure("转化率", "0.3", "2.40", percent=True),
        _measure("访客数", "0.3", "57000"),
    ),
    "产品经理": (
        _measure("需求上线率", "0.6", "88.0", percent=True),
        _measure("用户活跃增长", "0.4", "2.5", percent=True),
    ),
    "质检员": (
        _measure("产品一次合格率", "0.5", "96.0", percent=True),
        _measure("来料合格率", "0.5", "95.0", percent=True),
    ),
}
POSITIONS = tuple(MEASURES)
LEADING = (_measure("团队目标达成率", "1", "95.0", percent=True),)
OF_A_UNIT = (_measure("签约额", "1", "1800.00"),)
NEW_METRICS = ("客户拜访量", "知识库更新数")


@dataclass(frozen=True)
class Person:
    """One row of the people file that is in order."""

    number: str
    name: str
    unit: str
    position: str
    manager: str
    hired_on: date
    has_left: bool = False


@dataclass
class Table:
    """A file: headers in its own order, rows (None is a blank line), and the rows it will lose, as people count."""

    title: str
    headers: Sequence[str]
    rows: list[dict[str, Cell] | None] = field(default_factory=list)
    refused: set[int] = field(default_factory=set)

    @property
    def next_row(self) -> int:
        """The number of the row that is added next: below the title and the headers."""
        return len(self.rows) + 3

    def add(self, row: dict[str, Cell], *, refused: bool = False) -> None:
        if refused:
            self.refused.add(self.next_row)
        self.rows.append(row)


@dataclass(frozen=True)
class Lights:
    """How many KPIs of a week shine in which colour."""

    green: int
    yellow: int
    red: int

    @property
    def judged(self) -> int:
        return self.green + self.yellow + self.red


@dataclass(frozen=True)
class Week:
    """One week's file and what it brings. `repeated` rows say the same as a row before them."""

    label: str
    stem: str
    table: Table
    values: dict[Key, Decimal]
    repeated: int
    lights: Lights


@dataclass(frozen=True)
class OwnCompany:
    """Everything that was written and everything that must come of it."""

    people: list[Person]
    people_table: Table
    kpi_table: Table
    kpi_rows: int
    uneven: dict[str, str]
    """Name → sum of the weights in percent, of those whose weights do not sum to 100 %."""
    weeks: tuple[Week, Week]
    alerts: set[Key]
    targets: dict[Key, tuple[Decimal, Decimal]]
    corrected: Key

    @property
    def manager(self) -> Person:
        """Who reports to whom in the browser: the manager of the first person with an alert that stays."""
        by_number = {person.number: person for person in self.people}
        return by_number[by_number[self.alerted.number].manager]

    @property
    def alerted(self) -> Person:
        """The first person with an alert that stays."""
        by_number = {person.number: person for person in self.people}
        staying = sorted(key for key in self.alerts if key[0] in by_number and key != self.corrected)
        return by_number[next(number for number, _ in staying if by_number[number].position in MEASURES)]


def own_company(today: date) -> OwnCompany:
    """The company as of `today`, the same on every call."""
    dice = random.Random(2026)  # noqa: S311 (a story, not a secret)
    monday = today - timedelta(days=today.weekday())
    starts = (monday - timedelta(days=14), monday - timedelta(days=7))
    people = list(_people())
    targets, scheduled = _targets(people, dice)
    uneven_people = [person for person in people if person.position == "销售代表"][10:13]
    kpi_table, kpi_rows = _kpi_table(people, targets, scheduled, {person.number for person in uneven_people}, starts)
    values = _values(targets, dice)
    weeks = tuple(_week(place, starts[place], values[place], targets) for place in (0, 1))
    alerts = {
        key
        for key in values[0].keys() & values[1].keys()
        if all(_is_missed(values[place][key], targets[key][place], key[1]) for place in (0, 1))
    }
    return OwnCompany(
        people=people,
        people_table=_people_table(people),
        kpi_table=kpi_table,
        kpi_rows=kpi_rows,
        uneven={person.name: "90" for person in uneven_people},
        weeks=(weeks[0], weeks[1]),
        alerts=alerts,
        targets=targets,
        corrected=max(key for key in alerts if key[0].startswith("E")),
    )


def write(company: OwnCompany, folder: Path) -> None:
    """Write all files, each as .xlsx and as .csv."""
    tables = {"花名册": company.people_table, "指标": company.kpi_table}
    tables |= {week.stem: week.table for week in company.weeks}
    for stem, table in tables.items():
        write_workbook(folder / f"{stem}.xlsx", table)
        write_text(folder / f"{stem}.csv", table)
    number, metric = company.corrected
    right = company.targets[company.corrected][1]
    table = Table("更正", ("数值", "指标", "工号", "周期"))
    table.add({"工号": number, "指标": metric, "周期": company.weeks[1].label, "数值": right})
    write_text(folder / "更正.csv", table)


# ── people


def _people() -> Iterator[Person]:
    """A general manager, 5 divisions of 6 departments of 6 groups, and whoever is left over as staff of the groups."""
    names = _names()
    numbers = (f"E{number:05d}" for number in range(1, 2001))

    def hire(unit: str, position: str, manager: str) -> Person:
        number = next(numbers)
        place = int(number[1:])
        return Person(
            number, next(names), unit, position, manager, date(2015 + place % 9, place % 12 + 1, place % 28 + 1)
        )

    top = hire(f"{COMPANY}/总经办", "总经理", "")
    yield top
    groups = []
    for division in DIVISIONS:
        head = hire(f"{COMPANY}/{division}", "事业部总经理", top.number)
        yield head
        for department in range(1, 7):
            unit = f"{COMPANY}/{division}/{department}部"
            lead = hire(unit, "部门经理", head.number)
            yield lead
            for group in range(1, 7):
                leader = hire(f"{unit}/{group}组", "组长", lead.number)
                yield leader
                groups.append(leader)
    for place in range(2000 - 1 - 5 - 30 - 180):
        leader = groups[place % len(groups)]
        person = hire(leader.unit, POSITIONS[place % len(groups) % len(POSITIONS)], leader.number)
        has_left = place % 300 == 299
        yield Person(**{**vars(person), "has_left": has_left})


def _names() -> Iterator[str]:
    family = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
    first = "伟芳敏静磊洋艳勇杰娟涛超霞平刚桂英兰玉萍红玲"
    second = "明华军波辉斌宇鑫婷雪梅"
    for one in first:
        for two in second:
            for name in family:
                yield name + one + two


def _people_table(people: Sequence[Person]) -> Table:
    headers = ("岗位", "姓名*", "部门", "入职日期", "工号（必填）", "状态", "直属上级工号", "电子邮箱")
    table = Table(f"{COMPANY}员工花名册", headers)
    days = _ways_to_write_a_day()
    for place, person in enumerate(people):
        if place % 97 == 0:
            table.rows.append(None)
        number = wide(person.number) if place % 7 == 3 else f" {person.number}" if place % 7 == 5 else person.number
        table.add(
            {
                "工号（必填）": number,
                "姓名*": f"{person.name}\u3000" if place % 5 == 0 else person.name,
                "部门": person.unit.replace("/", " / ") if place % 6 == 1 else person.unit,
                "岗位": person.position,
                "直属上级工号": wide(person.manager) if place % 4 == 1 else person.manager,
                "入职日期": next(days)(person.hired_on),
                "状态": "离职" if person.has_left else "" if place % 3 else "在职",
                "电子邮箱": f"{person.number.lower()}@zhongheng.example" if place % 2 else "",
            }
        )
    for broken in _broken_people(people):
        table.add({"部门": people[50].unit, "岗位": "销售代表", "状态": "在职", **broken}, refused=True)
    table.rows += [None, None]
    return table


def _broken_people(people: Sequence[Person]) -> Iterator[dict[str, Cell]]:
    """Rows that cannot be taken, each for a reason of its own, and those that fall with them."""

    def row(number: str, manager: str, **others: Cell) -> dict[str, Cell]:
        return {"工号（必填）": number, "姓名*": f"错{number[-2:]}", "直属上级工号": manager, **others}

    boss = people[40].number
    yield row(people[300].number, boss)
    yield row(wide(people[301].number), boss)
    yield row("E90001", "E99999")
    yield row("E90002", "查无此人")
    # A circle of three, and somebody below it.
    yield row("E90011", "E90012")
    yield row("E90012", "E90013")
    yield row("E90013", "E90011")
    yield row("E90014", "E90013")
    yield row("E90021", boss, 入职日期="2023-02-30")
    yield row("E90022", boss, 状态="在编不在岗")
    yield row("E90023", boss, 电子邮箱="没有邮箱")
    yield {**row("E90024", boss), "姓名*": ""}
    yield row("", boss)
    yield row("E90025", "E90025")


def _ways_to_write_a_day() -> Iterator:
    ways = (
        lambda day: day,
        lambda day: f"{day:%Y-%m-%d}",
        lambda day: f"{day.year}/{day.month}/{day.day}",
        lambda day: f"{day.year}年{day.month}月{day.day}日",
        lambda day: f"{day:%Y%m%d}",
        lambda day: f"{day.year}.{day.month}.{day.day}",
    )
    while True:
        yield from ways


# ── KPIs


def _targets(people: Sequence[Person], dice: random.Random) -> tuple[dict[Key, tuple[Decimal, Decimal]], set[str]]:
    """The target of each KPI in the two weeks, and who has another one in the second week."""
    staff = [person for person in people if person.position in MEASURES and not person.has_left]
    scheduled = {person.number for person in staff[100:150]}
    subjects = [(person.number, MEASURES[person.position]) for person in staff]
    subjects += [
        (person.number, LEADING) for person in people if person.position in ("事业部总经理", "部门经理", "组长")
    ]
    subjects += [(f"{COMPANY}/{division}/{place}部", OF_A_UNIT) for division in DIVISIONS for place in range(1, 7)]
    found = {}
    for subject, measures in subjects:
        for measure in measures:
            first = _scaled(measure.target, Decimal(dice.randrange(85, 116)) / 100)
            second = _scaled(first, Decimal("1.1")) if subject in scheduled else first
            found[subject, measure.name] = (first, second)
    return found, scheduled


def _kpi_table(
    people: Sequence[Person],
    targets: dict[Key, tuple[Decimal, Decimal]],
    scheduled: set[str],
    uneven: set[str],
    starts: tuple[date, date],
) -> tuple[Table, int]:
    """The file of KPIs and how many of its rows are good."""
    headers = ("目标值", "指标名称", "工号", "部门", "权重", "生效自", "生效至", "门槛", "挑战", "评分方法")
    table = Table("第四季度指标一览", headers)
    positions = {person.number: person.position for person in people}
    for place, ((subject, metric), (first, second)) in enumerate(targets.items()):
        if place % 211 == 0:
            table.rows.append(None)
        measure = measure_of(subject, metric, positions.get(subject, ""))
        weight = Decimal("0.4") if subject in uneven and metric == "签约额" else measure.weight
        row: dict[str, Cell] = {
            "工号": "" if "/" in subject else subject.lower() if place % 9 == 4 else subject,
            "部门": subject if "/" in subject else "",
            "指标名称": metric,
            "权重": (f"{weight:.0%}", f"{weight * 100:.0f}", weight)[place % 3] if weight < 1 else "100%",
        }
        if metric == "签约额" and "/" not in subject and place % 2:
            row |= {"门槛": _scaled(second, Decimal("0.8")), "挑战": _scaled(second, Decimal("1.2"))}
        elif place % 4 == 0:
            row["评分方法"] = "完成率法"
        if subject in scheduled:
            old = {"生效自": starts[0] - timedelta(days=196), "生效至": f"{starts[1] - timedelta(days=1):%Y-%m-%d}"}
            table.add({**row, **old, "目标值": written(first, place, measure)})
            row["生效自"] = f"{starts[1]:%Y/%m/%d}"
        table.add({**row, "目标值": written(second, place, measure)})
    good = sum(row is not None for row in table.rows)
    for broken in _broken_kpis(people):
        table.add(broken, refused=True)
    return table, good


def _broken_kpis(people: Sequence[Person]) -> Iterator[dict[str, Cell]]:
    row = {"工号": people[60].number, "部门": "", "指标名称": "客单价", "权重": "10%", "目标值": "100"}
    yield {**row, "工号": "E99999"}
    yield {**row, "工号": "", "部门": f"{COMPANY}/没有这个部门"}
    yield {**row, "工号": ""}
    yield {**row, "指标名称": ""}
    yield {**row, "目标值": "越高越好"}
    yield {**row, "目标值": ""}
    yield {**row, "权重": "0"}
    yield {**row, "权重": "130%"}
    yield {**row, "评分方法": "看心情"}
    yield {**row, "生效自": "2026-13-01"}
    yield {**row, "生效自": "2026-06-30", "生效至": "2026-06-01"}


def measure_of(subject: str, metric: str, position: str) -> Measure:
    """What `subject` answers for under the name `metric`."""
    measures = OF_A_UNIT if "/" in subject else MEASURES.get(position, LEADING)
    return next(measure for measure in measures if measure.name == metric)


# ── values


def _values(
    targets: dict[Key, tuple[Decimal, Decimal]], dice: random.Random
) -> tuple[dict[Key, Decimal], dict[Key, Decimal]]:
    """The values of both weeks; some are missing, and some lie exactly on the edge of a light."""
    weeks: tuple[dict[Key, Decimal], dict[Key, Decimal]] = ({}, {})
    edges = (Decimal("0.95"), Decimal("0.75"), Decimal(1))
    for place, (key, pair) in enumerate(targets.items()):
        trouble = Decimal(dice.randrange(55, 100)) / 100 if dice.random() < 0.06 else None
        for values, target in zip(weeks, pair, strict=True):
            share = trouble or Decimal(dice.randrange(96, 118)) / 100
            if place % 50 == 7:
                share = edges[place // 50 % 3]
            if place % 40 != 9 or (values is weeks[1] and place % 80 == 9):
                down = key[1] == "首次响应时长"
                values[key] = _scaled(target, 2 - share if down else share)
    return weeks


def _week(place: int, start: date, values: dict[Key, Decimal], targets: dict[Key, tuple[Decimal, Decimal]]) -> Week:
    year, number, _ = start.isocalendar()
    label = f"{year}-W{number:02d}"
    table = Table(f"{label} 业绩数据", ("指标", "数值", "周期", "工号", "部门路径", "备注"))
    days = (label, label, f"{start + timedelta(days=2):%Y-%m-%d}", f"{start.year}年{start.month}月{start.day}日")
    good = []
    for line, ((subject, metric), value) in enumerate(values.items()):
        if line % 333 == 1:
            table.rows.append(None)
        measure = Measure(metric, Decimal(1), value, is_percent=metric.endswith("率") or metric == "用户活跃增长")
        good.append(
            {
                "工号": "" if "/" in subject else wide(subject) if line % 8 == 2 else subject,
                "部门路径": subject if "/" in subject else "",
                "指标": f"{metric} " if line % 10 == 6 else metric,
                "周期": days[line % 4],
                "数值": written(value, line, measure),
                "备注": "系统导出" if line % 3 == 0 else "",
            }
        )
        table.add(good[-1])
    repeated = good[20:25]
    for row in repeated:
        table.add({**row, "备注": "重复导出"})
    for broken in _broken_values(good[0], label, year):
        table.add(broken, refused=True)
    return Week(label, f"第{number}周", table, values, len(repeated), _lights(values, targets, place))


def _broken_values(row: dict[str, Cell], label: str, year: int) -> Iterator[dict[str, Cell]]:
    yield {**row, "工号": "E99999"}
    yield {**row, "工号": "E90011"}
    yield {**row, "工号": "", "部门路径": f"{COMPANY}/没有这个部门"}
    yield {**row, "工号": "", "部门路径": ""}
    yield {**row, "指标": "签约金额"}
    yield {**row, "指标": ""}
    yield {**row, "周期": f"{year}-W60"}
    yield {**row, "周期": "上周"}
    yield {**row, "周期": f"{year}-Q4"}
    yield {**row, "数值": "NaN"}
    yield {**row, "数值": "待定"}
    yield {**row, "数值": "1e400"}
    yield {**row, "数值": "-"}
    # Two rows that contradict each other: nobody can tell which is right.
    yield {**row, "工号": "E00001", "指标": "GMV", "周期": label, "数值": "12"}
    yield {**row, "工号": "Ｅ００００１", "指标": "GMV", "周期": label, "数值": "13"}


def _lights(values: dict[Key, Decimal], targets: dict[Key, tuple[Decimal, Decimal]], place: int) -> Lights:
    counts = Counter(_light(value, targets[key][place], key[1]) for key, value in values.items())
    return Lights(counts["green"], counts["yellow"], counts["red"])


def _attained(value: Decimal, target: Decimal, metric: str) -> Fraction:
    share = Fraction(value) / Fraction(target)
    return 2 - share if metric == "首次响应时长" else share


def _light(value: Decimal, target: Decimal, metric: str) -> str:
    attained = _attained(value, target, metric)
    return "green" if attained >= Fraction(95, 100) else "yellow" if attained >= Fraction(75, 100) else "red"


def _is_missed(value: Decimal, target: Decimal, metric: str) -> bool:
    return _attained(value, target, metric) < 1


# ── how people write


def _scaled(number: Decimal, share: Decimal) -> Decimal:
    """`number` × `share` with as many decimals as `number`, but never none at all: 0 is no target."""
    return max((number * share).quantize(number), Decimal(1).scaleb(number.as_tuple().exponent))


def wide(text: str) -> str:
    """The text as a Chinese keyboard may type it: Ｅ０００１２, １２．５％."""
    return "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in text)


def written(number: Decimal, place: int, measure: Measure) -> Cell:
    """The number in one of the ways in which people write numbers."""
    if measure.is_percent:
        return (f"{number}%", str(number), wide(f"{number}%"), f"{number} %", number)[place % 5]
    if number >= 10_000 and place % 2:
        return f"{(number / 10_000).normalize():f}万"
    return (str(number), f"{number:,}", wide(str(number)), f" {number} ", number)[place % 5]


def write_workbook(path: Path, table: Table) -> None:
    """Write .xlsx: numbers and days as Excel's own, everything else as text."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("数据")
        day = book.add_format({"num_format": "yyyy/m/d"})
        sheet.merge_range(0, 0, 0, len(table.headers) - 1, table.title)
        sheet.write_row(1, 0, table.headers)
        for place, row in enumerate(table.rows, start=2):
            for column, header in enumerate(table.headers):
                cell = (row or {}).get(header)
                if isinstance(cell, date):
                    sheet.write_datetime(place, column, datetime(cell.year, cell.month, cell.day), day)  # noqa: DTZ001
                elif isinstance(cell, Decimal):
                    sheet.write_number(place, column, float(cell))
                elif cell:
                    sheet.write_string(place, column, cell)


def write_text(path: Path, table: Table) -> None:
    """Write .csv in GB18030, as Chinese Excel and most systems in use export it."""
    with path.open("w", encoding="gb18030", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([table.title, *("" for _ in table.headers[1:])])
        writer.writerow(table.headers)
        for row in table.rows:
            writer.writerow([_text((row or {}).get(header)) for header in table.headers])


def _text(cell: Cell) -> str:
    if isinstance(cell, date):
        return f"{cell.year}/{cell.month}/{cell.day}"
    return "" if cell is None else str(cell)


def main() -> None:
    """Write the files for a tour by hand, and say what to type."""
    folder = Path(sys.argv[1]) if len(sys.argv) == 2 else sys.exit(__doc__)
    folder.mkdir(parents=True, exist_ok=True)
    company = own_company(date.today())  # noqa: DTZ011
    write(company, folder)
    first, second = company.weeks
    print(f"accord import people {folder}/花名册.xlsx           → {len(company.people)} created")
    print(f"accord import kpis {folder}/指标.csv --create-metrics → {company.kpi_rows} created")
    for week in company.weeks:
        print(f"accord import measurements {folder}/{week.stem}.csv --source CRM → {len(week.values)} created")
        print(f"accord evaluate --period {week.label} → {week.lights}")
    print(f"{len(company.alerts)} alerts after {first.label} and {second.label}")
    print(f"Manager: {company.manager.number} {company.manager.name}, of {company.alerted.name}")


if __name__ == "__main__":
    main()
