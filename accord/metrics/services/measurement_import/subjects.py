"""Whose value it is: employee numbers and unit paths become subjects (see accord.metrics.services.series)."""

from __future__ import annotations

import polars as pl
from django.utils.translation import gettext_noop as _

from accord.foundation.imports import Remark
from accord.metrics.services.frames import FEW, among, read_frame
from accord.metrics.services.measurement_import.refusing import refuse

_EMPLOYEE = {"employee": pl.Int64, "number": pl.String}
_UNIT = {"unit": pl.Int64, "path": pl.String}


def with_subjects(rows: pl.DataFrame) -> tuple[pl.DataFrame, list[Remark]]:
    """`rows` with the column `subject`, null where it is refused."""
    rows = rows.with_columns(
        pl.col("employee_no").str.to_lowercase().alias("number"),
        pl.col("org_unit").str.replace_all(r"\s*/\s*", "/").str.strip_chars("/").alias("path"),
    )
    if rows["number"].null_count() < rows.height:
        rows = rows.join(_employees(rows["number"].unique().drop_nulls()), on="number", how="left", maintain_order="left")
    else:
        rows = rows.with_columns(pl.lit(None, pl.Int64).alias("employee"))
    if rows["number"].null_count():
        rows = rows.join(_units(), on="path", how="left", maintain_order="left")
    else:
        rows = rows.with_columns(pl.lit(None, pl.Int64).alias("unit"))
    is_person = pl.col("number").is_not_null()
    subject = pl.when(is_person).then("employee").otherwise(-pl.col("unit"))
    return rows.drop("employee", "unit").with_columns(rows.select(subject.alias("subject"))), _refusals(rows)


def _refusals(rows: pl.DataFrame) -> list[Remark]:
    no_number, no_path = pl.col("number").is_null(), pl.col("path").is_null()
    return [
        *refuse(
            rows.filter(~no_number & pl.col("employee").is_null()),
            "employee_no",
            "employee_unknown",
            _("Nobody has the employee number “%(number)s”."),
            number="employee_no",
        ),
        *refuse(
            rows.filter(no_number & ~no_path & pl.col("unit").is_null()),
            "org_unit",
            "org_unit_unknown",
            _("There is no unit “%(path)s”; write its whole path, such as 公司/销售部/华东组."),
            path="org_unit",
        ),
        *refuse(
            rows.filter(no_number & no_path),
            "employee_no",
            "subject_missing",
            _("The row names neither an employee nor a unit."),
        ),
    ]


def _employees(numbers: pl.Series) -> pl.DataFrame:
    if len(numbers) > FEW // 2:
        condition, parameters = "TRUE", []
    else:
        # SQLite knows the small letters of ASCII only; any other number is found as it is written.
        lower, lowered = among("lower(employee_no)", numbers.to_list())
        same, written = among("employee_no", numbers.str.to_uppercase().to_list())
        condition, parameters = f"({lower} OR {same})", [*lowered, *written]
    found = read_frame(
        f"SELECT id AS employee, employee_no AS number FROM employees WHERE {condition}", _EMPLOYEE, parameters
    )
    return found.with_columns(pl.col("number").str.to_lowercase()).unique("number")


def _units() -> pl.DataFrame:
    return read_frame("SELECT id AS unit, path FROM org_units", _UNIT)
