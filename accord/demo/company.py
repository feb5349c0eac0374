"""Who works at 远航电商, a cross-border e-commerce firm of 120 people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

COMPANY = "远航电商"


@dataclass(frozen=True)
class Person:
    """One employee as the people file names them; `manager_no` is empty for the one at the top."""

    employee_no: str
    name: str
    org_unit: str
    position: str
    manager_no: str
    hired_on: str

    @property
    def email(self) -> str:
        return f"{self.employee_no.lower()}@yuanhang.example"


# Department → (title of its head, groups); group → (title of its leader, positions and how many of each).
_DEPARTMENTS: dict[str, tuple[str, dict[str, tuple[str, dict[str, int]]]]] = {
    "店铺运营部": (
        "运营总监",
        {
            "北美组": ("运营主管", {"店铺运营": 7, "活动运营": 1, "用户运营": 1}),
            "欧洲组": ("运营主管", {"店铺运营": 7, "活动运营": 1, "用户运营": 1}),
            "东南亚组": ("运营主管", {"店铺运营": 7, "活动运营": 1, "用户运营": 1}),
        },
    ),
    "市场部": (
        "市场总监",
        {
            "投放组": ("投放主管", {"广告投放": 5}),
            "内容组": ("内容主管", {"内容运营": 4, "市场专员": 2}),
        },
    ),
    "客服部": (
        "客服总监",
        {
            "售前组": ("客服主管", {"客服专员": 7}),
            "售后组": ("客服主管", {"售后工程师": 4, "技术支持": 3}),
        },
    ),
    "销售部": (
        "销售总监",
        {
            "渠道组": ("销售主管", {"渠道经理": 4}),
            "直销组": ("销售主管", {"销售代表": 6, "大客户经理": 1}),
        },
    ),
    "产品技术部": (
        "技术总监",
        {
            "产品组": ("产品主管", {"产品经理": 3, "UI设计师": 2}),
            "研发组": (
                "研发主管",
                {"后端工程师": 4, "前端工程师": 3, "测试工程师": 2, "运维工程师": 1, "数据分析师": 1},
            ),
        },
    ),
    "供应链部": (
        "供应链总监",
        {
            "采购组": ("采购主管", {"采购专员": 3}),
            "仓储物流组": ("仓储主管", {"物流专员": 4, "计划专员": 2}),
        },
    ),
    "人力资源部": ("人力资源总监", {"": ("", {"HRBP": 2, "招聘专员": 2})}),
    "财务部": ("财务总监", {"": ("", {"财务会计": 3, "财务分析": 1, "法务专员": 1})}),
}

_FAMILY_NAMES = "张李王刘杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"  # noqa: E501
_GIVEN_NAMES = (  # two or one character each, parted by spaces
    "晓雨 明 芳 静怡 浩然 思远 佳琪 伟 雪 志强 婷 俊杰 欣怡 磊 丹 子涵 洋 敏 "
    "建国 雨桐 凯 梦琪 嘉豪 慧 宇轩 丽华 鹏 诗涵 涛 雅婷 文博 琳 天宇 倩 海峰"
)
# People the tour introduces; everybody else is named by the lists above.
_KNOWN = {
    ("", "总经理"): "陈远航",
    ("店铺运营部", "运营总监"): "周敏",
    ("北美组", "运营主管"): "李明",
    ("北美组", "店铺运营"): "张晓雨",
    ("人力资源部", "HRBP"): "王芳",
    ("总经办", "IT支持"): "郑凯",
}


def people() -> list[Person]:
    """All 120, from the top down, the same on every call."""
    numbers = (f"YH{number:04d}" for number in count(1))
    names = _names()
    met: set[tuple[str, str]] = set()

    def hire(place: str, unit: str, position: str, manager: str) -> Person:
        known = (place, position)
        name = _KNOWN[known] if known in _KNOWN and known not in met else next(names)
        met.add(known)
        number = next(numbers)
        joined = int(number[2:]) * 7 % 60
        return Person(number, name, unit, position, manager, f"{2019 + joined // 10}-{joined % 12 + 1:02d}-01")

    top = hire("", f"{COMPANY}/总经办", "总经理", "")
    staff = [top, hire("总经办", f"{COMPANY}/总经办", "IT支持", top.employee_no)]
    for department, (title, groups) in _DEPARTMENTS.items():
        head = hire(department, f"{COMPANY}/{department}", title, top.employee_no)
        staff.append(head)
        for group, (leader_title, positions) in groups.items():
            unit = f"{COMPANY}/{department}/{group}".rstrip("/")
            place = group or department
            leader = hire(place, unit, leader_title, head.employee_no) if leader_title else head
            staff += [leader] if leader_title else []
            for position, heads in positions.items():
                staff += [hire(place, unit, position, leader.employee_no) for _ in range(heads)]
    return staff


def is_demo_company(first: tuple[str, str] | None) -> bool:
    """Whether `first`, the number and name of whoever was hired first, is the head of the demo company."""
    top = people()[0]
    return first == (top.employee_no, top.name)


def _names() -> Iterator[str]:
    """Names that do not repeat, in an order without a pattern one notices."""
    given_names = _GIVEN_NAMES.split()
    used = set(_KNOWN.values())
    for step in count():
        name = _FAMILY_NAMES[step * 37 % len(_FAMILY_NAMES)] + given_names[step * 11 % len(given_names)]
        if name not in used:
            used.add(name)
            yield name
