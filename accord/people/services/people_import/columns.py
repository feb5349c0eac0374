"""What a file of people may hold, and the words that people use in it."""

from __future__ import annotations

from accord.foundation.spreadsheets import Column
from accord.people.models import Employee

COLUMNS = (
    Column("employee_no", ("工号", "employee_no", "员工编号", "employee number")),
    Column("name", ("姓名", "name"), required=False),
    Column("email", ("邮箱", "email", "电子邮箱", "e-mail"), required=False),
    Column("org_unit", ("部门", "org_unit", "组织"), required=False),
    Column("position", ("岗位", "position", "职位"), required=False),
    Column("manager_no", ("直属上级工号", "manager_no", "上级工号", "直接上级工号"), required=False),
    Column("hired_on", ("入职日期", "hired_on"), required=False),
    Column("status", ("状态", "status", "在职状态"), required=False),
)

STATUS_WORDS = {
    "在职": Employee.Status.ACTIVE,
    "active": Employee.Status.ACTIVE,
    "休假": Employee.Status.ON_LEAVE,
    "请假": Employee.Status.ON_LEAVE,
    "on leave": Employee.Status.ON_LEAVE,
    "on_leave": Employee.Status.ON_LEAVE,
    "离职": Employee.Status.LEFT,
    "left": Employee.Status.LEFT,
}
"""How files say the status, in lower case."""


def number_key(employee_no: str) -> str:
    """What two ways of writing one employee number have in common: accounts do not tell capitals apart either."""
    return employee_no.casefold()
