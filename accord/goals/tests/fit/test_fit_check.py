"""The fit check over the database, and the word with which a warning stands."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accord.domain.fit import FitLine
from accord.domain.periods import Frequency, Period
from accord.foundation.models import Event, Notification
from accord.goals.errors.fit import NothingToOverride, TermsNotEdited, WordMissing
from accord.goals.models import AgreementTerms, FitOverride
from accord.goals.queries.fit import fit_of, fits_of, misfits_by_terms, misfits_of
from accord.goals.services.fit import override
from accord.goals.tests.fit.builders import FIRST, agreement, cycle, family, key_result, metric, recommend
from accord.metrics.models import Freshness, Metric, Source
from accord.people.models import Position
from tests.cast import Cast, employee
from tests.ladder import Ladder


def codes(misfits: list) -> list[tuple[str, int | None]]:  # type: ignore[type-arg]
    return [(misfit.code, misfit.metric_id) for misfit in misfits]


@pytest.fixture
def mapped(cast: Cast) -> Cast:
    """Salespeople and engineers on the map."""
    recommend("销售代表", family("sales", "销售"), "签约额", "回款率")
    recommend("后端工程师", family("engineering", "技术研发"), "研发工时")
    return cast


def test_hours_of_engineering_do_not_fit_a_salesperson(mapped: Cast) -> None:
    terms = agreement(mapped.xiaozhang, mapped.manager_li, ("签约额", "0.6"), ("研发工时", "0.4"))
    (misfit,) = misfits_of(terms)
    assert (misfit.code, misfit.metric_id) == ("outside_family", metric("研发工时").pk)
    assert misfit.sentence == "岗位地图只在技术研发类岗位推荐“研发工时”，销售代表属于销售，很难靠本职工作影响它。"
    assert misfit.word == ""


def test_a_source_or_a_value_is_enough(mapped: Cast) -> None:
    seller, blind = Position.objects.get(name="销售代表"), metric("老客转介绍数", source=" ")
    lines = [FitLine(blind.pk)]
    assert codes(fit_of(seller, lines, cycle())) == [("no_source", blind.pk)]
    source = Source.objects.create(name="手工台账")
    Freshness.objects.create(metric=blind, source=source, period=Period.of(FIRST, Frequency.WEEK).key)
    assert fit_of(seller, lines, cycle()) == []


def test_a_ratio_has_the_source_of_its_parts(mapped: Cast) -> None:
    ratio = metric("商机赢率", source="", aggregation="ratio", numerator=metric("签约额"), denominator=metric("回款率"))
    assert fit_of(Position.objects.get(name="销售代表"), [FitLine(ratio.pk)], cycle()) == []


def test_links_hold_for_the_positions_they_are_meant_for(mapped: Cast) -> None:
    seller, engineer = (Position.objects.get(name=name) for name in ("销售代表", "后端工程师"))
    signed, paid = metric("签约额").pk, metric("回款率").pk
    lines = [FitLine(signed), FitLine(paid)]
    assert fit_of(seller, lines, cycle()) == []
    key_result(mapped, "签约额", position=seller)
    assert codes(fit_of(seller, lines, cycle())) == [("no_objective", paid)]
    assert ("no_objective", None) in codes(fit_of(engineer, [FitLine(metric("研发工时").pk)], cycle()))
    key_result(mapped, "回款率")
    assert fit_of(seller, lines, cycle()) == []


def test_a_key_result_that_follows_a_metric_links_it(mapped: Cast) -> None:
    result = key_result(mapped)
    result.metric = metric("签约额")
    result.save()
    assert fit_of(Position.objects.get(name="销售代表"), [FitLine(metric("签约额").pk)], cycle()) == []


@pytest.mark.parametrize("number", [1, 12])
def test_any_number_of_lines_and_people_takes_the_same_statements(
    mapped: Cast, number: int, django_assert_num_queries: object
) -> None:
    key_result(mapped, "签约额")
    seller = Position.objects.get(name="销售代表").pk
    metrics = [metric(f"指标{each}").pk for each in range(number)]
    positions = [Position.objects.create(name=f"岗位{each}").pk for each in range(number)]
    this = cycle()
    with django_assert_num_queries(8):  # type: ignore[operator]
        assert len(fits_of([(each, [FitLine(key) for key in metrics]) for each in [seller, *positions]], this)) == (
            number + 1
        )


@pytest.mark.parametrize("number", [2, 9])
def test_any_number_of_agreements_takes_the_same_statements(
    mapped: Cast, number: int, django_assert_num_queries: object
) -> None:
    people = [employee(f"B{each:03d}", f"同事{each}", mapped.east, mapped.manager_li) for each in range(number)]
    terms = [agreement(person, mapped.manager_li, ("签约额", "0.98"), ("研发工时", "0.02")) for person in people]
    with django_assert_num_queries(9):  # type: ignore[operator]
        found = misfits_by_terms(terms)
    assert [len(found[each.pk]) for each in terms] == [2] * number


class TestOverriding:
    @pytest.fixture
    def terms(self, mapped: Cast) -> AgreementTerms:
        return agreement(mapped.xiaozhang, mapped.manager_li, ("签约额", "0.6"), ("研发工时", "0.4"))

    def test_the_word_stands_beside_the_warning(self, mapped: Cast, terms: AgreementTerms) -> None:
        hours = metric("研发工时").pk
        override(terms.agreement, mapped.manager_li, "outside_family", hours, "  本季借调到交付项目  ")
        (misfit,) = misfits_of(terms)
        assert misfit.word == "本季借调到交付项目"
        assert misfit.in_both_languages()["zh"].endswith("很难靠本职工作影响它。保留理由：本季借调到交付项目")
        event = Event.objects.get(name="fit.overridden")
        assert event.actor == mapped.manager_li.user
        assert event.payload == {
            "agreement_id": terms.agreement_id,
            "code": "outside_family",
            "metric_id": hours,
        }

    def test_it_takes_back_what_was_agreed_to_because_the_document_says_something_else(
        self, mapped: Cast, terms: AgreementTerms
    ) -> None:
        AgreementTerms.objects.filter(pk=terms.pk).update(employee_agreed_at=timezone.now())
        override(terms.agreement, mapped.manager_li, "outside_family", metric("研发工时").pk, "借调")
        terms.refresh_from_db()
        assert (terms.employee_agreed_at, terms.edition) == (None, 1)
        assert Notification.objects.get(kind="agreement.changed").recipient == mapped.xiaozhang.user
        # The same word once more changes nothing, and so takes nothing back.
        AgreementTerms.objects.filter(pk=terms.pk).update(employee_agreed_at=timezone.now())
        override(terms.agreement, mapped.manager_li, "outside_family", metric("研发工时").pk, "借调")
        terms.refresh_from_db()
        assert (terms.employee_agreed_at is not None, terms.edition) == (True, 1)

    def test_nobody_speaks_on_a_draft_that_they_are_not_shown_yet(self, mapped: Cast, terms: AgreementTerms) -> None:
        AgreementTerms.objects.filter(pk=terms.pk).update(proposed_at=None)
        client = Client()
        client.force_login(mapped.xiaozhang.user)
        sent = {"code": "outside_family", "metric": metric("研发工时").pk, "word": "借调"}
        assert client.post(reverse("goals:fit_override", args=[terms.agreement_id]), sent).status_code == 403

    def test_a_later_word_takes_its_place_and_the_same_is_kept_once(self, mapped: Cast, terms: AgreementTerms) -> None:
        hours = metric("研发工时").pk
        for word in ("先试一个季度", "先试一个季度", "借调到交付项目"):
            override(terms.agreement, mapped.xiaozhang, "outside_family", hours, word)
        assert misfits_of(terms)[0].word == "借调到交付项目"
        assert FitOverride.objects.count() == Event.objects.filter(name="fit.overridden").count() == 2

    @pytest.mark.parametrize("word", ["", "   ", "长" * 201])
    def test_it_needs_a_word_of_some_length(self, mapped: Cast, terms: AgreementTerms, word: str) -> None:
        with pytest.raises(WordMissing):
            override(terms.agreement, mapped.manager_li, "outside_family", metric("研发工时").pk, word)
        assert not FitOverride.objects.exists()

    def test_only_what_is_said_can_be_let_stand(self, mapped: Cast, terms: AgreementTerms) -> None:
        for code, key in (("too_many", None), ("outside_family", metric("签约额").pk), ("nonsense", None)):
            with pytest.raises(NothingToOverride):
                override(terms.agreement, mapped.manager_li, code, key, "因为")

    def test_nothing_is_added_to_what_is_being_signed(self, mapped: Cast, terms: AgreementTerms) -> None:
        AgreementTerms.objects.filter(pk=terms.pk).update(state=AgreementTerms.State.SIGNING)
        with pytest.raises(TermsNotEdited):
            override(terms.agreement, mapped.manager_li, "outside_family", metric("研发工时").pk, "因为")

    def test_a_form_without_sense_is_a_bad_request(self, mapped: Cast, terms: AgreementTerms) -> None:
        client = Client()
        client.force_login(mapped.manager_li.user)
        address = reverse("goals:fit_override", args=[terms.agreement_id])
        for payload in ({"code": "nonsense", "word": "x"}, {"code": "too_many", "metric": "x", "word": "x"}, {}):
            assert client.post(address, payload).status_code == 400
        answer = client.post(address, {"code": "outside_family", "metric": metric("研发工时").pk, "word": ""})
        assert answer.status_code == 422


class TestOverrideAddress(Ladder):
    url_name = "goals:fit_override"
    method = "post"
    may_open = ("xiaozhang", "manager_li")
    refused_to = ("hrbp_wang", "executive_chen")
    hidden_from = ("stranger", "colleague", "administrator")

    def make(self, cast: Cast) -> Metric:
        recommend("销售代表", family("sales", "销售"), "签约额")
        recommend("后端工程师", family("engineering", "技术研发"), "研发工时")
        self.terms = agreement(cast.xiaozhang, cast.manager_li, ("签约额", "0.6"), ("研发工时", "0.4"))
        return metric("研发工时")

    def args(self, cast: Cast) -> list[int]:
        return [self.terms.agreement_id]

    def payload(self, cast: Cast) -> dict[str, object]:
        return {"code": "outside_family", "metric": self.thing.pk, "word": "借调", "next": "/goals/"}
