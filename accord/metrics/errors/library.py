"""What people may be told about metrics."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.errors import BusinessError, Text


class MetricHasValues(BusinessError):
    """`field` is the field of the form that cannot change any more."""

    code = "metric_has_values"
    sentence = _("“%(metric)s” has values, so its %(label)s cannot change: the old values would mean something else.")
    hint = _("Add a new metric instead and put the old one out of use.")

    def __init__(self, *, field: str, metric: str, label: Text) -> None:
        super().__init__(metric=metric, label=label)
        self.field = field


class MetricInUse(MetricHasValues):
    """The same where only targets were set so far."""

    code = "metric_in_use"
    sentence = _("“%(metric)s” has targets, so its %(label)s cannot change: the targets would mean something else.")
    hint = _("Add a new metric, set the targets for that one, and put the old one out of use.")


class SourceMissing(BusinessError):
    code = "source_missing"
    status = 422
    sentence = _("It is not said where these values come from.")
    hint = _("Name the source, for example CRM or 工单系统; on the command line with --source.")


class SubjectColumnMissing(BusinessError):
    code = "subject_column_missing"
    status = 422
    sentence = _("“%(file)s” has neither a column of employee numbers nor one of organisation units.")
    hint = _("Add a column 工号 (employee_no), or 部门 (org_unit) with the path of the unit.")
