"""The pages of plans and the mirror: who sees what, that every form works alone, and that nothing written is lost."""

import re
from typing import ClassVar

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accord.coaching.models import DevelopmentPlan, FocusArea, LearningRecommendation, OneOnOne, Pairing
from accord.coaching.queries.own_plans import own_data
from accord.coaching.queries.plan_agenda import focus_areas
from accord.coaching.services.development_plans.agreeing import agree
from accord.coaching.services.development_plans.drafting import draft_from, share
from accord.coaching.services.development_plans.progress import hand_on, note_progress
from accord.coaching.services.learning import finish
from accord.coaching.services.recommending import follow_plan
from accord.coaching.tests.learning.builders import assessed, competency, resource
from accord.coaching.tests.plans.builders import LATER, NOTE, WHY, agreed, draft_of, running, typed
from accord.people.models import Employee
from accord.people.services.employment import set_manager
from tests.cast import Cast, client_of, employee, page_of
from tests.ladder import EVERYBODY, Ladder, others

OUTSIDERS = ("administrator", "auditor", "colleague", "stranger", "stranger_manager")
READERS = ("executive_chen", "hrbp_wang")


class OfAgreedPlan(Ladder):
    may_open: ClassVar = ("manager_li",)
    hidden_from = OUTSIDERS
    refused_to: ClassVar = READERS
    method = "post"

    def make(self, cast: Cast) -> DevelopmentPlan:
        return agreed(cast.xiaozhang)

    def args(self, cast: Cast) -> list[object]:
        return [self.thing.pk]

    def payload(self, cast: Cast) -> dict[str, object]:
        return {"edition": self.thing.edition}


class OfFocus(OfAgreedPlan):
    def args(self, cast: Cast) -> list[object]:
        return [self.thing.pk, self.thing.focus_areas.get().pk]


class TestPlan(OfAgreedPlan):
    url_name = "coaching:plan"
    method = "get"
    may_open: ClassVar = ("xiaozhang", "manager_li", "executive_chen", "hrbp_wang")
    refused_to: ClassVar = ()


class TestHistory(OfAgreedPlan):
    url_name = "coaching:plan_history"
    method = "get"
    may_open: ClassVar = ("xiaozhang", "manager_li")


class TestAddFocus(OfAgreedPlan):
    url_name = "coaching:plan_add_focus"

    def payload(self, cast: Cast) -> dict[str, object]:
        return {"more-edition": self.thing.edition, "more-title": "再加一个", "more-kind": "others"}


class TestChangeFocus(OfFocus):
    url_name = "coaching:plan_change_focus"

    def payload(self, cast: Cast) -> dict[str, object]:
        name = f"focus{self.thing.focus_areas.get().pk}"
        return {f"{name}-edition": self.thing.edition, f"{name}-title": "换一个", f"{name}-kind": "others"}


class TestRemoveFocus(OfFocus):
    url_name = "coaching:plan_remove_focus"


class TestMark(OfFocus):
    url_name = "coaching:plan_mark"

    def payload(self, cast: Cast) -> dict[str, object]:
        return {"state": "reached"}


class TestRestore(OfAgreedPlan):
    url_name = "coaching:plan_restore"


class TestNote(OfAgreedPlan):
    url_name = "coaching:plan_note"

    def payload(self, cast: Cast) -> dict[str, object]:
        return {"text": NOTE}


class TestClose(OfAgreedPlan):
    url_name = "coaching:plan_close"

    def payload(self, cast: Cast) -> dict[str, object]:
        return {"close-note": "成了习惯"}


class TestHandOn(OfAgreedPlan):
    url_name = "coaching:plan_hand_on"
    may_open: ClassVar = ("xiaozhang",)
    hidden_from = ("administrator", "auditor", "colleague", "stranger")
    refused_to: ClassVar = (*READERS, "stranger_manager")

    def make(self, cast: Cast) -> DevelopmentPlan:
        plan = agreed(cast.xiaozhang)
        move_to_zhao(cast)
        return plan


class TestAgree(OfAgreedPlan):
    url_name = "coaching:plan_agree"
    refused_to: ClassVar = ()
    hidden_from = (*OUTSIDERS, *READERS)

    def make(self, cast: Cast) -> DevelopmentPlan:
        return running(cast.xiaozhang)


class TestTakeBack(TestAgree):
    url_name = "coaching:plan_take_back"

    def make(self, cast: Cast) -> DevelopmentPlan:
        plan = running(cast.xiaozhang)
        agree(plan, cast.manager_li, plan.edition)
        return plan


class TestShare(OfAgreedPlan):
    url_name = "coaching:plan_share"
    may_open: ClassVar = ("xiaozhang",)
    refused_to: ClassVar = ()
    hidden_from = others("xiaozhang")

    def make(self, cast: Cast) -> DevelopmentPlan:
        return draft_of(cast.xiaozhang)


class TestDiscard(TestShare):
    url_name = "coaching:plan_discard"


class TestDraft(Ladder):
    url_name = "coaching:plan_draft"
    method = "post"
    may_open: ClassVar = ("manager_li", "xiaozhang")
    hidden_from = (*OUTSIDERS, *READERS)

    def args(self, cast: Cast) -> list[object]:
        return [cast.xiaozhang.pk]


class TestList(Ladder):
    url_name = "coaching:plans"
    may_open: ClassVar = EVERYBODY
    hidden_from = ()


class TestMirror(Ladder):
    url_name = "coaching:mirror"
    may_open: ClassVar = ("manager_li", "executive_chen", "stranger_manager")
    hidden_from = ("xiaozhang", "hrbp_wang", "administrator", "auditor", "colleague", "stranger")


def move_to_zhao(cast: Cast) -> None:
    """小张's line manager is 赵经理 from today on."""
    set_manager(cast.xiaozhang, cast.stranger_manager)


def test_a_draft_is_its_makers_alone_whoever_asks(cast: Cast) -> None:
    for maker in ("xiaozhang", "manager_li"):
        draft = draft_of(cast.xiaozhang, getattr(cast, maker), title="canary-draft")
        for name in EVERYBODY:
            person = getattr(cast, name)
            status = client_of(person).get(reverse("coaching:plan", args=[draft.pk])).status_code
            assert status == (200 if name == maker else 404), name
            assert ("canary-draft" in page_of(person, "coaching:plans")) == (name == maker and maker == "xiaozhang"), (
                name
            )
            told = str(own_data(person.user))
            assert ("canary-draft" in told) == (name == maker), name
        draft.delete()


def test_others_who_see_the_person_read_what_was_agreed_and_nothing_else(cast: Cast) -> None:
    plan = agreed(cast.xiaozhang)
    focus = plan.focus_areas.get()
    note_progress(plan, cast.xiaozhang, NOTE, focus.pk)
    FocusArea.objects.filter(pk=focus.pk).update(action="canary-not-agreed")
    for name in READERS:
        page = page_of(getattr(cast, name), "coaching:plan", plan.pk)
        assert "把客户会开出结论" in page
        assert "会后当天发一页纪要" in page
        assert not any(hidden in page for hidden in (WHY, NOTE, "canary-not-agreed", "<textarea")), name
    for person in (cast.xiaozhang, cast.manager_li):
        page = page_of(person, "coaching:plan", plan.pk)
        assert all(shown in page for shown in (WHY, NOTE, "canary-not-agreed"))


def test_what_is_not_agreed_yet_is_hidden_from_readers(cast: Cast) -> None:
    plan = running(cast.xiaozhang)
    for name in (*READERS, *OUTSIDERS):
        client = client_of(getattr(cast, name))
        assert client.get(reverse("coaching:plan", args=[plan.pk])).status_code == 404, name
        assert "把客户会开出结论" not in page_of(getattr(cast, name), "coaching:plans"), name


def test_a_former_manager_is_out_and_the_next_one_reads_no_note_from_before(cast: Cast) -> None:
    plan = agreed(cast.xiaozhang)
    note_progress(plan, cast.xiaozhang, NOTE)
    move_to_zhao(cast)
    page = reverse("coaching:plan", args=[plan.pk])
    assert client_of(cast.manager_li).get(page).status_code == 404
    before = page_of(cast.stranger_manager, "coaching:plan", plan.pk)
    assert WHY not in before
    hand_on(plan, cast.xiaozhang)
    after = page_of(cast.stranger_manager, "coaching:plan", plan.pk)
    assert WHY in after
    assert NOTE not in after
    assert NOTE in page_of(cast.xiaozhang, "coaching:plan", plan.pk)


def test_a_manager_who_changes_while_a_page_is_open_is_said_and_nothing_happens(cast: Cast) -> None:
    plan = running(cast.xiaozhang)
    draft = draft_of(cast.colleague)
    shown, zhang, li = cast.colleague.manager_id, client_of(cast.xiaozhang), client_of(cast.manager_li)
    move_to_zhao(cast)
    Employee.objects.filter(pk=cast.colleague.pk).update(manager=cast.stranger_manager)
    focus = plan.focus_areas.get()
    told = {f"focus{focus.pk}-{name}": value for name, value in typed().items()} | {"edition": plan.edition}
    for name, args in (("plan_change_focus", [plan.pk, focus.pk]), ("plan_agree", [plan.pk])):
        late = li.post(reverse(f"coaching:{name}", args=args), told)
        assert late.status_code == 403
        assert "您不再是小张的直属上级" in late.content.decode()
    agreeing = zhang.post(reverse("coaching:plan_agree", args=[plan.pk]), {"edition": plan.edition})
    sharing = client_of(cast.colleague).post(reverse("coaching:plan_share", args=[draft.pk]), {"manager": shown})
    for refused in (agreeing, sharing):
        assert refused.status_code == 409
        assert "直属上级已变更" in refused.content.decode()
    draft.refresh_from_db()
    plan.refresh_from_db()
    assert (draft.state, plan.employee_agreed_at) == ("draft", None)
    assert f'name="manager" value="{cast.stranger_manager.pk}"' in page_of(cast.colleague, "coaching:plan", draft.pk)


def test_from_one_click_to_both_yes_with_forms_alone(cast: Cast) -> None:
    zhang, li = client_of(cast.xiaozhang), client_of(cast.manager_li)
    here = zhang.post(reverse("coaching:plan_draft", args=[cast.xiaozhang.pk]))["Location"]
    plan = DevelopmentPlan.objects.get()
    focus = plan.focus_areas.get()
    told = {f"focus{focus.pk}-{name}": value for name, value in typed().items()}
    address = reverse("coaching:plan_change_focus", args=[plan.pk, focus.pk])
    zhang.post(address, {**told, f"focus{focus.pk}-edition": plan.edition})
    zhang.post(reverse("coaching:plan_share", args=[plan.pk]))
    plan.refresh_from_db()
    for client in (zhang, li):
        assert (
            client.post(reverse("coaching:plan_agree", args=[plan.pk]), {"edition": plan.edition})["Location"] == here
        )
    assert plan.versions.count() == 1
    assert "把客户会开出结论" in zhang.get(here).content.decode()


def test_a_choice_of_the_library_is_offered_picked_and_seen_until_it_is_finished(cast: Cast) -> None:
    skill = competency("数据表达", expected=3)
    best, other = resource(skill, "一页纸汇报"), resource(competency("时间管理", expected=3), "一周三件事")
    assessed(cast.xiaozhang, skill, 1)
    plan = draft_from("", cast.xiaozhang, cast.xiaozhang)
    focus = plan.focus_areas.get()
    assert (focus.learning, focus.resource) == (best, "一页纸汇报")
    zhang, li = client_of(cast.xiaozhang), client_of(cast.manager_li)
    here, name = reverse("coaching:plan", args=[plan.pk]), f"focus{focus.pk}"
    drafted = zhang.get(here).content.decode()
    assert "目前在 1 级，岗位期望 3 级，这正是下一步。" in drafted
    assert f'<option value="{other.pk}">一周三件事' in drafted
    change = reverse("coaching:plan_change_focus", args=[plan.pk, focus.pk])
    told = {f"{name}-{key}": value for key, value in typed().items()}
    both = zhang.post(change, told | {f"{name}-edition": plan.edition, f"{name}-learning": other.pk})
    assert both.status_code == 422
    assert "会后当天发一页纪要" in both.content.decode()
    zhang.post(change, told | {f"{name}-edition": plan.edition, f"{name}-learning": other.pk, f"{name}-resource": ""})
    follow_plan(plan.pk, 0)
    (chosen,) = LearningRecommendation.objects.all()
    assert (chosen.resource, chosen.source) == (other, f"focus_areas:{focus.pk}")
    finish(other, cast.xiaozhang)
    share(plan, cast.xiaozhang)
    plan.refresh_from_db()
    done = "已学完"
    assert done in zhang.get(here).content.decode()
    assert done not in li.get(here).content.decode()
    for side in (cast.xiaozhang, cast.manager_li):
        agree(plan, side, plan.edition)
    assert "直属上级能看到您是否开始、是否学完" in page_of(cast.xiaozhang, "coaching:resource", other.pk)
    assert done in li.get(here).content.decode()
    readers = page_of(cast.hrbp_wang, "coaching:plan", plan.pk)
    assert reverse("coaching:resource", args=[other.pk]) in readers
    assert done not in readers


def test_of_two_windows_the_words_of_the_second_stand_in_the_form(cast: Cast) -> None:
    plan = running(cast.xiaozhang)
    focus, name = plan.focus_areas.get(), f"focus{plan.focus_areas.get().pk}"
    address = reverse("coaching:plan_change_focus", args=[plan.pk, focus.pk])
    told = {f"{name}-{key}": value for key, value in typed().items()} | {f"{name}-edition": plan.edition}
    client_of(cast.xiaozhang).post(address, told | {f"{name}-title": "先存的"})
    late = client_of(cast.manager_li)
    answer = late.post(address, told | {f"{name}-action": "canary-second"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "canary-second" in page
    assert f'name="{name}-edition" value="{plan.edition + 1}"' in page
    again = late.post(address, told | {f"{name}-action": "canary-second", f"{name}-edition": plan.edition + 1})
    assert again.status_code == 302
    assert FocusArea.objects.get().action == "canary-second"


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", ""), ("title", "长" * 61), ("why", "长" * 601), ("due_on", "2026-02-30"), ("due_on", "1999-01-01")],
)
def test_bad_input_is_said_beside_its_field_and_kept(cast: Cast, field: str, value: str) -> None:
    plan = running(cast.xiaozhang)
    focus = plan.focus_areas.get()
    told = {f"focus{focus.pk}-{key}": each for key, each in typed().items()}
    told |= {f"focus{focus.pk}-edition": plan.edition, f"focus{focus.pk}-{field}": value}
    answer = client_of(cast.xiaozhang).post(reverse("coaching:plan_change_focus", args=[plan.pk, focus.pk]), told)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode()
    assert FocusArea.objects.get().title == "把客户会开出结论"


def test_script_in_text_is_text(cast: Cast) -> None:
    plan = draft_of(cast.xiaozhang, title="<script>alert(1)</script>")
    page = page_of(cast.xiaozhang, "coaching:plan", plan.pk)
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page


def test_today_says_once_whose_yes_is_missing(cast: Cast) -> None:
    plan = running(cast.xiaozhang)
    address, today = reverse("coaching:plan", args=[plan.pk]), reverse("insights:today")
    agree(plan, cast.xiaozhang, plan.edition)
    page = client_of(cast.manager_li).get(today)
    assert address in page.content.decode()
    assert "有 1 件待办" in page.content.decode()
    assert address not in client_of(cast.xiaozhang).get(today).content.decode()


def test_ones_own_export_holds_the_plan_and_only_the_notes_for_oneself(cast: Cast) -> None:
    plan = agreed(cast.xiaozhang)
    note_progress(plan, cast.xiaozhang, NOTE)
    (mine,) = own_data(cast.xiaozhang.user)
    assert mine["focus_areas"][0]["why"] == WHY
    assert [note["text"] for note in mine["notes"]] == [NOTE]
    assert len(mine["versions"]) == 1
    (supported,) = own_data(cast.manager_li.user)
    assert supported == {"about_me": False, "made_at": plan.made_at, "notes": []}
    assert own_data(cast.administrator.user) == []


@pytest.mark.parametrize("many", [10, 20])
def test_the_list_asks_the_same_for_many(
    client: Client, cast: Cast, many: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(many):
        running(employee(f"B{number:03}", f"员工{number}", cast.east, cast.manager_li))
    client.force_login(cast.manager_li.user)
    client.get(reverse("coaching:plans"))
    with django_assert_max_num_queries(14):
        client.get(reverse("coaching:plans"))


def test_the_agenda_asks_how_it_goes_of_what_is_under_way(cast: Cast) -> None:
    plan = agreed(cast.xiaozhang)
    pair = Pairing(manager=cast.manager_li, employee=cast.xiaozhang)
    (asked,) = focus_areas(OneOnOne(pairing=pair), plan.made_at)
    assert "把客户会开出结论" in asked.text
    assert asked.source == f"focus_areas:{plan.focus_areas.get().pk}"
    plan.focus_areas.update(state="reached")
    assert focus_areas(OneOnOne(pairing=pair), plan.made_at) == []
    other = Pairing(manager=cast.stranger_manager, employee=cast.xiaozhang)
    assert focus_areas(OneOnOne(pairing=other), plan.made_at + LATER) == []


def test_the_day_of_a_focus_area_stands_in_its_form_as_a_date_field_reads_it(cast: Cast) -> None:
    plan = draft_of(cast.xiaozhang)
    shown = client_of(cast.xiaozhang).get(reverse("coaching:plan", args=[plan.pk])).content.decode()
    focus = plan.focus_areas.get()
    field = next(tag for tag in re.findall("<input[^>]*>", shown) if f"focus{focus.pk}-due_on" in tag)
    assert f'value="{focus.due_on:%Y-%m-%d}"' in field
