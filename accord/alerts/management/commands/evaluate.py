"""`accord evaluate`: judge periods now."""

from argparse import ArgumentParser
from typing import Any

from django.utils.translation import gettext as _

from accord.alerts.errors.alerts import NoPeriod
from accord.alerts.services.evaluation import Evaluation, evaluate
from accord.domain.periods import Period, PeriodError
from accord.foundation.management.verb import Verb
from accord.foundation.services.deliveries import sweep

# A period far from any that has values would be judged again and again, and its neighbours may not exist.
_YEARS = range(1990, 2100)


class Command(Verb):
    help = "Judge the lights of every KPI and raise, clear or withdraw alerts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--period",
            action="append",
            help="a period such as 2026-W41, 2026-10, 2026-Q4 or 2026-10-05; may be repeated. Without it: every period "
            "that changed since it was judged, and the newest that ended.",
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        periods = [_period(text) for text in options["period"]] if options["period"] else None
        # What an import that died right after its commit still owes, among it which periods it touched.
        sweep()
        evaluation = evaluate(periods)
        if options["json"]:
            self.print_json(evaluation.report())
        else:
            self.stdout.write(_sentence(evaluation))


def _period(text: str) -> Period:
    try:
        period = Period.parse(text)
    except PeriodError as error:
        raise NoPeriod(text=text) from error
    if period.start.year not in _YEARS:
        raise NoPeriod(text=text)
    return period


def _sentence(evaluation: Evaluation) -> str:
    return _(
        "Judged %(judged)s KPIs in %(periods)s: %(green)s on track, %(yellow)s at risk, %(red)s off track. "
        "Alerts: %(raised)s raised, %(cleared)s recovered, %(withdrawn)s withdrawn."
    ) % {
        "judged": evaluation.judged,
        "periods": ", ".join(period.label for period in evaluation.periods) or "–",
        "green": evaluation.green,
        "yellow": evaluation.yellow,
        "red": evaluation.red,
        "raised": evaluation.alerts_raised,
        "cleared": evaluation.alerts_cleared,
        "withdrawn": evaluation.alerts_withdrawn,
    }
