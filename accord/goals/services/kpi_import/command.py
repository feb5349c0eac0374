"""The import itself: read, settle, store, and say what became of each row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path

import polars as pl
from django.db import transaction
from django.utils.translation import gettext_noop as _

from accord.domain.periods import Frequency
from accord.domain.wording import trimmed
from accord.foundation.clock import organisation_day
from accord.foundation.imports import ImportOptions, ImportResult, Remark
from accord.foundation.imports.rows import RowRefused
from accord.foundation.services import events
from accord.foundation.spreadsheets import read_sheet
from accord.foundation.spreadsheets.numbers import read_numbers
from accord.goals.models import Cycle
from accord.goals.services.kpi_import import storing
from accord.goals.services.kpi_import.agreements import beside_agreements
from accord.goals.services.kpi_import.rows import AMOUNTS, COLUMNS, Cells, KpiRow, Subjects, read_row
from accord.goals.services.kpi_import.schedule import Stretch, stretches
from accord.metrics.models import Metric
from accord.metrics.queries.library import metrics_by_name, nearest_metrics
from accord.metrics.services.library import MetricDefinition, ensure_metrics
from accord.people.access import ImportReach, import_reach
from accord.people.models import Employee, OrgUnit
from accord.people.services.people_import.columns import number_key


def import_kpis(path: Path, options: ImportOptions) -> ImportResult:
    """Take every good row of a KPI file in one transaction. Twice the same file changes nothing.

    Columns: employee number or unit path, metric, weight, target, and optionally threshold, stretch, scoring method and
    from–to (dates or periods; several rows make a schedule). Option `create_metrics`: unknown metrics are made, weekly,
    higher is better. Weights of one person and cycle that do not sum to 100 % are taken, with a warning that says so.
    """
    sheet = read_sheet(path, COLUMNS)
    with transaction.atomic():
        rows, refusals = _read(_with_amounts(sheet.frame).iter_rows(named=True), _subjects())
        rows, beyond = _within_reach(rows, import_reach(options.actor))
        metrics = _metrics({row.metric for row in rows}, create=options.values.get("create_metrics") == "1")
        settled, more = _settle(rows, metrics)
        settled, signed = beside_agreements(settled, metrics, organisation_day())
        options.progress(len(rows), sheet.frame.height)
        result = _store(settled, metrics, [*sheet.remarks, *refusals, *beyond, *more, *signed], options)
        # A dry run does everything and then undoes it: what it tells is exactly what would happen.
        transaction.set_rollback(options.dry_run)
    return result


def _with_amounts(frame: pl.DataFrame) -> pl.DataFrame:
    for column in AMOUNTS:
        if column in frame.columns:
            read = read_numbers(frame[column])
            named = {"micro": f"{column}_micro", "percent_micro": f"{column}_percent", "fault": f"{column}_fault"}
            frame = frame.with_columns(read.rename(named))
    return frame


def _read(cells: Iterable[Cells], subjects: Subjects) -> tuple[list[KpiRow], list[Remark]]:
    rows: list[KpiRow] = []
    refusals: list[Remark] = []
    for line in cells:
        try:
            rows.append(read_row(line, int(line["row"] or 0), subjects))
        except RowRefused as refused:
            refusals.append(refused.remark)
    return rows, refusals


def _subjects() -> Subjects:
    employees = Employee.objects.exclude(status=Employee.Status.LEFT).values_list("employee_no", "id", "name")
    return Subjects(
        employees={number_key(number): (pk, name) for number, pk, name in employees.iterator(chunk_size=10_000)},
        org_units=dict(OrgUnit.objects.values_list("path", "id")),
    )


def _within_reach(rows: list[KpiRow], reach: ImportReach | None) -> tuple[list[KpiRow], list[Remark]]:
    """Refuse the rows about people and units that whoever brings the file in may not speak about."""
    if reach is None:
        return rows, []
    known = {"employee": reach.employees, "org_unit": reach.units}
    sentence = _("%(whose)s is in none of the units you are HR partner of; an administrator can bring in this row.")
    kept, refusals = [], []
    for row in rows:
        kind, key = row.subject
        if key in known[kind]:
            kept.append(row)
        else:
            whose = {"whose": row.subject_name}
            refusals.append(Remark(row.row, "employee_no", "subject_out_of_reach", sentence, whose))
    return kept, refusals


def _metrics(names: set[str], *, create: bool) -> dict[str, Metric]:
    known = metrics_by_name(names)
    if create:
        known.update(ensure_metrics([MetricDefinition(name=name) for name in sorted(names - known.keys())]))
    return known


def _settle(rows: list[KpiRow], metrics: Mapping[str, Metric]) -> tuple[list[Stretch], list[Remark]]:
    refusals: list[Remark] = []
    by_series: defaultdict[tuple[tuple[str, int], int], list[KpiRow]] = defaultdict(list)
    for row in rows:
        if row.metric in metrics:
            by_series[row.subject, metrics[row.metric].pk].append(row)
        else:
            refusals.append(_unknown_metric(row))
    settled: list[Stretch] = []
    for same in by_series.values():
        found, refused = stretches(same, Frequency(metrics[same[0].metric].frequency))
        settled += found
        refusals += refused
    return settled, refusals


def _unknown_metric(row: KpiRow) -> Remark:
    nearest = nearest_metrics(row.metric)
    if not nearest:
        return Remark(row.row, "metric", "metric_unknown", _("There is no metric “%(name)s”."), {"name": row.metric})
    return Remark(
        row.row,
        "metric",
        "metric_unknown",
        _("There is no metric “%(name)s”; the nearest are %(nearest)s."),
        {"name": row.metric, "nearest": "、".join(nearest)},
    )


def _store(
    settled: list[Stretch], metrics: Mapping[str, Metric], refusals: list[Remark], options: ImportOptions
) -> ImportResult:
    cycles = storing.cycles_of(settled, organisation_day())
    planned, uneven = _same_weight(
        [storing.Planned(each, metrics[each.row.metric], cycles[each.row.row]) for each in settled]
    )
    series = storing.ensure_series({(*plan.stretch.row.subject, plan.metric.pk) for plan in planned})
    kpis = storing.store_kpis(planned, series)
    stored = storing.store_targets(planned, series, kpis)
    if stored.ranges:
        events.record("kpis.changed", actor=options.actor, ranges=[list(pair) for pair in stored.ranges])
    remarks = (*sorted([*refusals, *uneven], key=lambda remark: remark.row), *_weight_warnings(planned, kpis))
    return ImportResult(
        created=stored.counts["created"],
        changed=stored.counts["changed"],
        same=stored.counts["same"],
        refused=sum(remark.is_refusal for remark in remarks),
        remarks=remarks,
    )


def _same_weight(planned: list[storing.Planned]) -> tuple[list[storing.Planned], list[Remark]]:
    """Rows of one KPI in one cycle must agree on its weight and method; a later one that differs is refused."""
    first: dict[tuple[int, tuple[str, int], int], KpiRow] = {}
    kept: list[storing.Planned] = []
    refusals: list[Remark] = []
    for plan in sorted(planned, key=lambda plan: plan.stretch.row.row):
        row = plan.stretch.row
        other = first.setdefault((plan.cycle.pk, row.subject, plan.metric.pk), row)
        if (other.weight, other.method) == (row.weight, row.method):
            kept.append(plan)
        else:
            sentence = _("Weight or method differ from row %(other)s, which is the same KPI in the same cycle.")
            refusals.append(Remark(row.row, "weight", "weight_differs", sentence, {"other": str(other.row)}))
    return kept, refusals


def _weight_warnings(planned: list[storing.Planned], kpis: storing.StoredKpis) -> list[Remark]:
    names = {plan.stretch.row.subject: plan.stretch.row.subject_name for plan in planned}
    cycles: dict[int, Cycle] = {plan.cycle.pk: plan.cycle for plan in planned}
    return [
        _weight_warning(names[kind, subject], cycles[cycle], total)
        for (cycle, kind, subject), total in sorted(storing.weight_sums(kpis).items())
        if total != 1
    ]


def _weight_warning(name: str, cycle: Cycle, total: Decimal) -> Remark:
    sentence = (
        _("The weights of %(name)s in %(cycle)s sum to %(sum)s %%, %(off)s %% short of 100 %%.")
        if total < 1
        else _("The weights of %(name)s in %(cycle)s sum to %(sum)s %%, %(off)s %% above 100 %%.")
    )
    values = {"name": name, "cycle": cycle.name, "sum": trimmed(total * 100), "off": trimmed(abs(1 - total) * 100)}
    return Remark(0, "weight", "weights_not_one", sentence, values, is_refusal=False)
