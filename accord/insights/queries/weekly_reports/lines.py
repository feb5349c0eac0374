"""The lines of a report: each thing it tells of, in the reader's language, with every number leading to its origin."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accord.coaching.models import CoachingStep, CoachingTask
from accord.domain.periods import Period
from accord.foundation.clock import organisation_day
from accord.foundation.components.signs import LIGHTS, light_code
from accord.foundation.language import readers_language
from accord.insights.queries.weekly_reports.facts import Fact, metric_of
from accord.metrics.templatetags.metrics import metric_name, quantity

Address = Callable[[str], str]
Later = Mapping[tuple[int, int], Decimal | None]
"""Values as they are now, by series and period; None where a value was taken back."""


@dataclass(frozen=True)
class Figure:
    """A number with its period; `url` opens where it came from, `later` says what it was corrected to since."""

    label: str
    text: str
    url: str
    later: str = ""


@dataclass(frozen=True)
class Line:
    """One thing a report tells of. `light` is a code of LIGHTS, or nothing."""

    title: str
    url: str
    light: str = ""
    figures: Sequence[Figure] = field(default_factory=tuple)
    note: str = ""
    # Sentences that come before the numbers they are about.
    said: str = ""

    @property
    def word(self) -> str:
        """The light in a word, for those who see no colours."""
        return str(LIGHTS[self.light]) if self.light else ""


@dataclass(frozen=True)
class Pen:
    """Writes lines: `address` makes addresses of paths, `later` knows what was corrected, `monday` begins the week."""

    address: Address
    later: Later
    monday: date

    def turn(self, fact: Fact) -> Line:
        """A light that turned."""
        before = str(LIGHTS[light_code(fact["then"]["light"])])
        return self._about(fact, light_code(fact["now"]["light"]), _("before: %(light)s") % {"light": before})

    def course(self, fact: Fact) -> Line:
        """A KPI that came nearer to its target or went away from it, under the same light."""
        note = (
            pgettext("KPI", "better than before") if fact["course"] == "rose" else pgettext("KPI", "weaker than before")
        )
        return self._about(fact, light_code(fact["now"]["light"]), note)

    def tree(self, fact: Fact) -> Line:
        """A driver tree: its sentences, and the numbers that they are about, those of other units with their names."""
        own = fact["numbers"][0]["unit"]
        figures = [
            replace(
                self.figure(each, each["now"]), label=_name(each["metric"]) if each["unit"] == own else _titled(each)
            )
            for each in fact["numbers"]
        ]
        url = self.address(reverse("metrics:tree", args=[fact["tree"]]))
        said = ("" if readers_language() == "zh-hans" else " ").join(fact["said"][readers_language()])
        return Line(fact["name"], url, light_code(fact["light"]) if fact["light"] else "", figures, said=said)

    def alert(self, fact: Fact) -> Line:
        """An alert with what was done about it."""
        done = _done(fact["task"]) if fact["task"] else ""
        kind = str(ALERT_KINDS[fact["kind"]]())
        url = self.address(reverse("alerts:alert", args=[fact["alert"]]))
        return Line(_titled(fact), url, "", self._figures(fact), " · ".join(filter(None, (kind, done))))

    def talk(self, fact: Fact) -> Line:
        """A talk that is due."""
        due = date.fromisoformat(fact["due_on"])
        note = (_("was planned for %(day)s") if due < self.monday else _("by %(day)s")) % {"day": _day(due)}
        done = _steps(fact["steps"])
        url = self.address(reverse("coaching:task", args=[fact["task"]]))
        return Line(_titled(fact), url, note=" · ".join(filter(None, (note, done))))

    def promise(self, fact: Fact) -> Line:
        """Something the reader promised."""
        due = date.fromisoformat(fact["due_on"])
        note = (_("was planned for %(day)s") if due < self.monday else _("by %(day)s")) % {"day": _day(due)}
        url = self.address(reverse("coaching:commitment", args=[fact["commitment"]]))
        return Line(fact["what"], url, note=" · ".join((fact["who"], note)))

    def agreement(self, fact: Fact) -> Line:
        """An agreement that waits for the reader."""
        title = _("%(name)s · agreement %(cycle)s") % {"name": fact["who"], "cycle": fact["cycle"]}
        return Line(title, self.address(reverse("goals:agreement", args=[fact["agreement"]])))

    def late(self, fact: Fact) -> Line:
        """A metric whose data end too early."""
        metric, source = fact["metric"], fact["source"]
        note = _("data until %(period)s") % {"period": Period(fact["until"]).label}
        if fact["failing_since"]:
            since = datetime.fromisoformat(fact["failing_since"])
            note = _("data until %(period)s; “%(source)s” has not been readable since %(day)s") % {
                "period": Period(fact["until"]).label,
                "source": source,
                "day": _day(organisation_day(since)),
            }
        return Line(_name(metric), self.address(reverse("metrics:metric", args=[metric["id"]])), note=note)

    def _about(self, fact: Fact, light: str, note: str) -> Line:
        if fact["employee"]:
            url = f"{reverse('insights:person', args=[fact['employee']])}#kpi-{fact['kpi']}"
        else:
            url = reverse("metrics:origin", args=[fact["series"], fact["now"]["period"]])
        return Line(_titled(fact), self.address(url), light, self._figures(fact), note)

    def _figures(self, fact: Fact) -> Sequence[Figure]:
        return tuple(self.figure(fact, fact[when]) for when in ("now", "then") if fact[when])

    def figure(self, fact: Fact, number: Fact) -> Figure:
        """A value of a fact against its target."""
        metric, period = metric_of(fact["metric"]), number["period"]
        value = Decimal(number["value"])
        text = quantity(value, metric)
        if number["target"] is not None:
            words = {"value": text, "target": quantity(Decimal(number["target"]), metric)}
            text = _("%(value)s (target %(target)s)") % words
        url = self.address(reverse("metrics:origin", args=[fact["series"], period]))
        return Figure(Period(period).label, text, url, self._later(fact, period, value))

    def _later(self, fact: Fact, period: int, value: Decimal) -> str:
        now = self.later.get((fact["series"], period), value)
        if now == value:
            return ""
        if now is None:
            return _("The value was taken back later.")
        return _("The data were corrected later: now %(value)s.") % {"value": quantity(now, metric_of(fact["metric"]))}


ALERT_KINDS: Mapping[str, Callable[[], str]] = {
    "raised": lambda: pgettext("alert in a report", "new"),
    "watched": lambda: pgettext("alert in a report", "on the watch list"),
    "open": lambda: pgettext("alert in a report", "still open"),
    "cleared": lambda: pgettext("alert in a report", "recovered"),
    "withdrawn": lambda: pgettext("alert in a report", "withdrawn"),
}


def _titled(fact: Fact) -> str:
    return _("%(name)s · %(metric)s") % {"name": fact["who"], "metric": _name(fact["metric"])}


def _name(metric: Fact) -> str:
    return metric_name(metric_of(metric))


def _day(day: date) -> str:
    return date_format(day, "MONTH_DAY_FORMAT")


def _done(task: Fact) -> str:
    """What its coaching task came to; nobody is blamed for what has not begun."""
    if task["state"] == CoachingTask.State.CLOSED:
        outcome = dict(CoachingTask.Outcome.choices).get(task["outcome"])
        return _("talk closed: %(outcome)s") % {"outcome": outcome} if outcome else _("talk closed")
    steps = _steps(task["steps"])
    if not steps:
        return _("talk planned with %(name)s until %(day)s") % {
            "name": task["owner"],
            "day": _day(date.fromisoformat(task["due_on"])),
        }
    return _("%(name)s: %(steps)s") % {"name": task["owner"], "steps": steps}


def _steps(steps: Sequence[str]) -> str:
    labels = dict(CoachingStep.Kind.choices)
    return _(", ").join(str(labels[kind]) for kind in CoachingStep.Kind.values if kind in steps)
