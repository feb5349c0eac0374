"""The company of the stories, built by the product's own commands: `python -m tests.e2e.story FOLDER`.

远航电商            陈总 (executive), 郑管理员 (administrator), 王HRBP (of 远航电商)
├── 销售部/华东组   李经理 → 陈总; 小张, 小林, 小周, 小吴 → 李经理
└── 客服部          赵经理 → 陈总; 外人 → 赵经理

Thirteen weeks of values up to the newest that has ended. 签约额 of the four missed its target in the last two of them,
so 李经理 has four coaching tasks: one for each story that ends with closing or putting off.
"""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

COMPANY, EAST, SERVICE = "远航电商", "远航电商/销售部/华东组", "远航电商/客服部"
NUMBERS = {
    "陈总": "A001", "李经理": "A010", "小张": "A011", "小林": "A012", "小周": "A013", "小吴": "A014", "赵经理": "A020",
    "外人": "A021", "王HRBP": "A030", "郑管理员": "A040",
}  # fmt: skip
REPORTS = ("小张", "小林", "小周", "小吴")
PASSWORD = "Jin-Tian-Tan-Yi-Tan-9"
WEEKS = 13
SOURCE, VALUES_FILE = "CRM", "签约周报.csv"


def today() -> date:
    """The product's day: it lives by Chinese time unless told otherwise."""
    return datetime.now(ZoneInfo("Asia/Shanghai")).date()


def week(back: int) -> str:
    """The week `back` weeks before the one that runs, as people write it."""
    year, number, _ = (today() - timedelta(weeks=back)).isocalendar()
    return f"{year}-W{number:02d}"


def mailbox(name: str) -> str:
    """Where somebody gets their mail."""
    return f"{NUMBERS[name].lower()}@yuanhang.example"


def people() -> Iterable[Sequence[str]]:
    """The roster."""

    def row(name: str, unit: str, position: str, manager: str = "") -> Sequence[str]:
        number = NUMBERS[name]
        return number, name, mailbox(name), unit, position, NUMBERS.get(manager, ""), "2022-03-01", "在职"

    yield "工号", "姓名", "邮箱", "部门", "岗位", "直属上级工号", "入职日期", "状态"
    yield row("陈总", COMPANY, "总经理")
    yield row("李经理", EAST, "销售经理", "陈总")
    for name in REPORTS:
        yield row(name, EAST, "销售代表", "李经理")
    yield row("赵经理", SERVICE, "客服经理", "陈总")
    yield row("外人", SERVICE, "技术支持", "赵经理")
    yield row("王HRBP", COMPANY, "HRBP", "陈总")
    yield row("郑管理员", COMPANY, "系统管理员", "陈总")


def kpis() -> Iterable[Sequence[str]]:
    """What everybody answers for."""
    yield "工号", "指标", "权重", "目标"
    for name in REPORTS:
        yield NUMBERS[name], "签约额", "50%", "24"
        yield NUMBERS[name], "回款率", "30%", "88"
        yield NUMBERS[name], "客单价", "20%", "3600"
    yield NUMBERS["李经理"], "团队目标达成率", "100%", "95"
    yield NUMBERS["外人"], "解决率", "100%", "82"


def values() -> Iterable[Sequence[str]]:
    """Thirteen weeks: a little better than the target, but for the last two of 签约额."""
    yield "周期", "工号", "指标", "数值"
    for back in range(WEEKS, 0, -1):
        for place, name in enumerate(REPORTS):
            signed = {2: 21.5 - place, 1: 16.8 - place}.get(back, 24.6 + (back * 3 + place) % 4)
            yield week(back), NUMBERS[name], "签约额", f"{signed:.2f}"
            yield week(back), NUMBERS[name], "回款率", f"{89 + (back + place) % 5}%"
            yield week(back), NUMBERS[name], "客单价", f"{3650 + (back * 7 + place) % 9 * 20:,}"
        yield week(back), NUMBERS["李经理"], "团队目标达成率", f"{96 + back % 3}%"
        yield week(back), NUMBERS["外人"], "解决率", f"{83 + back % 4}%"


def write(path: Path, rows: Iterable[Sequence[object]]) -> Path:
    """Write a file as Chinese Excel exports it."""
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def build(folder: Path) -> None:
    """Fill the empty home that the environment names."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "accord.config.settings"
    django.setup()
    from django.core.management import call_command

    from accord.foundation.models import User
    from accord.foundation.services.accounts import set_password_for

    call_command("migrate", verbosity=0)
    call_command("import", "people", str(write(folder / "花名册.csv", people())))
    call_command("import", "kpis", str(write(folder / "指标.csv", kpis())))
    call_command("import", "measurements", str(write(folder / VALUES_FILE, values())), "--source", SOURCE)
    call_command("evaluate")
    call_command("grant", "executive", NUMBERS["陈总"])
    call_command("grant", "administrator", NUMBERS["郑管理员"])
    call_command("grant", "hrbp", NUMBERS["王HRBP"], "--unit", COMPANY)
    for number in NUMBERS.values():
        set_password_for(User.objects.get(username=number), PASSWORD)


if __name__ == "__main__":
    build(Path(sys.argv[1]))
