"""The pages of running flows: who may open and do what, and that all of it works without a script."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accord.people.models import Employee
from accord.workflow.models import FlowAct, FlowDelegation, FlowInstance, FlowTask
from accord.workflow.services import flows
from accord.workflow.tests.flows.builders import again, approve, open_at, published, started, task_of, told, where
from tests.cast import Cast, employee
from tests.ladder import Ladder

OUTSIDERS = ("colleague", "stranger", "stranger_manager", "hrbp_wang", "executive_chen", "administrator", "auditor")
SELF = {"by": "self"}


class TestInbox(Ladder):
    url_name = "workflow:inbox"
    may_open = ("xiaozhang", "manager_li", "administrator")
    hidden_from = ()


class TestDone(TestInbox):
    url_name = "workflow:done"


class TestStarted(TestInbox):
    url_name = "workflow:started"


class TestCopied(TestInbox):
    url_name = "workflow:copied"


class TestDelegations(TestInbox):
    url_name = "workflow:delegations"
    wrong_verbs = ("delete", "put")


class TestAgreeMany(Ladder):
    url_name = "workflow:agree_many"
    method = "post"
    may_open = ("manager_li",)
    hidden_from = ()


class TestInstance(Ladder):
    url_name = "workflow:instance"
    may_open = ("xiaozhang", "manager_li")
    hidden_from = OUTSIDERS

    def make(self, cast: Cast) -> FlowInstance:
        return started(cast.xiaozhang, approve("lead", cast.manager_li))

    def args(self, cast: Cast) -> list[Any]:
        return [self.thing.pk]


class Acting(TestInstance):
    """What 李经理 may do with the task, and 小张, who sees it, may not."""

    url_name = "workflow:act"
    method = "post"
    may_open = ("manager_li",)
    refused_to = ("xiaozhang",)
    verb = "agree"

    def args(self, cast: Cast) -> list[Any]:
        return (
            [task_of(cast.manager_li).pk, self.verb] if open_at(self.thing) else [self.thing.tasks.get().pk, self.verb]
        )

    def unknown_args(self, cast: Cast) -> list[Any]:
        return [2**31 - 1, self.verb]


class TestAgree(Acting):
    def opened(self, response: HttpResponse, cast: Cast) -> None:
        assert where(self.thing)[0] == "finished"


class TestReject(Acting):
    verb = "reject"

    def payload(self, cast: Cast) -> dict[str, str]:
        return {"reason": "预算不够"}

    def opened(self, response: HttpResponse, cast: Cast) -> None:
        assert where(self.thing)[0] == "rejected"


class TestReturn(Acting):
    verb = "return"

    def payload(self, cast: Cast) -> dict[str, str]:
        return {"node": "start", "way": "again", "reason": "请补充预算"}

    def opened(self, response: HttpResponse, cast: Cast) -> None:
        assert where(self.thing) == ("running", "start")


class TestTransfer(Acting):
    verb = "transfer"

    def payload(self, cast: Cast) -> dict[str, str]:
        return {"to": "赵经理", "reason": "他更熟悉"}

    def opened(self, response: HttpResponse, cast: Cast) -> None:
        assert open_at(self.thing) == {"赵经理"}

    def args(self, cast: Cast) -> list[Any]:
        return [self.thing.tasks.order_by("pk").first().pk, self.verb]


class TestAdd(TestTransfer):
    verb = "add"

    def payload(self, cast: Cast) -> dict[str, str]:
        return {"who": "A020", "where": "before"}


class TestTurn(Ladder):
    url_name = "workflow:turn"
    method = "post"
    may_open = ("manager_li",)
    refused_to = ("xiaozhang",)
    hidden_from = OUTSIDERS

    def make(self, cast: Cast) -> FlowInstance:
        return started(cast.xiaozhang, approve("lead", cast.manager_li, kind="fill", step="start"))

    def args(self, cast: Cast) -> list[Any]:
        return [self.thing.tasks.order_by("pk").first().pk]

    def payload(self, cast: Cast) -> dict[str, str]:
        return {"do": "decide"}

    def opened(self, response: HttpResponse, cast: Cast) -> None:
        assert where(self.thing)[0] == "finished"


class TestComment(TestInstance):
    url_name = "workflow:act_on_flow"
    method = "post"
    verb = "comment"

    def args(self, cast: Cast) -> list[Any]:
        return [self.thing.pk, self.verb]

    def payload(self, cast: Cast) -> dict[str, str]:
        return {"text": "先看预算"}


class TestWithdraw(TestComment):
    verb = "withdraw"
    may_open = ("xiaozhang",)
    refused_to = ("manager_li",)

    def opened(self, response: HttpResponse, cast: Cast) -> None:
        assert where(self.thing)[0] == "withdrawn"


class TestNudge(TestComment):
    verb = "nudge"
    may_open = ("xiaozhang",)
    refused_to = ("manager_li",)


class TestEndDelegation(Ladder):
    url_name = "workflow:end_delegation"
    method = "post"
    may_open = ("manager_li",)
    refused_to = ("colleague",)
    hidden_from = ("xiaozhang", "stranger", "administrator", "executive_chen")

    def make(self, cast: Cast) -> FlowDelegation:
        return away(cast.manager_li, cast.colleague)

    def args(self, cast: Cast) -> list[Any]:
        return [self.thing.pk]


def away(who: Employee, to: Employee) -> FlowDelegation:
    today = timezone.localdate()
    return flows.delegate(who, to, today, today + timedelta(days=3), "年假")


def browser(person: Employee) -> Client:
    client = Client()
    assert person.user
    client.force_login(person.user)
    return client


def page(person: Employee, name: str, *args: Any, **query: str) -> str:
    return str(browser(person).get(reverse(f"workflow:{name}", args=args), query).content.decode())


def post(person: Employee, name: str, *args: Any, **payload: Any) -> HttpResponse:
    return browser(person).post(reverse(f"workflow:{name}", args=args), payload)


def text_of(response: HttpResponse) -> str:
    return str(response.content.decode())


# ---- the inbox


def test_the_inbox_holds_ones_own_and_what_one_does_for_others_with_their_name(cast: Cast) -> None:
    started(cast.xiaozhang, approve("lead", cast.manager_li), title="给李经理的")
    started(cast.stranger, approve("lead", cast.stranger_manager), title="给赵经理的")
    away(cast.stranger_manager, cast.manager_li)
    shown = page(cast.manager_li, "inbox")
    assert "给李经理的" in shown
    assert "给赵经理的" in shown
    assert "代赵经理处理" in shown
    assert "给赵经理的" not in page(cast.colleague, "inbox")


def test_what_is_due_comes_first_unless_the_newest_are_wanted(cast: Cast) -> None:
    for title, days in (("甲后天到期", 2), ("乙明天到期", 1), ("丙没有期限", 0)):
        deadline = {"deadline": {"days": days, "then": "remind"}} if days else {}
        started(cast.xiaozhang, approve("lead", cast.manager_li, **deadline), title=title)
    shown = page(cast.manager_li, "inbox")
    assert shown.index("乙明天到期") < shown.index("甲后天到期") < shown.index("丙没有期限")
    shown = page(cast.manager_li, "inbox", order="new")
    assert shown.index("丙没有期限") < shown.index("乙明天到期") < shown.index("甲后天到期")


def test_the_inbox_is_narrowed_by_kind_and_words_and_nonsense_narrows_nothing(cast: Cast) -> None:
    started(cast.xiaozhang, approve("lead", cast.manager_li), title="买一台打印机")
    started(cast.colleague, approve("lead", cast.manager_li, kind="fill", step="start"), title="填写月报")
    assert "填写月报" not in page(cast.manager_li, "inbox", kind="approve")
    assert "买一台打印机" not in page(cast.manager_li, "inbox", q="小林 月报")
    assert "填写月报" in page(cast.manager_li, "inbox", q="小林 月报")
    for query in ({"kind": "dance"}, {"page": "x"}, {"order": "'"}, {"q": "\0"}):
        shown = page(cast.manager_li, "inbox", **query)
        assert "买一台打印机" in shown
        assert "填写月报" in shown


def test_what_is_for_information_is_no_task_and_is_read_by_opening_it(cast: Cast) -> None:
    instance = started(
        cast.xiaozhang, {"kind": "cc", "key": "tell", "approvers": [{"by": "hrbp"}]}, approve("lead", cast.manager_li)
    )
    assert instance.title not in page(cast.hrbp_wang, "inbox")
    assert "entry-unread" in page(cast.hrbp_wang, "copied")
    assert instance.title in page(cast.hrbp_wang, "instance", instance.pk)
    shown = page(cast.hrbp_wang, "copied")
    assert instance.title in shown
    assert "entry-unread" not in shown


def test_done_and_started_tell_what_became_of_it(cast: Cast) -> None:
    first, _second = (
        started(cast.xiaozhang, approve("lead", cast.manager_li), title=t) for t in ("买投影仪", "修空调")
    )
    flows.agree(task_of(cast.manager_li, first), cast.manager_li, "好")
    assert "已同意" in page(cast.manager_li, "done")
    assert "买投影仪" not in page(cast.manager_li, "done", q="空调")
    shown = page(cast.xiaozhang, "started")
    assert shown.count("等待李经理处理") == 1
    assert "已通过" in shown
    assert "修空调" not in page(cast.xiaozhang, "started", state="finished")
    assert "修空调" not in page(cast.manager_li, "started")


@pytest.mark.parametrize("name", ["inbox", "done", "started", "copied"])
@pytest.mark.parametrize("many", [10, 20])
def test_a_list_asks_the_same_for_many(
    cast: Cast, name: str, many: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    version = published({"kind": "cc", "key": "tell", "approvers": [SELF]}, approve("lead", cast.manager_li))
    for number in range(many):
        instance = flows.start(version, cast.xiaozhang, title=f"申请{number}")
        if name == "done":
            flows.agree(task_of(cast.manager_li, instance), cast.manager_li)
    client = browser(cast.manager_li if name in ("inbox", "done") else cast.xiaozhang)
    client.get(reverse(f"workflow:{name}"))
    with django_assert_max_num_queries(9):
        assert text_of(client.get(reverse(f"workflow:{name}"))).count("申请") >= many


@pytest.mark.parametrize("many", [10, 20])
def test_the_page_of_a_flow_asks_the_same_for_many(
    cast: Cast, many: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    crowd = [employee(f"C{number:02}", f"评委{number}", cast.east, cast.manager_li) for number in range(many)]
    instance = started(cast.xiaozhang, approve("all", *crowd, mode="all"))
    for one in crowd[:-1]:
        flows.agree(task_of(one, instance), one, "同意")
    client = browser(crowd[-1])
    client.get(reverse("workflow:instance", args=[instance.pk]))
    with django_assert_max_num_queries(15):
        assert text_of(client.get(reverse("workflow:instance", args=[instance.pk]))).count("评委") >= many


# ---- many at once


def test_many_are_agreed_to_in_one_post_with_one_opinion(cast: Cast) -> None:
    several = [started(cast.xiaozhang, approve("lead", cast.manager_li), title=f"第{n}项") for n in range(3)]
    keys = [task_of(cast.manager_li, one).pk for one in several[:2]]
    response = post(cast.manager_li, "agree_many", task=keys, reason="都看过了")
    assert response.status_code == 302
    assert [where(one)[0] for one in several] == ["finished", "finished", "running"]
    assert ("agreed", "李经理", "都看过了") in told(several[1])


def test_of_many_those_that_do_not_go_through_are_named_with_the_reason(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, taken = (
        started(cast.xiaozhang, approve("any", cast.manager_li, cast.hrbp_wang, mode="any"), title=title)
        for title in ("还在的", "被抢先的")
    )
    keys = [task_of(cast.manager_li, one).pk for one in (kept, taken)]
    read = flows.agree_many

    def slower(tasks: Any, *rest: Any) -> Any:
        # Somebody else decides between the reading of the list and the command.
        flows.agree(task_of(cast.hrbp_wang, taken), cast.hrbp_wang)
        return read(tasks, *rest)

    monkeypatch.setattr(flows, "agree_many", slower)
    response = post(cast.manager_li, "agree_many", task=keys)
    shown = text_of(response)
    assert "已同意1项" in shown
    assert "有1项未能同意" in shown
    assert "被抢先的" in shown
    assert "王HRBP" in shown
    assert where(kept)[0] == "finished"


def test_a_batch_takes_nothing_that_is_not_mine_and_no_nonsense(cast: Cast) -> None:
    instance = started(cast.xiaozhang, approve("lead", cast.manager_li))
    task = task_of(cast.manager_li)
    for keys in ([task.pk], ["x", "-1", "9" * 30, ""], []):
        assert post(cast.stranger, "agree_many", task=keys).status_code == 302
    assert where(instance)[0] == "running"


# ---- the page of one flow


def fork(cast: Cast) -> FlowInstance:
    both = approve("both", cast.manager_li, cast.hrbp_wang, mode="all", name={"zh": "主管与人事"})
    large = {"key": "large", "name": {"zh": "金额较大"}, "when": "amount > 100", "nodes": [both]}
    branch = {
        "kind": "branch",
        "key": "fork",
        "name": {"zh": "金额"},
        "branches": [large, {"key": "else", "nodes": []}],
    }
    last = approve("last", cast.executive_chen, name={"zh": "总经理"})
    return started(cast.xiaozhang, branch, last, values={"amount": 300})


def test_the_path_tells_who_acted_who_is_waited_for_and_what_is_to_come(cast: Cast) -> None:
    instance = fork(cast)
    flows.agree(task_of(cast.manager_li), cast.manager_li, "可以，注意控制成本")
    shown = page(cast.xiaozhang, "instance", instance.pk)
    assert "等待王HRBP处理" in shown
    assert "可以，注意控制成本" in shown
    assert "会签，须全部同意" in shown
    places = [shown.index(word) for word in ("金额较大", "主管与人事", "总经理")]
    assert places == sorted(places)
    assert shown.count('aria-current="step"') == 1


def test_only_what_may_be_done_now_is_offered(cast: Cast) -> None:
    instance = started(
        cast.xiaozhang, approve("lead", cast.manager_li, may=["transfer"]), approve("next", cast.hrbp_wang)
    )
    shown = page(cast.manager_li, "instance", instance.pk)
    for verb, offered in (("agree", True), ("reject", True), ("transfer", True), ("return", False), ("add", False)):
        assert (f'id="act-{verb}"' in shown) == offered, verb
    shown = page(cast.xiaozhang, "instance", instance.pk)
    for verb, offered in (("withdraw", True), ("nudge", True), ("agree", False), ("transfer", False)):
        assert (f'id="act-{verb}"' in shown) == offered, verb
    flows.withdraw(again(instance), cast.xiaozhang, "不需要了")
    assert "act-bar" not in page(cast.xiaozhang, "instance", instance.pk)


def test_a_reason_is_asked_for_beside_the_field_and_what_was_written_is_kept(cast: Cast) -> None:
    instance = started(cast.xiaozhang, approve("lead", cast.manager_li))
    task = task_of(cast.manager_li)
    for verb, payload, kept in (
        ("reject", {"reason": " "}, "reject-reason"),
        ("return", {"node": "nowhere", "way": "again", "reason": "请改"}, "请改"),
        ("transfer", {"to": "查无此人", "reason": "他熟"}, "查无此人"),
        ("add", {"who": "小张", "where": "before"}, "小张"),
    ):
        response = post(cast.manager_li, "act", task.pk, verb, **payload)
        assert response.status_code == 422, verb
        assert kept in text_of(response)
    assert post(cast.manager_li, "act", task.pk, "dance").status_code == 404
    assert where(instance) == ("running", "lead")


def test_a_return_may_come_straight_back_and_the_path_keeps_what_was_decided(cast: Cast) -> None:
    instance = started(cast.xiaozhang, approve("first", cast.hrbp_wang), approve("second", cast.manager_li))
    flows.agree(task_of(cast.hrbp_wang), cast.hrbp_wang, "人事没问题")
    back = {"node": "start", "way": "straight", "reason": "请写清预算"}
    post(cast.manager_li, "act", task_of(cast.manager_li).pk, "return", **back)
    shown = page(cast.xiaozhang, "instance", instance.pk)
    assert "保留已有结果" in shown
    assert "人事没问题" in shown
    assert post(cast.xiaozhang, "turn", task_of(cast.xiaozhang).pk, do="decide").status_code == 302
    assert where(instance) == ("running", "second")


def test_who_was_slower_is_told_and_sees_how_it_stands_now(cast: Cast) -> None:
    instance = started(cast.xiaozhang, approve("any", cast.manager_li, cast.hrbp_wang, mode="any"))
    task = task_of(cast.manager_li)
    flows.agree(task_of(cast.hrbp_wang), cast.hrbp_wang)
    response = post(cast.manager_li, "act", task.pk, "reject", reason="不同意")
    assert response.status_code == 409
    assert "王HRBP" in text_of(response)
    assert "已通过" in text_of(response)
    assert where(instance)[0] == "finished"


def test_a_second_press_is_harmless(cast: Cast) -> None:
    instance = started(cast.xiaozhang, approve("lead", cast.manager_li), approve("next", cast.hrbp_wang))
    task = task_of(cast.manager_li)
    for _press in range(2):
        assert post(cast.manager_li, "act", task.pk, "agree").status_code == 302
    assert [kind for kind, _who, _why in told(instance)].count("agreed") == 1
    assert where(instance) == ("running", "next")


def test_agreeing_from_the_inbox_leads_back_there_and_nowhere_else(cast: Cast) -> None:
    started(cast.xiaozhang, approve("lead", cast.manager_li), approve("next", cast.manager_li, mode="any"))
    response = post(cast.manager_li, "act", task_of(cast.manager_li).pk, "agree", next="/workflow/inbox/?kind=approve")
    assert response["Location"] == "/workflow/inbox/?kind=approve"
    other = started(cast.colleague, approve("lead", cast.manager_li))
    response = post(cast.manager_li, "act", task_of(cast.manager_li, other).pk, "agree", next="https://evil.example/")
    assert response["Location"] == reverse("workflow:instance", args=[other.pk])


def test_a_delegate_sees_for_whom_they_decide_and_both_stand_in_the_record(cast: Cast) -> None:
    instance = started(cast.xiaozhang, approve("lead", cast.manager_li), approve("next", cast.hrbp_wang))
    away(cast.manager_li, cast.colleague)
    assert "李经理已委托您代为处理" in page(cast.colleague, "instance", instance.pk)
    assert post(cast.colleague, "act", task_of(cast.manager_li).pk, "agree", reason="代为同意").status_code == 302
    shown = page(cast.xiaozhang, "instance", instance.pk)
    assert "由小林代为处理" in shown
    assert "代李经理" in shown


def test_a_reminder_goes_out_once_a_day(cast: Cast) -> None:
    instance = started(cast.xiaozhang, approve("lead", cast.manager_li))
    assert post(cast.xiaozhang, "act_on_flow", instance.pk, "nudge").status_code == 302
    shown = page(cast.xiaozhang, "instance", instance.pk)
    assert "今日已催办" in shown
    assert 'id="act-nudge"' not in shown
    assert post(cast.xiaozhang, "act_on_flow", instance.pk, "nudge").status_code == 409


def test_a_comment_names_people_without_a_script_and_never_an_outsider(cast: Cast) -> None:
    instance = started(cast.xiaozhang, approve("lead", cast.manager_li))
    post(cast.xiaozhang, "act_on_flow", instance.pk, "comment", text="@李经理请看附件")
    act = FlowAct.objects.get(instance=instance, kind="commented")
    assert act.mentions == [cast.manager_li.pk]
    assert "请看附件" in page(cast.manager_li, "instance", instance.pk)
    for text in ("@外人 看一下", "@查无此人 看一下", "  "):
        response = post(cast.xiaozhang, "act_on_flow", instance.pk, "comment", text=text)
        assert response.status_code == 422
        assert text.strip() in text_of(response)
    assert FlowAct.objects.filter(instance=instance, kind="commented").count() == 1


def test_an_account_without_employment_is_told_so(client: Client, django_user_model: Any) -> None:
    client.force_login(django_user_model.objects.create_user("nobody"))
    for name in ("inbox", "done", "started", "copied", "delegations", "start_list"):
        assert "未关联员工" in text_of(client.get(reverse(f"workflow:{name}")))
    assert client.post(reverse("workflow:agree_many")).status_code == 403
    assert client.post(reverse("workflow:delegations")).status_code == 403


# ---- delegation


def test_somebody_is_named_by_form_and_the_delegation_ends_early(cast: Cast) -> None:
    today = timezone.localdate()
    wanted = {"to": "小林", "valid_from": today, "valid_to": today + timedelta(days=5), "reason": "年假"}
    assert post(cast.manager_li, "delegations", **wanted).status_code == 302
    assert "年假" in page(cast.manager_li, "delegations")
    assert "委托给我的" in page(cast.colleague, "delegations")
    assert "签署不可委托" in page(cast.manager_li, "delegations")
    made = FlowDelegation.objects.get()
    post(cast.manager_li, "end_delegation", made.pk)
    assert "委托给我的" not in page(cast.colleague, "delegations")
    assert "已结束" in page(cast.manager_li, "delegations")


def test_a_delegation_that_makes_no_sense_is_refused_beside_the_field(cast: Cast) -> None:
    today = timezone.localdate()
    away(cast.colleague, cast.manager_li)
    for to, first, last in (
        ("李经理", 0, 3), ("查无此人", 0, 3), ("小张", 5, 1), ("小张", -5, -1), ("小张", 0, 800),
        ("小林", 0, 2), ("", 0, 1),
    ):  # fmt: skip
        wanted = {"to": to, "valid_from": today + timedelta(days=first), "valid_to": today + timedelta(days=last)}
        response = post(cast.manager_li, "delegations", **wanted)
        assert response.status_code == 422, (to, first, last)
    assert FlowDelegation.objects.count() == 1


def test_the_badge_counts_what_is_owed_and_today_shows_the_most_pressing(cast: Cast, rf: Any) -> None:
    from accord.workflow.panels import inbox_count, waiting_for_me

    def asked() -> Any:
        request = rf.get("/")
        request.user = cast.manager_li.user
        return request

    request = asked()
    assert (inbox_count(request), waiting_for_me(request, cast.manager_li)) == (0, "")
    for number in range(4):
        started(cast.xiaozhang, approve("lead", cast.manager_li), title=f"第{number}项")
    FlowTask.objects.filter(instance__title="第0项").update(due_at=timezone.now())
    assert inbox_count(asked()) == 4
    shown = waiting_for_me(asked(), cast.manager_li)
    assert shown.index("第0项") < shown.index("第3项")
    assert "第1项" not in shown
