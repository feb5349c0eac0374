import pytest
from pathlib import Path
from accord.foundation.imports import ImportOptions
from accord.metrics.models import *
from accord.metrics.services.library import MetricDefinition, ensure_metrics
from accord.metrics.services.measurement_import import import_measurements

def test_one(cast, tmp_path):
    ensure_metrics([MetricDefinition("签约额"), MetricDefinition("回款率", unit="%"), MetricDefinition("a"), MetricDefinition("b"), MetricDefinition("r", aggregation="ratio", numerator="a", denominator="b", unit="%")])
    p = tmp_path/"x.csv"
    p.write_text("工号,部门,指标,周期,数值\nA011,,签约额,2026-W41,\"1,234.5\"\nA011,,回款率,2026-W41,12%\n,远航电商/客服部,签约额,2026-10-05,３.2万\nA011,,a,2026-W41,1\nA011,,b,2026-W41,3\nZ,,签约额x,2026-10,abc\nA012,,签约额,2026-W41,1\nA012,,签约额,2026-W41,2\n")
    o = ImportOptions(values={"source":"CRM"})
    r = import_measurements(p, o); print(r)
    print([(m.period, m.series, m.value, m.row) for m in Measurement.objects.all()])
    r2 = import_measurements(p, o); print(r2.created, r2.changed, r2.same, r2.refused)
    p.write_text(p.read_text().replace("1,234.5","1,234.6").replace("b,2026-W41,3","b,2026-W41,0"))
    r3 = import_measurements(p, o); print(r3.created, r3.changed, r3.same, r3.refused, r3.preview)
    print([(m.period, m.series, m.value, m.row) for m in Measurement.objects.all()])
    print([(m.period, m.series, m.value, m.row) for m in MeasurementRevision.objects.all()])
    pass
