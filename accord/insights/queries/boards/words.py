"""What boards say in words: attainment, periods, the age of the data."""

from __future__ import annotations

import math
from collections.abc import Mapping

from django.utils.translation import gettext as _

from accord.domain.periods import Frequency, Period
from accord.insights.queries.boards.age import DataAge
from accord.insights.queries.lights import KpiLight
from accord.metrics.templatetags.metrics import metric_name, quantity


def period_list(periods: Mapping[Frequency, Period]) -> str:
    """The newest periods of a board, in words of the reader's language."""
    return _(", ").join(period.label for period in periods.values())


def age_text(age: DataAge) -> str:
    """Until when there is data, and what lags behind."""
    until = _(", ").join(period.label for period in age.until) or _("nothing yet")
    if not age.behind:
        return until
    late = [f"{metric_name(metric)} {period.label if period else '–'}" for metric, period in age.behind[:6]]
    more = _(" and %(many)s more") % {"many": len(age.behind) - 6} if len(age.behind) > 6 else ""
    return _("%(until)s; older: %(late)s%(more)s") % {"until": until, "late": _(", ").join(late), "more": more}


def attained(kpi: KpiLight) -> str:
    """The attainment of a KPI in percent; the value where its target has no ratio; a dash without a value."""
    if kpi.status is None:
        return "–"
    if kpi.attainment is None:
        return quantity(kpi.status.value, kpi.metric)
    # Rounded down: what missed its target never reads 100 %, and what is yellow never 95 %.
    return f"{math.floor(kpi.attainment * 100)}%"
