"""`accord grant`, and what a person may take along."""

import json

import pytest
from django.core.management import CommandError, call_command

from accord.people import access
from accord.people.queries.own_data import own_data
from accord.people.services.employment import set_manager
from tests.cast import Cast


def test_the_first_administrator_comes_from_the_command_line(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("grant", "administrator", "a021", "--json")
    assert access.can_manage_people(cast.stranger.user)
    assert json.loads(capsys.readouterr().out)["employee_no"] == "A021"


def test_a_partner_is_granted_over_a_unit(cast: Cast) -> None:
    call_command("grant", "hrbp", "A021", "--unit", "远航电商/销售部")
    assert access.visible_employees(cast.stranger.user).count() == 4


@pytest.mark.parametrize(
    "arguments",
    [("hrbp", "A021"), ("executive", "NO"), ("hrbp", "A021", "--unit", "没有"), ("executive", "A001")],
)
def test_a_grant_that_cannot_be_is_one_sentence(cast: Cast, arguments: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        call_command("grant", *arguments)


def test_own_data_holds_the_persons_own_story(cast: Cast) -> None:
    set_manager(cast.xiaozhang, cast.stranger_manager)
    own = own_data(cast.xiaozhang.user)
    assert own["employment"]["manager"] == "赵经理"
    assert [line["reports_to"] for line in own["reporting_lines"]] == ["李经理", "赵经理"]
    assert own["placements"][0]["unit"] == "远航电商/销售部/华东组"
    assert [one["name"] for one in own["may_see_my_numbers"]] == ["赵经理", "陈总", "王HRBP"]
    assert own_data(cast.hrbp_wang.user)["roles"][0]["role"] == "hrbp"


def test_an_account_without_employment_has_no_story(cast: Cast) -> None:
    cast.xiaozhang.user = None
    cast.xiaozhang.save()
    assert own_data(type(cast.stranger.user).objects.get(username="A011")) == {}
