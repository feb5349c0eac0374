"""The people every test knows: 小张 employee, 李经理 manager, 王HRBP, 陈总 executive, 外人 a stranger in another line.

远航电商            陈总 (executive), 郑管理员 (administrator), 钱审计 (auditor), 王HRBP (of 销售部)
├── 销售部/华东组   李经理 → 陈总; 小张, 小林 → 李经理
└── 客服部          赵经理 → 陈总; 外人 → 赵经理
"""

from dataclasses import dataclass
from datetime import date

import pytest
from django.test import Client

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
    user = User.objects.create_user(employee_no, f"{employee_no}@example.com".lower(), "secret", name=name)
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
    """The cast, freshly made for one test."""
    company, service = org_unit("远航电商"), org_unit("远航电商/客服部")
    east = org_unit("远航电商/销售部/华东组")
    sales = org_unit("远航电商/销售部")
    chen = employee("A001", "陈总", company, position="总经理")
    li = employee("A010", "李经理", east, chen, position="销售经理")
    zhao = employee("A020", "赵经理", service, chen, position="客服经理")
    made = Cast(
        xiaozhang=employee("A011", "小张", east, li),
        manager_li=li,
        hrbp_wang=employee("A030", "王HRBP", company, chen, position="HRBP"),
        executive_chen=chen,
        stranger=employee("A021", "外人", service, zhao, position="技术支持"),
        stranger_manager=zhao,
        colleague=employee("A012", "小林", east, li),
        administrator=employee("A040", "郑管理员", company, chen, position="系统管理员"),
        auditor=employee("A050", "钱审计", company, chen, position="审计"),
        company=company,
        sales=sales,
        east=east,
        service=service,
    )
    grant(chen, RoleGrant.Role.EXECUTIVE)
    grant(made.hrbp_wang, RoleGrant.Role.HRBP, sales)
    grant(made.administrator, RoleGrant.Role.ADMINISTRATOR)
    grant(made.auditor, RoleGrant.Role.AUDITOR)
    return made


def client_of(person: Employee) -> Client:
    """A browser in which `person` has signed in."""
    client = Client()
    client.force_login(person.user)
    return client
