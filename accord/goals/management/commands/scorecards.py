"""`accord scorecards [CYCLE]`: freeze scorecards now."""

from argparse import ArgumentParser
from typing import Any

from django.utils.translation import gettext as _

from accord.foundation.clock import organisation_day
from accord.foundation.management.verb import Verb
from accord.goals.errors.scorecards import NoSuchCycle
from accord.goals.queries.cycles import cycle_named
from accord.goals.services.scorecards.scoring import Scored, score_cycle, score_finished


class Command(Verb):
    help = "Freeze the scorecards of a cycle: the final ones once it is over, those so far while it runs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("cycle", nargs="?", help="its name; without it, every cycle that ended lately")
        parser.add_argument("--json", action="store_true", help="print one JSON object a cycle")

    def handle(self, *args: Any, **options: Any) -> None:
        today = organisation_day()
        for scored in [self._one(options["cycle"])] if options["cycle"] else score_finished(today):
            if options["json"]:
                self.print_json(scored.report())
            else:
                self.stdout.write(_sentence(scored))

    def _one(self, name: str) -> Scored:
        cycle = cycle_named(name)
        if cycle is None:
            raise NoSuchCycle(name=name)
        return score_cycle(cycle, organisation_day())


def _sentence(scored: Scored) -> str:
    return _("%(cycle)s as of %(as_of)s: %(written)s scorecards frozen, %(same)s unchanged, %(waiting)s waiting.") % {
        "cycle": scored.cycle.name,
        "as_of": scored.as_of,
        "written": scored.written,
        "same": scored.same,
        "waiting": scored.waiting,
    }
