"""A report as page, mail and paper show it: the frozen content in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from accord.domain.periods import Period
from accord.foundation.components.signs import LIGHTS
from accord.foundation.language import readers_language
from accord.insights.models import WeeklyReport
from accord.insights.queries.weekly_reports.facts import Fact
from accord.insights.queries.weekly_reports.lines import Address, Later, Line, Pen

_COLOURS = ("red", "yellow", "green", "grey")


@dataclass(frozen=True)
class Count:
    """How many KPIs shine in one colour, and how many did a week ago."""

    light: str
    word: str
    now: int
    then: int


@dataclass(frozen=True)
class Section:
    """One part of a report; `more` says how many things of it are not listed."""

    key: str
    title: str
    lines: Sequence[Line]
    more: int = 0


@dataclass(frozen=True)
class Question:
    """The question for the next talk, and with whom."""

    words: str
    who: str
    url: str


@dataclass(frozen=True)
class ReadReport:
    """Everything a reader sees of a report. `essence` is what the subject of the mail says."""

    report: WeeklyReport
    essence: str
    counts: Sequence[Count]
    counts_url: str
    sections: Sequence[Section]
    question: Question | None
    periods: str

    @property
    def week(self) -> Period:
        return self.report.period

    @property
    def week_number(self) -> int:
        return self.week.start.isocalendar().week

    @property
    def title(self) -> str:
        """The week with its essence, as the subject says it."""
        return _("Week %(week)s: %(essence)s") % {"week": self.week_number, "essence": self.essence}

    @property
    def first_day(self) -> date:
        return self.week.start

    @property
    def last_day(self) -> date:
        return self.week.end

    @property
    def is_corrected(self) -> bool:
        """Whether a number in it was corrected since."""
        figures = (figure for section in self.sections for line in section.lines for figure in line.figures)
        return any(figure.later for figure in figures)


def read_report(report: WeeklyReport, address: Address = str, later: Later | None = None) -> ReadReport:
    """Read a report in the current language. `address` makes links of paths: full ones for mail and paper."""
    monday = (report.period + 1).start
    content, pen = report.content, Pen(address, later or {}, monday)
    board = f"{reverse('insights:team-of', args=[report.reader_id])}?on={monday.isoformat()}"
    return ReadReport(
        report,
        essence_of(content),
        _counts(content["counts"]),
        address(board),
        [section for section in _sections(content, pen) if section.lines],
        _question(content, address),
        _(", ").join(Period(now).label for now, _then in content["periods"]),
    )


def essence_of(content: Fact) -> str:
    """What a report comes to, in a few words."""
    parts = [_turned(content["turned"]), _slip(content["trees"]) or _news(content)]
    return pgettext("between clauses", ", ").join(filter(None, parts)) or _("no light has changed")


def _turned(turned: Mapping[str, int]) -> str:
    red, yellow, green = (turned[colour] for colour in ("red", "yellow", "green"))
    if red:
        return ngettext("%(n)s turned red", "%(n)s turned red", red) % {"n": red}
    if yellow:
        return ngettext("%(n)s turned yellow", "%(n)s turned yellow", yellow) % {"n": yellow}
    return ngettext("%(n)s turned green", "%(n)s turned green", green) % {"n": green} if green else ""


def _news(content: Fact) -> str:
    raised = content["alerts"]["many"]["raised"]
    return ngettext("%(n)s new alert", "%(n)s new alerts", raised) % {"n": raised} if raised else ""


def _slip(trees: Sequence[Fact]) -> str:
    """The driver that pulled a result down, of the first tree in which one did."""
    slip = next((tree["slip"] for tree in trees if tree["slip"]), None)
    return str(slip["essence"][readers_language()]) if slip else ""


def _counts(counts: Mapping[str, Mapping[str, int]]) -> list[Count]:
    now, then = counts["now"], counts["then"]
    return [
        Count(colour, str(LIGHTS[colour]), now[colour], then[colour])
        for colour in _COLOURS
        if now[colour] or then[colour]
    ]


def _sections(content: Fact, pen: Pen) -> Iterable[Section]:
    turns = content["turns"]
    yield _section("turns", _("Lights that turned"), turns, sum(content["turned"].values()), pen.turn)
    trees = content["trees"]
    yield _section("trees", _("What moved, and why"), trees, len(trees), pen.tree)
    courses = content["courses"]
    yield _section("courses", _("What moved most under the same light"), courses, len(courses), pen.course)
    alerts = content["alerts"]
    watched = [fact for fact in alerts["facts"] if fact["kind"] == "watched"]
    told = [fact for fact in alerts["facts"] if fact["kind"] != "watched"]
    beyond = alerts["many"]["watched"]
    yield _section("alerts", _("Alerts, and what was done"), told, sum(alerts["many"].values()) - beyond, pen.alert)
    yield _section("watched", _("Watch list: nothing to do today"), watched, beyond, pen.alert)
    talks, waiting = content["talks"], content["agreements"]
    yield _section("talks", _("Talks due this week"), talks["facts"], talks["many"], pen.talk)
    # Reports written before commitments were kept have none.
    promised = content.get("commitments", {"facts": [], "many": 0})
    yield _section(
        "commitments", _("What you promised for this week"), promised["facts"], promised["many"], pen.promise
    )
    yield _section("agreements", _("Agreements waiting for you"), waiting["facts"], waiting["many"], pen.agreement)
    yield _check_ins(content["check_ins"], pen)
    late = content["late"]
    yield _section("late", _("Data that end early"), late, len(late), pen.late)


def _section(key: str, title: str, facts: Sequence[Fact], many: int, write: Callable[[Fact], Line]) -> Section:
    return Section(key, title, [write(fact) for fact in facts], max(0, many - len(facts)))


def _check_ins(missed: Fact, pen: Pen) -> Section:
    """One line for all: nobody is put in a pillory for a check-in."""
    title = _("Check-ins of last week")
    if not missed["many"]:
        return Section("check_ins", title, ())
    named = _(", ").join(fact["who"] for fact in missed["facts"])
    more = missed["many"] - len(missed["facts"])
    if more:
        words = ngettext("%(names)s and %(n)s other", "%(names)s and %(n)s others", more) % {"names": named, "n": more}
    else:
        words = named
    url = pen.address(reverse("goals:check-ins_people"))
    return Section("check_ins", title, [Line(words, url, note=_("no check-in yet for this week"))])


def _question(content: Fact, address: Address) -> Question | None:
    asked = content["question"]
    if not asked:
        return None
    url = address(reverse("insights:person", args=[asked["employee"]]))
    return Question(asked["said"][readers_language()], asked["who"], url)
