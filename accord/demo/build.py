"""Builds the demo company through the product's own commands, day by day."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.db.models import F
from django.utils import timezone

from accord.alerts.services.backtesting import try_all
from accord.alerts.services.evaluation import evaluate
from accord.demo.agreements import tell_of_agreements
from accord.demo.alert_rules import tell_of_alert_rules
from accord.demo.calibrations import tell_of_calibrations
from accord.demo.clock import Calendar, as_of
from accord.demo.company import Person, people
from accord.demo.coop import tell_of_coop
from accord.demo.decomposition import tell_of_decompositions
from accord.demo.driver_trees import tell_of_driver_trees
from accord.demo.feedback import tell_of_feedback
from accord.demo.files import kpi_files, people_file, value_files
from accord.demo.learning import tell_of_learning
from accord.demo.minutes import tell_of_minutes
from accord.demo.models import tell_of_models
from accord.demo.objectives import tell_of_objectives
from accord.demo.one_on_ones import tell_of_one_on_ones
from accord.demo.paperwork import Desk, tell_of_paperwork
from accord.demo.plans import tell_of_plans
from accord.demo.redesigns import lay_down_old_map, tell_of_redesigns
from accord.demo.reports import write_weekly_reports
from accord.demo.scorecards import tell_of_scorecards
from accord.demo.sources import TicketSource
from accord.demo.talks import act_on_tasks
from accord.domain.periods import Frequency, Period
from accord.foundation.imports.files import pieces_of
from accord.foundation.imports.running import load
from accord.foundation.imports.runs import keep_run
from accord.foundation.models import ImportRun, Notification, User
from accord.foundation.personas import DEMO_PASSWORD
from accord.people.models import Employee, OrgUnit, RoleGrant
from accord.people.services.roles import grant_role

Tell = Callable[[str], None]
_QUARTERS = 3


def build_demo(today: date, tell: Tell) -> None:
    """Fill an empty database with 远航电商: people, KPIs, values, alerts, and what was done about them."""
    staff = people()
    opening = (Period.of(today, Frequency.WEEK) - 40).start
    quarters = [Period.of(today, Frequency.QUARTER) - back for back in range(_QUARTERS, -1, -1)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with as_of(opening):
            tell("people")
            _bring_in("people", people_file(folder, staff), None)
            _grant_roles(staff)
        with as_of(opening, hour=10):
            tell("KPIs")
            for path in kpi_files(folder, staff, quarters, opening + timedelta(weeks=1)):
                _bring_in("kpis", path, _administrator(staff))
        calendar = Calendar()
        desk = _desk(staff)
        tell_of_paperwork(desk, calendar, opening, today)
        tell_of_models(desk, calendar, opening, today)
        lay_down_old_map(opening)
        tell_of_redesigns(calendar, today)
        tell_of_objectives(desk, calendar, today)
        tell_of_coop(desk, calendar, today)
        tell_of_decompositions(desk.people, calendar, today)
        tell_of_driver_trees(desk.people, calendar, today)
        tell_of_agreements(desk, calendar, today)
        tell_of_calibrations(desk, calendar, today)
        tell_of_scorecards(calendar, opening, today)
        tell_of_one_on_ones(calendar, today)
        tell_of_alert_rules(desk, calendar, today)
        tell_of_minutes(desk, calendar, today)
        tell_of_feedback(desk, calendar, today)
        tell_of_learning(desk.people, today)
        tell_of_plans(desk, calendar, today)
        tell("values")
        _live_through(folder, staff, today, calendar)


def _live_through(folder: Path, staff: list[Person], today: date, calendar: Calendar) -> None:
    """Import, judge, act, fill in and sign, Monday by Monday."""
    waiting = value_files(folder, staff, today)
    week = Period.of(today, Frequency.WEEK)
    administrator = _administrator(staff)
    tickets, partner = TicketSource(staff, today), _hr_partner(staff)
    for back in range(38, -1, -1):
        monday = (week - back).start
        calendar.live_until(datetime.combine(monday, time()))
        with as_of(monday, hour=7):
            while waiting and waiting[0].on < monday:
                arrived = waiting.pop(0)
                _bring_in("measurements", arrived.path, administrator, source=arrived.source)
            tickets.arrive(monday, partner)
        with as_of(monday, hour=8):
            evaluate(today=monday)
        act_on_tasks(monday, today)
        write_weekly_reports(monday, today)
    calendar.live_until(datetime.combine(today, time(7)))
    with as_of(today, hour=4):
        try_all()
    _have_read(today)


def _have_read(today: date) -> None:
    """Everybody has read what came before the last days, as people do."""
    before = timezone.make_aware(datetime.combine(today - timedelta(days=5), time()))
    Notification.objects.filter(created_at__lt=before, read_at=None).update(read_at=F("created_at"))


def _bring_in(kind: str, path: Path, actor: User | None, **options: str) -> None:
    """Import a file as somebody would, so that every number opens the file and row it came from."""
    loading = ImportRun.State.LOADING
    run = keep_run(kind, pieces_of(path), path.name, state=loading, actor=actor, options=options)
    load(run, lambda done, total: None, actor=actor)


def _grant_roles(staff: list[Person]) -> None:
    known = {person.position: person.employee_no for person in reversed(staff)}
    company = OrgUnit.objects.get(parent=None)
    grant_role(_employee(known["IT支持"]), RoleGrant.Role.ADMINISTRATOR)
    grant_role(_employee(known["总经理"]), RoleGrant.Role.EXECUTIVE)
    grant_role(_employee(known["HRBP"]), RoleGrant.Role.HRBP, org_unit=company)
    grant_role(_employee(known["法务专员"]), RoleGrant.Role.AUDITOR)


def _desk(staff: list[Person]) -> Desk:
    """Everybody at hand; they all sign with the password that the demo tells."""
    User.objects.filter(employee__isnull=False).update(password=make_password(DEMO_PASSWORD))
    found = {each.employee_no: each for each in Employee.objects.select_related("user", "org_unit", "position")}
    designer = next(person.employee_no for person in staff if person.position == "HRBP")
    return Desk(found, found[designer], DEMO_PASSWORD)


def _administrator(staff: list[Person]) -> User | None:
    number = next(person.employee_no for person in staff if person.position == "IT支持")
    return _employee(number).user


def _hr_partner(staff: list[Person]) -> Employee:
    return _employee(next(person.employee_no for person in staff if person.position == "HRBP"))


def _employee(number: str) -> Employee:
    return Employee.objects.select_related("user").get(employee_no=number)
