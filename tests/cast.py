"""The people every test knows: 小张 employee, 李经理 manager, 王HRBP, 陈总 executive, 外人 a stranger in another line.

远航电商            陈总 (executive), 郑管理员 (administrator), 钱审计 (auditor), 王HRBP (of 销售部)
├── 销售部/华东组   李经理 → 陈总; 小张, 小林 → 李经理
└── 客服部          赵经理 → 陈总; 外人 → 赵经理
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse

from accord.foundation.models import User
from accord.people.models import (
    Employee,
    OrgClosure,
    OrgUnit,
    OrgUnitClosure,
    Placement,
    Position,
    ReportingLine,
    RoleGrant,
)

SINCE = date(2026, 1, 1)


@dataclass(frozen=True)
class Cast:
    """Each an Employee with a `user` who can sign in; `colleague` shares 小张's manager."""

    xiaozhang: Employee
    manager_li: Employee
    hrbp_wang: Employee
    executive_chen: Employee
    stranger: Employee
    stranger_manager: Employee
    colleague: Employee
    administrator: Employee
    auditor: Employee
    company: OrgUnit
    sales: OrgUnit
    east: OrgUnit
    service: OrgUnit


def org_unit(path: str) -> OrgUnit:
    """The unit at `path`, made with all units above it."""
    found = OrgUnit.objects.filter(path=path).first()
    if found:
        return found
    above, _, name = path.rpartition("/")
    parent = org_unit(above) if above else None
    unit = OrgUnit.objects.create(path=path, name=name, parent=parent)
    chain = OrgUnitClosure.objects.filter(descendant=parent) if parent else []
    OrgUnitClosure.objects.bulk_create(
        [OrgUnitClosure(ancestor=unit, descendant=unit, depth=0)]
        + [OrgUnitClosure(ancestor_id=row.ancestor_id, descendant=unit, depth=row.depth + 1) for row in chain]
    )
    return unit


def employee(
    employee_no: str,
    name: str,
    unit: OrgUnit,
    manager: Employee | None = None,
    position: str = "销售代表",
    since: date = SINCE,
) -> Employee:
    """A person who works here since `since`, with an account, a placement and the line above them."""
    user = _account(employee_no, name)
    user.save()
    post, _ = Position.objects.get_or_create(name=position)
    person = Employee.objects.create(
        employee_no=employee_no,
        name=name,
        email=user.email,
        user=user,
        org_unit=unit,
        position=post,
        manager=manager,
        hired_on=since,
    )
    Placement.objects.create(employee=person, org_unit=unit, position=post, valid_from=since)
    OrgClosure.objects.create(ancestor=person, descendant=person, depth=0, valid_from=since)
    if manager:
        ReportingLine.objects.create(employee=person, manager=manager, valid_from=since)
        for row in OrgClosure.objects.filter(descendant=manager, valid_to=None):
            OrgClosure.objects.create(
                ancestor_id=row.ancestor_id, descendant=person, depth=row.depth + 1, valid_from=since
            )
    return person


def grant(person: Employee, role: str, unit: OrgUnit | None = None, since: date = SINCE) -> RoleGrant:
    """Give `person` a role from `since` on."""
    return RoleGrant.objects.create(employee=person, role=role, org_unit=unit, valid_from=since)


@pytest.fixture
def cast(db: None) -> Cast:
    """The cast, freshly made for one test; together, because nearly every test begins with it."""
    company, service = org_unit("远航电商"), org_unit("远航电商/客服部")
    east = org_unit("远航电商/销售部/华东组")
    sales = org_unit("远航电商/销售部")
    posts = {name: Position(name=name) for name in {row[3] for row in _CAST}}
    Position.objects.bulk_create(posts.values())
    users = [_account(number, name) for number, name, *_ in _CAST]
    User.objects.bulk_create(users)
    units = {"company": company, "east": east, "service": service}
    people: dict[str, Employee] = {}
    for depth in range(3):
        level = [
            Employee(
                employee_no=number,
                name=name,
                email=user.email,
                user=user,
                org_unit=units[unit],
                position=posts[post],
                manager=people.get(manager),
                hired_on=SINCE,
            )
            for user, (number, name, unit, post, manager) in zip(users, _CAST, strict=True)
            if len(_line(manager)) == depth
        ]
        Employee.objects.bulk_create(level)
        people |= {person.employee_no: person for person in level}
    _write_lines(people)
    made = Cast(
        xiaozhang=people["A011"],
        manager_li=people["A010"],
        hrbp_wang=people["A030"],
        executive_chen=people["A001"],
        stranger=people["A021"],
        stranger_manager=people["A020"],
        colleague=people["A012"],
        administrator=people["A040"],
        auditor=people["A050"],
        company=company,
        sales=sales,
        east=east,
        service=service,
    )
    roles = (
        (made.executive_chen, RoleGrant.Role.EXECUTIVE, None),
        (made.hrbp_wang, RoleGrant.Role.HRBP, sales),
        (made.administrator, RoleGrant.Role.ADMINISTRATOR, None),
        (made.auditor, RoleGrant.Role.AUDITOR, None),
    )
    RoleGrant.objects.bulk_create(
        RoleGrant(employee=person, role=role, org_unit=unit, valid_from=SINCE) for person, role, unit in roles
    )
    return made


_CAST = (
    ("A001", "陈总", "company", "总经理", ""),
    ("A010", "李经理", "east", "销售经理", "A001"),
    ("A020", "赵经理", "service", "客服经理", "A001"),
    ("A011", "小张", "east", "销售代表", "A010"),
    ("A030", "王HRBP", "company", "HRBP", "A001"),
    ("A021", "外人", "service", "技术支持", "A020"),
    ("A012", "小林", "east", "销售代表", "A010"),
    ("A040", "郑管理员", "company", "系统管理员", "A001"),
    ("A050", "钱审计", "company", "审计", "A001"),
)
"""Number, name, unit, position and the manager's number."""
_ABOVE = {row[0]: row[4] for row in _CAST}


def _line(number: str) -> list[str]:
    """The numbers from somebody up to the top, themselves first."""
    return [number, *_line(_ABOVE[number])] if number else []


def _account(number: str, name: str) -> User:
    return User(username=number, email=f"{number}@example.com".lower(), password=_password(), name=name)


@cache
def _password() -> str:
    return make_password("secret")


def _write_lines(people: dict[str, Employee]) -> None:
    everybody = people.values()
    Placement.objects.bulk_create(
        Placement(employee=each, org_unit=each.org_unit, position=each.position, valid_from=SINCE) for each in everybody
    )
    ReportingLine.objects.bulk_create(
        ReportingLine(employee=each, manager=each.manager, valid_from=SINCE) for each in everybody if each.manager
    )
    OrgClosure.objects.bulk_create(
        OrgClosure(ancestor=people[above], descendant=each, depth=depth, valid_from=SINCE)
        for each in everybody
        for depth, above in enumerate(_line(each.employee_no))
    )


def client_of(person: Employee) -> Client:
    """A browser in which `person` has signed in."""
    client = Client()
    client.force_login(person.user)
    return client


def text_at(person: Employee, url: str) -> str:
    """What `person` reads at an address."""
    return str(client_of(person).get(url).content.decode())


def page_of(person: Employee, name: str, *args: Any, query: str = "") -> str:
    """What `person` reads on a page, by the name of its address."""
    return text_at(person, reverse(name, args=args) + query)
