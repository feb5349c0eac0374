"""What a file of values may hold, and the words that people use in it."""

from __future__ import annotations

from accord.foundation.spreadsheets import Column

COLUMNS = (
    Column("employee_no", ("工号", "employee_no", "员工编号", "employee number"), required=False),
    Column("org_unit", ("部门", "org_unit", "组织", "部门路径"), required=False),
    Column("metric", ("指标", "metric", "指标名称", "KPI")),
    Column("period", ("周期", "period", "期间", "日期", "date")),
    Column("value", ("数值", "value", "实际值", "完成值", "actual")),
)
"""Either of the first two says whose value it is; with both, the employee number counts."""
