"""`accord evaluate`: judge periods now."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accord.alerts.services.evaluation import Evaluation, evaluate
from accord.domain.periods import Period, PeriodError
from accord.foundation.services.deliveries import sweep


class Command(BaseCommand):
    help = "Judge the lights of every KPI and raise, clear or withdraw alerts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--period",
            action="append",
            type=_period,
            help="a period such as 2026-W41, 2026-10, 2026-Q4 or 2026-10-05; may be repeated. Without it: every period "
            "that changed since it was judged, and the newest that ended.",
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        # What an import that died right after its commit still owes, among it which periods it touched.
        sweep()
        evaluation = evaluate(options["period"])
        self.stdout.write(json.dumps(evaluation.report()) if options["json"] else _sentence(evaluation))


def _period(text: str) -> Period:
    try:
        return Period.parse(text)
    except PeriodError as error:
        raise CommandError(str(error)) from error


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
