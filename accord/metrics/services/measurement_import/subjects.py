"""Whose value it is: employee numbers and unit paths become subjects (see accord.metrics.services.series)."""

from __future__ import annotations

import polars as pl
from django.utils.translation import gettext_noop as _

from accord.foundation.imports import Remark
from accord.metrics.services.frames import FEW, among, read_frame
from accord.metrics.services.measurement_import.refusing import refuse
from accord.people.access import ImportReach

_EMPLOYEE = {"subject": pl.Int64, "number": pl.String}
_UNIT = {"subject": pl.Int64, "path": pl.String}


def with_subjects(rows: pl.DataFrame) -> tuple[pl.DataFrame, list[Remark]]:
    """`rows` with the column `subject`, null where it is refused. With both given, the employee number counts."""
    is_person = pl.col("employee_no").is_not_null()
    people, people_refused = _people(rows.filter(is_person))
    units, units_refused = _units(rows.filter(~is_person))
    return pl.concat([people, units]), [*people_refused, *units_refused]


def within_reach(rows: pl.DataFrame, reach: ImportReach | None) -> tuple[pl.DataFrame, list[Remark]]:
    """`rows` with `subject` null where whoever brings the file in may not speak about them, each with a refusal."""
    if reach is None:
        return rows, []
    subjects = [*reach.employees, *(-unit for unit in reach.units)]
    outside = pl.col("subject").is_not_null() & ~pl.col("subject").is_in(subjects)
    refused = rows.filter(outside).with_columns(whose=pl.coalesce("employee_no", "org_unit"))
    sentence = _("%(whose)s is in none of the units you are HR partner of; an administrator can bring in this row.")
    kept = rows.with_columns(subject=pl.when(outside).then(None).otherwise("subject"))
    return kept, refuse(refused, "employee_no", "subject_out_of_reach", sentence, whose="whose")


def _people(rows: pl.DataFrame) -> tuple[pl.DataFrame, list[Remark]]:
    number = rows["employee_no"].str.to_lowercase()
    known = _employees(number)
    subject = number.replace_strict(known["number"], known["subject"], default=None, return_dtype=pl.Int64)
    rows = rows.with_columns(subject=subject)
    return rows, refuse(
        rows.filter(pl.col("subject").is_null()),
        "employee_no",
        "employee_unknown",
        _("Nobody has the employee number “%(number)s”."),
        number="employee_no",
    )


def _employees(numbers: pl.Series) -> pl.DataFrame:
    """The employees of these numbers in small letters; all employees where many are asked for."""
    condition, parameters = "TRUE", []
    if numbers.to_frame("number").select(pl.col("number").approx_n_unique()).item() <= FEW // 2:
        numbers = numbers.unique()
        # SQLite knows the small letters of ASCII only; a number with others is found as it is usually written.
        small, smalls = among("lower(employee_no)", numbers.to_list())
        capital, capitals = among("employee_no", numbers.str.to_uppercase().to_list())
        condition, parameters = f"({small} OR {capital})", [*smalls, *capitals]
    select = f"SELECT id AS subject, employee_no AS number FROM employees WHERE {condition}"  # noqa: S608
    found = read_frame(select, _EMPLOYEE, parameters)
    return found.with_columns(pl.col("number").str.to_lowercase()).unique("number")


def _units(rows: pl.DataFrame) -> tuple[pl.DataFrame, list[Remark]]:
    if rows.is_empty():
        return rows.with_columns(subject=pl.lit(None, pl.Int64)), []
    paths = read_frame("SELECT -id AS subject, path FROM org_units", _UNIT)
    rows = rows.with_columns(path=pl.col("org_unit").str.replace_all(r"\s*/\s*", "/").str.strip_chars("/"))
    rows = rows.join(paths, on="path", how="left").drop("path")
    unknown, is_named = rows.filter(pl.col("subject").is_null()), pl.col("org_unit").is_not_null()
    return rows, [
        *refuse(
            unknown.filter(is_named),
            "org_unit",
            "org_unit_unknown",
            _("There is no unit “%(path)s”; write its whole path, such as 公司/销售部/华东组."),
            path="org_unit",
        ),
        *refuse(
            unknown.filter(~is_named),
            "employee_no",
            "subject_missing",
            _("The row names neither an employee nor a unit."),
        ),
    ]
