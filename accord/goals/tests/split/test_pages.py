"""The pages: who may open them, what typing does, and that they say no in a sentence."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accord.domain.decomposition.settings import read_settings
from accord.goals.models import Agreement, Cycle, Decomposition
from accord.goals.services.decomposition.applying import apply
from accord.goals.tests.split.builders import Shop, begun, reach, shop
from accord.people.models import Employee, OrgUnit, RoleGrant
from tests.cast import Cast, grant
from tests.ladder import Ladder

pytestmark = pytest.mark.django_db


class _OnShop(Ladder):
    """A decomposition of the shop, which its head, its HR partner and the executive may open."""

    may_open = ("executive_chen", "hrbp_wang", "manager_li")
    hidden_from = ("xiaozhang", "colleague", "stranger", "stranger_manager", "administrator", "auditor")

    def make(self, cast: Cast) -> Decomposition:
        made = shop(cast, {"北美组": 2})
        grant(cast.hrbp_wang, RoleGrant.Role.HRBP, made.shop)
        OrgUnit.objects.filter(pk=made.shop.pk).update(head=cast.manager_li)
        return begun(made, cast.executive_chen)

    def args(self, cast: Cast) -> list[Any]:
        return [self.thing.pk]


class _Change(_OnShop):
    method = "post"
    may_open = ("manager_li",)

    def payload(self, cast: Cast) -> dict[str, Any]:
        return rules(self.thing)


def rules(decomposition: Decomposition, **more: str) -> dict[str, str]:
    settings = decomposition.settings
    plain = {name: settings[name] for name in ("units", "people", "before", "season")}
    rates = {f"rate-{pk}": rate for pk, rate in settings["rates"].items()}
    edition = str(Decomposition.objects.get(pk=decomposition.pk).edition) if decomposition.pk else "0"
    return {"edition": edition, "target": f"{decomposition.target:f}", **plain, **rates, **more}


class TestPage(_OnShop):
    url_name = "goals:decomposition"

    def opened(self, response: HttpResponse, cast: Cast) -> None:
        assert "北美组1" in response.content.decode()


class TestChange(_Change):
    url_name = "goals:decomposition_change"


class TestAdopt(_Change):
    url_name = "goals:decomposition_adopt"


class TestUnlock(_Change):
    url_name = "goals:decomposition_unlock"


class TestApply(_Change):
    url_name = "goals:decomposition_apply"

    def test_one_click_makes_the_drafts(self, cast: Cast) -> None:
        assert self._ask("manager_li", cast).status_code == 302
        assert Agreement.objects.count() == 3


class TestDiscard(_Change):
    url_name = "goals:decomposition_discard"


@pytest.fixture
def made(cast: Cast) -> Shop:
    return shop(cast, {"北美组": 2, "欧洲组": 1})


@pytest.fixture
def boss(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.executive_chen.user)
    return client


def post(client: Client, name: str, decomposition: Decomposition, data: dict[str, str]) -> HttpResponse:
    return client.post(reverse(f"goals:decomposition_{name}", args=[decomposition.pk]), data)


def locks(decomposition: Decomposition) -> dict[str, Any]:
    return Decomposition.objects.get(pk=decomposition.pk).settings["locks"]


def test_three_answers_make_a_table(made, boss) -> None:
    assert "GMV = 访客数 × 转化率 × 客单价" in boss.get(reverse("goals:decomposition_new")).content.decode()
    code = made.product.code
    answers = {"what": code, "target": "1000", "root": made.shop.pk, "cycle": made.cycle.pk}
    page = boss.post(reverse("goals:decomposition_new"), answers, follow=True)
    text = page.content.decode()
    assert page.status_code == 200
    assert "与目标一致" in text
    assert read_settings(Decomposition.objects.get().settings).factors == tuple(one.pk for one in made.factors)


def test_what_cannot_be_begun_is_said_beside_the_field(made, boss, cast) -> None:
    page = boss.post(reverse("goals:decomposition_new"), {"what": "999", "target": "-5"})
    assert page.status_code == 422
    assert not Decomposition.objects.exists()


def test_who_may_split_nothing_is_told_and_refused(made, cast) -> None:
    client = Client()
    client.force_login(cast.xiaozhang.user)
    assert "您没有需要拆解的目标" in client.get(reverse("goals:decompositions")).content.decode()
    assert client.get(reverse("goals:decomposition_new")).status_code == 403
    assert client.post(reverse("goals:decomposition_next_cycle")).status_code == 403


def test_a_head_may_not_name_a_unit_above_their_own(made, cast) -> None:
    client = Client()
    client.force_login(made.leaders["北美组"].user)
    answers = {"what": made.plain.code, "target": "10", "cycle": made.cycle.pk}
    assert client.post(reverse("goals:decomposition_new"), answers | {"root": made.shop.pk}).status_code == 422
    own = client.post(reverse("goals:decomposition_new"), answers | {"root": made.groups["北美组"].pk})
    assert own.status_code == 302


def test_the_next_quarter_can_be_opened_and_split(made, boss) -> None:
    Cycle.objects.exclude(pk=made.cycle.pk).delete()
    boss.post(reverse("goals:decomposition_next_cycle"))
    assert Cycle.objects.count() >= 2


def test_typing_a_number_locks_it_and_emptying_lets_it_go(made, boss, cast) -> None:
    decomposition = begun(made, cast.executive_chen)
    first = made.people["北美组"][0]
    cell = f"cell-e{first.pk}-{made.gmv.pk}"
    assert post(boss, "change", decomposition, rules(decomposition, **{cell: "１,00.5"})).status_code == 302
    assert locks(decomposition) == {f"e{first.pk}": {str(made.gmv.pk): "100.5"}}
    page = boss.get(reverse("goals:decomposition", args=[decomposition.pk])).content.decode()
    assert 'value="100.5"' in page
    post(boss, "change", decomposition, rules(decomposition, **{cell: ""}))
    assert locks(decomposition) == {}


def test_the_lock_button_holds_what_is_shown(made, boss, cast) -> None:
    decomposition = begun(made, cast.executive_chen)
    key = f"e{made.people['北美组'][0].pk}"
    post(boss, "change", decomposition, rules(decomposition, lock=f"{key}-{made.gmv.pk}"))
    assert locks(decomposition)[key] == {str(made.gmv.pk): "333.340000"}
    post(boss, "change", decomposition, rules(decomposition, unlock=f"{key}-{made.gmv.pk}"))
    assert locks(decomposition) == {}


@pytest.mark.parametrize("text", ["abc", "-1", "1e30", "NaN", "1.1234567"])
def test_what_is_no_number_is_said_and_nothing_changes(made, boss, cast, text) -> None:
    decomposition = begun(made, cast.executive_chen)
    cell = f"cell-e{made.people['北美组'][0].pk}-{made.gmv.pk}"
    answer = post(boss, "change", decomposition, rules(decomposition, **{cell: text}))
    assert answer.status_code == 422
    assert "不是可用的数值" in answer.content.decode()
    assert Decomposition.objects.get().edition == 0


def test_other_peoples_cells_and_leaders_are_ignored(made, boss, cast) -> None:
    decomposition = begun(made, cast.executive_chen)
    cells = {
        f"cell-e{cast.xiaozhang.pk}-{made.gmv.pk}": "5",
        f"cell-e{made.leaders['北美组'].pk}-{made.gmv.pk}": "5",
        f"cell-u{made.shop.pk}-{made.gmv.pk}": "5",
        f"cell-e{made.people['北美组'][0].pk}-999": "5",
    }
    assert post(boss, "change", decomposition, rules(decomposition, **cells)).status_code == 302
    assert locks(decomposition) == {}


def test_days_off_and_weights_are_stored(made, boss, cast) -> None:
    decomposition = begun(made, cast.executive_chen)
    key = f"e{made.people['北美组'][0].pk}"
    more = {f"away-{key}": "46", f"weight-{key}": "1.5", "people": "capacity"}
    post(boss, "change", decomposition, rules(decomposition) | more)
    settings = read_settings(Decomposition.objects.get().settings)
    assert (settings.away, settings.weights, settings.people) == ({key: 46}, {key: Decimal("1.5")}, "capacity")


def test_a_stale_page_saves_nothing(made, boss, cast) -> None:
    decomposition = begun(made, cast.executive_chen)
    stale = rules(decomposition, target="900") | {"edition": "0"}
    assert post(boss, "change", decomposition, stale).status_code == 302
    answer = post(boss, "change", decomposition, stale | {"target": "800"})
    assert answer.status_code == 409
    assert Decomposition.objects.get().target == 900
    for name in ("apply", "discard", "adopt", "unlock"):
        assert post(boss, name, decomposition, {"edition": "x"}).status_code == 409


def test_rules_that_cannot_be_read_are_shown_again(made, boss, cast) -> None:
    decomposition = begun(made, cast.executive_chen)
    answer = post(boss, "change", decomposition, rules(decomposition, units="nonsense"))
    assert answer.status_code == 422
    assert "errorlist" in answer.content.decode()


def test_what_if_shows_changes_and_stores_nothing(made, boss, cast) -> None:
    decomposition = begun(made, cast.executive_chen)
    page = boss.get(reverse("goals:decomposition", args=[decomposition.pk]), {"more": "10"}).content.decode()
    assert "假设目标为 1,100.00 万元" in page
    assert "+33.33" in page
    assert Decomposition.objects.get().target == 1000
    post(boss, "adopt", decomposition, {"edition": "0", "more": "10"})
    assert Decomposition.objects.get().target == 1100


def test_what_if_below_the_locks_says_so(made, boss, cast) -> None:
    decomposition = begun(made, cast.executive_chen)
    cell = f"cell-u{made.groups['北美组'].pk}-{made.gmv.pk}"
    post(boss, "change", decomposition, rules(decomposition, **{cell: "900"}))
    page = boss.get(reverse("goals:decomposition", args=[decomposition.pk]), {"more": "-20"})
    assert "已超过总数 800.00" in page.content.decode()
    assert post(boss, "adopt", decomposition, {"edition": "1", "more": "-20"}).status_code == 422


@pytest.mark.parametrize("more", ["", "abc", "1e9", "NaN", "-500"])
def test_a_slider_that_says_nonsense_changes_nothing(made, boss, cast, more) -> None:
    decomposition = begun(made, cast.executive_chen)
    page = boss.get(reverse("goals:decomposition", args=[decomposition.pk]), {"more": more})
    assert page.status_code == 200
    assert "假设目标" not in page.content.decode()


def test_a_table_that_lost_its_answer_offers_the_way_out(made, boss, cast) -> None:
    decomposition = begun(made, cast.executive_chen)
    one, two = made.people["北美组"]
    cells = {f"cell-e{person.pk}-{made.gmv.pk}": value for person, value in ((one, "300"), (two, ""))}
    post(boss, "change", decomposition, rules(decomposition, **cells))
    Employee.objects.filter(pk=two.pk).update(status=Employee.Status.LEFT)
    page = boss.get(reverse("goals:decomposition", args=[decomposition.pk])).content.decode()
    assert "全部解锁" in page
    assert "各项都已锁定" in page
    post(boss, "unlock", decomposition, {"edition": "1"})
    assert "与目标一致" in boss.get(reverse("goals:decomposition", args=[decomposition.pk])).content.decode()


def test_once_handed_out_the_page_says_who_got_what_and_who_was_left_out(made, boss, cast) -> None:
    decomposition = begun(made, cast.executive_chen)
    apply(decomposition, 0, cast.executive_chen)
    page = boss.get(reverse("goals:decomposition", args=[decomposition.pk])).content.decode()
    assert "没有承接该指标，也没有考核模型" in page
    assert "333.33" in page
    assert post(boss, "change", decomposition, rules(decomposition)).status_code == 409


def test_very_many_people_are_folded_into_their_units(made, boss, cast, monkeypatch) -> None:
    monkeypatch.setattr("accord.goals.queries.decomposition.table.MOST_PEOPLE", 1)
    decomposition = begun(made, cast.executive_chen)
    address = reverse("goals:decomposition", args=[decomposition.pk])
    assert "北美组1" not in boss.get(address).content.decode()
    opened = boss.get(address, {"unit": f"u{made.groups['北美组'].pk}"}).content.decode()
    assert "北美组1" in opened
    assert "欧洲组1" not in opened


def test_the_list_asks_as_much_for_twenty_as_for_ten(made, boss, cast) -> None:
    counts = []
    for _round in range(2):
        for _one in range(10):
            begun(made, cast.executive_chen)
        with CaptureQueriesContext(connection) as asked:
            assert boss.get(reverse("goals:decompositions")).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_table_asks_as_much_for_many_as_for_few(cast, boss) -> None:
    made = shop(cast, {"北美组": 2})
    reach(made.people["北美组"][0], made.gmv, "20")
    decomposition = begun(made, cast.executive_chen, product=True)
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as asked:
            boss.get(reverse("goals:decomposition", args=[decomposition.pk]))
        counts.append(len(asked))
        group = made.groups["北美组"]
        for place in range(10):
            Employee.objects.create(
                employee_no=f"M{_round}{place:02d}",
                name=f"新人{place}",
                org_unit=group,
                position=made.people["北美组"][0].position,
                manager=made.leaders["北美组"],
            )
    assert counts[0] == counts[1]


def test_seventy_people_are_set_up_in_two_forms(cast, boss) -> None:
    """One form with two answers to give, one button with its confirmation: seven touches from the tab to the drafts."""
    made = shop(cast, {"北美组": 24, "欧洲组": 23, "东南亚组": 23})
    page = boss.get(reverse("goals:decomposition_new")).content.decode()
    assert "远航电商/店铺部" in page
    answers = {"what": made.plain.code, "target": "23660", "root": made.shop.pk, "cycle": made.cycle.pk}
    table = boss.post(reverse("goals:decomposition_new"), answers, follow=True).content.decode()
    decomposition = Decomposition.objects.get()
    assert reverse("goals:decomposition_apply", args=[decomposition.pk]) in table
    post(boss, "apply", decomposition, {"edition": "0"})
    assert Agreement.objects.filter(employee__position__name="店铺运营").count() == 70
