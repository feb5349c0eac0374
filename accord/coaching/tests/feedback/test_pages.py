"""The pages of feedback: who opens what, and that nothing anybody wrote is lost or seen by others."""

from unittest.mock import patch
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accord.coaching.access.feedback import visible_feedback
from accord.coaching.errors.feedback import FeedbackRead
from accord.coaching.models import CompetencyExpectation, Feedback, FeedbackRequest, LearningRecommendation
from accord.coaching.queries.feedback_time import predicted
from accord.coaching.services.feedback.answers import reply
from accord.coaching.services.feedback.asking import ask
from accord.coaching.services.feedback.drafts import MOST_IGNORED
from accord.coaching.services.feedback.sending import withdraw
from accord.coaching.services.feedback.taking_along import take_along
from accord.coaching.services.recommending import follow_feedback
from accord.coaching.tests.feedback.builders import WORDS, draft, sent
from accord.coaching.tests.learning.builders import competency, resource
from accord.coaching.views import feedback_writing
from tests.cast import Cast, client_of, employee, page_of
from tests.ladder import EVERYBODY, Ladder, others


class ForTwo(Ladder):
    """Feedback of 小林 to 小张 that nobody else reads."""

    may_open = ("colleague", "xiaozhang")
    hidden_from = others("colleague", "xiaozhang")
    visibility = "receiver"

    def make(self, cast: Cast) -> Feedback:
        return sent(cast.colleague, cast.xiaozhang, visibility=self.visibility)

    def args(self, cast: Cast) -> list[object]:
        return [self.thing.pk]


class TestPage(ForTwo):
    url_name = "coaching:feedback_page"


class TestPageWithManager(ForTwo):
    url_name = "coaching:feedback_page"
    visibility = "manager"
    may_open = ("colleague", "xiaozhang", "manager_li")
    hidden_from = others("colleague", "xiaozhang", "manager_li")


class TestRecord(ForTwo):
    url_name = "coaching:feedback_record"


class TestPageOfTeam(Ladder):
    """Recognition of somebody outside for 小张: the team reads it."""

    url_name = "coaching:feedback_page"
    may_open = ("stranger", "xiaozhang", "manager_li", "colleague")
    hidden_from = others("stranger", "xiaozhang", "manager_li", "colleague")

    def make(self, cast: Cast) -> Feedback:
        return sent(cast.stranger, cast.xiaozhang, visibility="team")

    def args(self, cast: Cast) -> list[object]:
        return [self.thing.pk]


class TestPageOfLeader(TestPageOfTeam):
    """Recognition of a team leader: their people, their manager, and those who share that manager."""

    may_open = ("stranger", "xiaozhang", "colleague", "manager_li", "executive_chen", "hrbp_wang")
    hidden_from = ()

    def make(self, cast: Cast) -> Feedback:
        return sent(cast.stranger, cast.manager_li, visibility="team")


class ByReceiver(ForTwo):
    method = "post"
    may_open = ("xiaozhang",)
    refused_to = ("colleague", "manager_li")
    visibility = "manager"
    hidden_from = others("colleague", "xiaozhang", "manager_li")


class TestThank(ByReceiver):
    url_name = "coaching:feedback_thank"


class TestNextTalk(ByReceiver):
    url_name = "coaching:feedback_next_talk"
    works_with = (409,)  # No talk is planned in the cast.


class TestWithdraw(ByReceiver):
    url_name = "coaching:feedback_withdraw"
    may_open = ("colleague",)
    refused_to = ("xiaozhang", "manager_li")


class TestReply(ByReceiver):
    url_name = "coaching:feedback_reply"
    may_open = ("xiaozhang", "colleague")
    refused_to = ("manager_li",)

    def payload(self, cast: Cast) -> dict[str, str]:
        return {"text": "谢谢，下次我会注意"}


class OfDraft(Ladder):
    may_open = ("colleague",)
    hidden_from = others("colleague")

    def make(self, cast: Cast) -> Feedback:
        return draft(cast.colleague, cast.xiaozhang, visibility="team")

    def args(self, cast: Cast) -> list[object]:
        return [self.thing.pk]


class TestWrite(OfDraft):
    url_name = "coaching:feedback_write"


class TestDiscard(OfDraft):
    url_name = "coaching:feedback_discard"
    method = "post"


class TestDecline(Ladder):
    url_name = "coaching:feedback_decline"
    method = "post"
    may_open = ("colleague",)
    refused_to = ("xiaozhang",)
    hidden_from = others("colleague", "xiaozhang")

    def make(self, cast: Cast) -> FeedbackRequest:
        return ask(cast.xiaozhang, [cast.colleague], "周二的演示")[0]

    def args(self, cast: Cast) -> list[object]:
        return [self.thing.pk]


class TestIndex(Ladder):
    url_name = "coaching:feedback"
    may_open = EVERYBODY
    hidden_from = ()


def filled(cast: Cast, **other: object) -> dict[str, object]:
    form = {"receiver": "A011", "kind": "recognition", "visibility": "receiver", **WORDS}
    return form | {"token": uuid4(), "window": uuid4(), "edition": 0, "action": "send"} | other


def post(person: object, payload: dict[str, object], name: str = "coaching:feedback_new") -> object:
    return client_of(person).post(reverse(name), payload)  # type: ignore[arg-type]


def test_one_page_one_submit_and_a_second_click_is_no_second_feedback(cast: Cast) -> None:
    form = filled(cast)
    first, second = post(cast.colleague, form), post(cast.colleague, form)
    (one,) = Feedback.objects.all()
    here = reverse("coaching:feedback_page", args=[one.pk])
    assert (first.status_code, first["Location"], second["Location"]) == (302, here, here)  # type: ignore[attr-defined,index]
    # The first one was still on its way when the second came.
    with patch.object(feedback_writing, "draft_of_form", side_effect=[None, one]):
        assert post(cast.colleague, form)["Location"] == here  # type: ignore[index]
    assert one.state == "sent"


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"receiver": "A012"}, "反馈是写给别人的"),
        ({"receiver": "Z999"}, "Z999"),
        ({"impact": ""}, 'aria-invalid="true"'),
        ({"behaviour": "长" * 1001}, 'aria-invalid="true"'),
        ({"kind": "development", "visibility": "team"}, "只有认可可以给全团队看"),
        ({"happened_on": "2026-02-30"}, 'aria-invalid="true"'),
        ({"happened_on": "2126-02-03"}, "这一天还没到。"),
    ],
)
def test_what_cannot_be_sent_is_said_and_the_words_stay(cast: Cast, other: dict[str, str], sentence: str) -> None:
    response = post(cast.colleague, filled(cast, **other))
    page = response.content.decode()  # type: ignore[attr-defined]
    assert response.status_code == 422  # type: ignore[attr-defined]
    assert sentence in page
    assert WORDS["situation"] in page
    assert not Feedback.objects.filter(state="sent").exists()


def test_somebody_who_left_gets_no_feedback(cast: Cast) -> None:
    cast.xiaozhang.status = "left"
    cast.xiaozhang.save()
    response = post(cast.colleague, filled(cast))
    assert response.status_code == 422  # type: ignore[attr-defined]
    assert WORDS["impact"] in response.content.decode()  # type: ignore[attr-defined]


def test_another_window_is_told_and_sees_both_wordings(cast: Cast) -> None:
    form = filled(cast, action="check")
    post(cast.colleague, form)
    post(cast.colleague, form | {"behaviour": "你把三个渠道的原因写进了共享表", "edition": 0})
    stale = form | {"window": uuid4(), "behaviour": "你在会上念了三页", "action": "send"}
    page = post(cast.colleague, stale)
    assert page.status_code == 422  # type: ignore[attr-defined]
    text = page.content.decode()  # type: ignore[attr-defined]
    assert "你在会上念了三页" in text
    assert "你把三个渠道的原因写进了共享表" in text
    assert 'name="edition" value="1"' in text
    again = post(cast.colleague, stale | {"edition": 1})
    assert again.status_code == 302  # type: ignore[attr-defined]
    assert Feedback.objects.get().behaviour == "你在会上念了三页"


def test_while_writing_the_draft_is_kept_and_hints_come_back(cast: Cast) -> None:
    form = filled(cast, situation="工作方面", behaviour="总体不错", impact="")
    response = post(cast.colleague, form, "coaching:feedback_keep")
    one = Feedback.objects.get()
    assert response["HX-Replace-Url"] == reverse("coaching:feedback_write", args=[one.pk])  # type: ignore[index]
    text = response.content.decode()  # type: ignore[attr-defined]
    assert "什么时候、什么场合" in text
    assert "“总体不错”" in text
    ignored = post(cast.colleague, form | {"ignore": "general:behaviour:总体不错"}, "coaching:feedback_keep")
    text = ignored.content.decode()  # type: ignore[attr-defined]
    assert "“总体不错”" not in text
    assert 'name="ignored" value="general:behaviour:总体不错"' in text
    # An answer that was overtaken brings none of them back, nor does the way to the recorder and back.
    late = post(cast.colleague, form | {"situation": "工作方面，总的来说"}, "coaching:feedback_keep")
    for page in (late.content.decode(), page_of(cast.colleague, "coaching:feedback_write", one.pk)):  # type: ignore[attr-defined]
        assert "“总体不错”" not in page
        assert "什么时候、什么场合" in page
    put_aside = form | {"ignore": "unplaced:situation:", "situation": "工作方面，总的来说"}
    assert "什么时候、什么场合" not in post(cast.colleague, put_aside, "coaching:feedback_keep").content.decode()  # type: ignore[attr-defined]
    longer = form | {"situation": "工作方面，总的来说都好"}
    assert "什么时候、什么场合" not in post(cast.colleague, longer, "coaching:feedback_keep").content.decode()  # type: ignore[attr-defined]
    nonsense = {"ignored": ["\0", "长" * 900, *map(str, range(90))], "competencies": ["\0", "x", "9" * 30, "-1"]}
    assert post(cast.colleague, form | nonsense, "coaching:feedback_keep").status_code == 200  # type: ignore[attr-defined]
    one.refresh_from_db()
    assert len(one.ignored) == MOST_IGNORED
    unfinished = post(cast.colleague, form | {"receiver": "小", "token": uuid4()}, "coaching:feedback_keep")
    assert "“总体不错”" in unfinished.content.decode()  # type: ignore[attr-defined]
    assert Feedback.objects.count() == 1


def test_it_may_be_said_which_ability_it_is_about(cast: Cast) -> None:
    mine, other, theirs = competency("时间管理"), competency("数据表达"), competency("辅导他人", expected=None)
    CompetencyExpectation.objects.create(competency=theirs, is_of_managers=True, level=3)
    resource(other, "数据")
    choice = 'name="competencies" value="{}"'
    form = filled(cast, kind="development", competencies=[mine.pk, theirs.pk], action="check")
    page = post(cast.colleague, form, "coaching:feedback_keep").content.decode()  # type: ignore[attr-defined]
    assert choice.format(mine.pk) + " checked" in page
    assert choice.format(theirs.pk) not in page, "小张 leads nobody"
    one = Feedback.objects.get()
    assert list(one.competencies.all()) == [mine]
    # The same receiver again: the page has its choices already, and the keyboard stays where it is.
    again = post(cast.colleague, form | {"competencies_of": cast.xiaozhang.pk}, "coaching:feedback_keep")
    assert choice.format(mine.pk) not in again.content.decode()  # type: ignore[attr-defined]
    three = post(cast.colleague, form | {"competencies": [mine.pk, other.pk, theirs.pk]})
    assert "最多选 2 项能力" in three.content.decode()  # type: ignore[attr-defined]
    post(cast.colleague, form | {"competencies": [other.pk], "edition": 1, "action": "send"})
    assert choice.format(other.pk) not in page_of(cast.xiaozhang, "coaching:feedback_page", one.pk)
    for address in ("coaching:feedback_page", "coaching:feedback_record"):
        assert "数据表达" in page_of(cast.xiaozhang, address, one.pk)
    follow_feedback(one.pk)
    assert [each.competency for each in LearningRecommendation.objects.all()] == [other]
    assert take_along(cast.xiaozhang.user)["received"][0]["competencies"] == ["数据表达"]


def test_the_fourth_of_one_kind_is_worth_a_thought(cast: Cast) -> None:
    for _ in range(3):
        sent(cast.colleague, cast.xiaozhang, kind="development")
    other_kind = post(cast.colleague, filled(cast), "coaching:feedback_keep")
    same_kind = post(cast.colleague, filled(cast, kind="development"), "coaching:feedback_keep")
    sentence = "连续第四条都是待改进"
    assert sentence not in other_kind.content.decode()  # type: ignore[attr-defined]
    assert sentence in same_kind.content.decode()  # type: ignore[attr-defined]


def test_script_in_words_is_only_words(cast: Cast) -> None:
    bad = "<script>alert(1)</script>简直是灾难"
    page = post(cast.colleague, filled(cast, impact=bad), "coaching:feedback_keep")
    assert "<script>alert" not in page.content.decode()  # type: ignore[attr-defined]
    one = sent(cast.colleague, cast.xiaozhang, impact=bad)
    assert "<script>alert" not in page_of(cast.xiaozhang, "coaching:feedback_page", one.pk)


def test_the_first_look_is_the_receipt_of_the_receiver_alone(cast: Cast) -> None:
    one = sent(cast.colleague, cast.xiaozhang, visibility="manager")
    for person in (cast.colleague, cast.manager_li):
        page_of(person, "coaching:feedback_page", one.pk)
    one.refresh_from_db()
    assert one.received_at is None
    assert WORDS["behaviour"] not in page_of(cast.xiaozhang, "coaching:feedback")
    assert "小林给您写了一条反馈" in page_of(cast.xiaozhang, "insights:today")
    page_of(cast.xiaozhang, "coaching:feedback_page", one.pk)
    one.refresh_from_db()
    assert one.received_at
    assert "小林给您写了一条反馈" not in page_of(cast.xiaozhang, "insights:today")


def test_what_was_withdrawn_is_gone_and_says_so(cast: Cast) -> None:
    one = sent(cast.colleague, cast.xiaozhang, visibility="manager")
    withdraw(one)
    response = client_of(cast.xiaozhang).get(reverse("coaching:feedback_page", args=[one.pk]))
    assert response.status_code == 410
    assert WORDS["behaviour"] not in response.content.decode()
    assert client_of(cast.manager_li).get(reverse("coaching:feedback_page", args=[one.pk])).status_code == 404
    assert WORDS["behaviour"] in page_of(cast.colleague, "coaching:feedback_page", one.pk)


def test_the_thread_is_for_the_two_even_where_others_read_the_feedback(cast: Cast) -> None:
    one = sent(cast.colleague, cast.xiaozhang, visibility="team")
    reply(one, cast.xiaozhang, "canary-question")
    assert "canary-question" in page_of(cast.colleague, "coaching:feedback_page", one.pk)
    assert "canary-question" not in page_of(cast.manager_li, "coaching:feedback_page", one.pk)


def test_a_later_manager_does_not_read_what_an_earlier_one_was_shown(cast: Cast) -> None:
    one = sent(cast.colleague, cast.xiaozhang, visibility="manager")
    cast.xiaozhang.manager = cast.stranger_manager
    cast.xiaozhang.save()
    for person in (cast.manager_li, cast.stranger_manager):
        assert not visible_feedback(person.user).filter(pk=one.pk).exists()


def test_a_request_leads_to_a_form_that_answers_it(cast: Cast) -> None:
    (request,) = ask(cast.xiaozhang, [cast.colleague], "周二的客户演示")
    assert "周二的客户演示" in page_of(cast.colleague, "coaching:feedback")
    page = page_of(cast.colleague, "coaching:feedback_new", query=f"?request={request.pk}")
    assert "小张（A011）" in page
    assert "周二的客户演示" in page
    post(cast.colleague, filled(cast, request=request.pk))
    request.refresh_from_db()
    assert (request.state, Feedback.objects.get().request) == ("answered", request)
    assert client_of(cast.stranger).get(f"/coaching/feedback/new/?request={request.pk}").status_code == 404


def test_asking_names_who_cannot_be_asked(cast: Cast) -> None:
    client = client_of(cast.xiaozhang)
    address = reverse("coaching:feedback_ask")
    assert client.post(address, {"people": "A012, A010", "occasion": "周二的演示"}).status_code == 302
    assert FeedbackRequest.objects.count() == 2
    for people, occasion in (("A011", "自己"), ("", "谁"), ("A012", ""), ("A012", "长" * 301), ("没这人", "谁")):
        assert client.post(address, {"people": people, "occasion": occasion}).status_code == 422


def test_own_data_holds_what_one_wrote_and_was_given(cast: Cast) -> None:
    draft(cast.colleague, cast.xiaozhang, impact="canary-draft")
    withdraw(sent(cast.colleague, cast.xiaozhang, impact="canary-withdrawn"))
    given = sent(cast.colleague, cast.xiaozhang, impact="for-me")
    theirs = str(take_along(cast.colleague.user))
    given.refresh_from_db()
    assert given.received_at is None
    mine = client_of(cast.xiaozhang).get(reverse("foundation:own_data")).content.decode()
    with pytest.raises(FeedbackRead):
        withdraw(given)
    assert "for-me" in mine
    assert "canary" not in mine
    assert all(words in theirs for words in ("canary-draft", "canary-withdrawn", "for-me"))
    assert "for-me" not in str(take_along(cast.manager_li.user))


def test_three_minutes_are_enough(cast: Cast) -> None:
    assert predicted() <= 180


@pytest.mark.parametrize("view", ["received", "given", "team"])
def test_the_lists_ask_the_same_for_many(
    cast: Cast, view: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    author, reader = {"received": (cast.colleague, cast.xiaozhang), "given": (cast.xiaozhang, cast.xiaozhang)}.get(
        view, (cast.colleague, cast.manager_li)
    )
    for number in range(20):
        receiver = cast.xiaozhang if author != cast.xiaozhang else cast.colleague
        receiver = (
            employee(f"C{number:02}", f"组员{number}", cast.east, cast.manager_li) if view == "team" else receiver
        )
        sent(author, receiver, visibility="team")
    client: Client = client_of(reader)
    address = f"{reverse('coaching:feedback')}?view={view}"
    client.get(address)
    with django_assert_max_num_queries(11):
        page = client.get(address).content.decode()
    assert page.count('class="entry') >= 20


@pytest.mark.parametrize("address", ["coaching:feedback_page", "coaching:feedback_record"])
def test_whatever_way_it_is_read_it_cannot_be_taken_back_any_more(cast: Cast, address: str) -> None:
    feedback = sent(cast.colleague, cast.xiaozhang)
    assert WORDS["impact"] in client_of(cast.xiaozhang).get(reverse(address, args=[feedback.pk])).content.decode()
    client_of(cast.colleague).post(reverse("coaching:feedback_withdraw", args=[feedback.pk]))
    feedback.refresh_from_db()
    assert (feedback.state, feedback.received_at is None) == ("sent", False)
