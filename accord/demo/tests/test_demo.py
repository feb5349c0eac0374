"""The demo company: believable, the same on every run, and made by the product itself."""

from collections import Counter
from datetime import date

import pytest

from accord.alerts.models import Alert
from accord.coaching.models import CoachingTask
from accord.coaching.services.shipping import install_shipped_learning
from accord.config.personas import PERSONAS
from accord.demo.build import build_demo
from accord.demo.company import people
from accord.demo.coop_words import CLOSED, LINES, OPEN
from accord.demo.errors import AnotherCompany, DemoUnfinished
from accord.demo.management.commands.demo import Command
from accord.demo.story import readings
from accord.demo.targets import QUOTAS
from accord.foundation.imports.originals import open_run_row
from accord.foundation.models import Delivery, ImportRun
from accord.goals.models import CardVote, CheckIn, Workshop
from accord.goals.services.position_map import install_shipped_map
from accord.goals.shipped import shipped_metrics
from accord.metrics.models import Measurement
from accord.people.models import Employee

TODAY = date(2026, 11, 23)


def test_everybody_has_a_name_of_their_own_and_whole_weights():
    staff = people()
    assert len(staff) == len({person.name for person in staff}) == 120
    assert people() == staff
    for position, quotas in QUOTAS.items():
        assert sum(round(weight * 100) for _, weight, _ in quotas) == 100, position


def test_the_numbers_are_the_same_on_every_run():
    assert readings(people()) == readings(people())


def test_what_people_write_is_about_things_and_people_that_are_there():
    numbers = {person.employee_no for person in people()}
    assert set(LINES) <= numbers
    assert {line.metric for lines in LINES.values() for line in lines} <= set(shipped_metrics())
    for session in (CLOSED, OPEN):
        cards = {card.name for card in session.cards}
        assert {card.merged_into for card in session.cards} <= {"", *cards}
        assert {card.author for card in session.cards} <= numbers
    assert all(card.reason for card in CLOSED.cards if not card.merged_into)


@pytest.mark.django_db(transaction=True)
def test_the_company_has_a_past_and_something_to_do_today(settings, tmp_path):
    settings.ACCORD_SOURCE_FOLDERS = [str(tmp_path)]
    install_shipped_map()
    install_shipped_learning()
    build_demo(TODAY, lambda step: None)

    assert Employee.objects.count() == 120
    assert not ImportRun.objects.exclude(state=ImportRun.State.DONE).exists()
    assert not ImportRun.objects.exclude(refused=0, warnings=0).exists()
    assert not Delivery.objects.exclude(state=Delivery.State.DONE).exists()
    states = Counter(Alert.objects.values_list("state", flat=True))
    assert states["cleared"] > states["open"] >= 5
    outcomes = Counter(CoachingTask.objects.values_list("state", flat=True))
    assert outcomes["closed"] > 10
    assert outcomes["open"] >= 3
    assert outcomes["snoozed"] == 1

    workshops = Counter(Workshop.objects.values_list("state", flat=True))
    assert workshops == {"closed": 1, "open": 1}
    assert not CardVote.objects.filter(card__workshop__state="closed").exists()
    assert CheckIn.objects.count() > 40

    # The quarter's story: conversion of the North America stores slips in weeks 44 and 45 and comes back.
    slipped = Alert.objects.filter(series__org_unit__path__endswith="北美组", series__metric__name="转化率").get()
    assert slipped.state == Alert.State.CLEARED

    solved = Measurement.objects.filter(series__metric__name="解决率").values_list("value", flat=True)
    assert 50 < min(solved) < max(solved) <= 100

    value = Measurement.objects.select_related("batch__run").order_by("-period", "-series_id").first()
    assert value is not None
    assert value.batch.run is not None
    assert open_run_row(value.batch.run, value.row)["指标"]
    known = set(Employee.objects.values_list("employee_no", flat=True))
    assert {persona.username for persona in PERSONAS} <= known


@pytest.mark.django_db
def test_real_people_can_never_become_a_demo(cast):
    with pytest.raises(AnotherCompany):
        Command().handle(no_serve=True, port=0)


@pytest.mark.django_db
def test_a_build_that_was_broken_off_is_not_served(settings, tmp_path, monkeypatch):
    settings.HOME = tmp_path

    def interrupted(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr("accord.demo.management.commands.demo.build_demo", interrupted)
    with pytest.raises(KeyboardInterrupt):
        Command().handle(no_serve=True, port=0)
    with pytest.raises(DemoUnfinished):
        Command().handle(no_serve=True, port=0)
