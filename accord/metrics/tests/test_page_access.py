"""Who may open the pages of metrics."""

from accord.metrics.models import Batch, Measurement, Metric, Series, Source
from tests.cast import Cast
from tests.ladder import NO_SUCH_ID, Ladder

WEEK = 2_001_400


class TestMetric(Ladder):
    url_name = "metrics:metric"
    may_open = ("xiaozhang", "stranger", "administrator")
    hidden_from = ()

    def make(self, cast: Cast) -> Metric:
        return Metric.objects.create(name="GMV")

    def args(self, cast: Cast) -> list[int]:
        return [self.thing.pk]


class TestEditMetric(TestMetric):
    url_name = "metrics:edit"
    may_open = ("administrator", "hrbp_wang")
    refused_to = ("xiaozhang", "manager_li", "executive_chen", "stranger", "auditor")
    wrong_verbs = ("delete", "put")


class TestOrigin(Ladder):
    url_name = "metrics:origin"
    may_open = ("xiaozhang", "manager_li", "hrbp_wang", "executive_chen")
    hidden_from = ("colleague", "stranger", "stranger_manager", "administrator", "auditor")

    def make(self, cast: Cast) -> Series:
        metric = Metric.objects.create(name="GMV")
        series = Series.objects.create(metric=metric, employee=cast.xiaozhang)
        batch = Batch.objects.create(source=Source.objects.create(name="CRM"))
        Measurement.objects.create(period=WEEK, series=series, value=1, batch=batch, row=2)
        return series

    def args(self, cast: Cast) -> list[int]:
        return [self.thing.pk, WEEK]

    def unknown_args(self, cast: Cast) -> list[int]:
        return [NO_SUCH_ID, WEEK]
