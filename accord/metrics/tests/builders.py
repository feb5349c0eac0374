"""What tests of metrics need again and again."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from accord.domain.periods import Frequency, Period
from accord.foundation.imports import ImportOptions, ImportResult
from accord.foundation.models import User
from accord.metrics.models import Measurement, Metric
from accord.metrics.services.library import MetricDefinition, ensure_metrics
from accord.metrics.services.measurement_import import import_measurements

HEADER = "工号,部门,指标,周期,数值"


def some_metrics() -> dict[str, Metric]:
    """A weekly sum, a weekly percentage, a monthly and a daily one, and a ratio in percent of two weekly sums."""
    return ensure_metrics(
        [
            MetricDefinition("签约额", name_en="Contract value", unit="元"),
            MetricDefinition("回款率", name_en="Collection rate", unit="%", aggregation="last"),
            MetricDefinition("客户满意度", frequency=Frequency.MONTH, aggregation="mean"),
            MetricDefinition("来电数", frequency=Frequency.DAY),
            MetricDefinition("订单数"),
            MetricDefinition("访客数"),
            MetricDefinition("转化率", unit="%", aggregation="ratio", numerator="订单数", denominator="访客数"),
        ]
    )


def csv(folder: Path, lines: Sequence[str], header: str = HEADER, name: str = "values.csv") -> Path:
    """A file in `folder` with these lines under the header."""
    path = folder / name
    path.write_text("\n".join([header, *lines, ""]), encoding="utf-8")
    return path


def bring(
    folder: Path,
    *lines: str,
    source: str = "CRM",
    actor: User | None = None,
    dry_run: bool = False,
    header: str = HEADER,
    name: str = "values.csv",
) -> ImportResult:
    """Import a file with these lines."""
    options = ImportOptions(actor=actor, dry_run=dry_run, values={"source": source})
    return import_measurements(csv(folder, lines, header, name), options)


def counts(result: ImportResult) -> tuple[int, int, int, int]:
    """Created, changed, same, refused."""
    return result.created, result.changed, result.same, result.refused


def stored() -> dict[tuple[str, str, str], Decimal]:
    """All values by employee number or unit path, metric and period."""
    rows = Measurement.objects.select_related("series__metric", "series__employee", "series__org_unit")
    return {
        (
            row.series.employee.employee_no if row.series.employee else row.series.org_unit.path,
            row.series.metric.name,
            Period(row.period).label,
        ): row.value
        for row in rows
    }
