"""From an empty home to a conversation: the real commands on the files of a company of 2,000, then a browser.

What every command must say was worked out by `tests.own_company` without the product.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import DESKTOP
from tests.e2e.instances import Instance
from tests.e2e.story import today
from tests.own_company import DIVISIONS, NEW_METRICS, OwnCompany, own_company, write

PASSWORD = "Lai-Tan-Tan-2026"


@dataclass
class Told:
    """The company, its instance, and what each command answered, in the order of the commands."""

    company: OwnCompany
    instance: Instance
    answers: dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """All commands run once, in a home that was empty."""
    folder = tmp_path_factory.mktemp("files")
    company = own_company(today())
    write(company, folder)
    instance = Instance(tmp_path_factory.mktemp("home"))
    instance.accord("migrate")
    answers = {name: instance.json(*words) for name, words in _commands(company, folder).items()}
    return Told(company, instance, answers)


def _commands(company: OwnCompany, folder: Path) -> dict[str, tuple[object, ...]]:
    first, second = company.weeks
    kpis = ("import", "kpis")
    values = ("import", "measurements")
    crm = ("--source", "CRM")
    return {
        "people": ("import", "people", folder / "花名册.xlsx"),
        "people again": ("import", "people", folder / "花名册.csv"),
        "kpis before their metrics": (*kpis, folder / "指标.csv", "--dry-run"),
        "kpis": (*kpis, folder / "指标.csv", "--create-metrics"),
        "kpis again": (*kpis, folder / "指标.xlsx", "--create-metrics"),
        "first week": (*values, folder / f"{first.stem}.xlsx", *crm),
        "first week again": (*values, folder / f"{first.stem}.csv", *crm),
        "second week": (*values, folder / f"{second.stem}.csv", *crm),
        "second week again": (*values, folder / f"{second.stem}.xlsx", *crm),
        "judge second": ("evaluate", "--period", second.label),
        "judge first": ("evaluate", "--period", first.label),
        "judge second again": ("evaluate", "--period", second.label),
        "correction": (*values, folder / "更正.csv", *crm),
        "judge the correction": ("evaluate",),
    }


def counts(answer: dict[str, Any]) -> tuple[int, int, int, int]:
    return answer["created"], answer["changed"], answer["same"], answer["refused"]


def refused_rows(answer: dict[str, Any]) -> set[int]:
    return {refusal["row"] for refusal in answer["refusals"]}


def lights(answer: dict[str, Any]) -> tuple[int, int, int, int]:
    return answer["judged"], answer["green"], answer["yellow"], answer["red"]


def test_people_come_in_and_every_broken_row_is_refused(told: Told) -> None:
    answer, table = told.answers["people"], told.company.people_table
    assert counts(answer) == (2000, 0, 0, len(table.refused))
    assert refused_rows(answer) == table.refused
    circle = [refusal["sentence"] for refusal in answer["refusals"] if refusal["code"] == "manager_circle"]
    assert len(circle) == 3
    assert "错11" in circle[0]


def test_the_same_people_in_another_file_change_nothing(told: Told) -> None:
    answer = told.answers["people again"]
    assert counts(answer) == (0, 0, 2000, len(told.company.people_table.refused))


def test_kpis_of_unknown_metrics_are_refused_unless_they_may_be_made(told: Told) -> None:
    table = told.company.kpi_table
    unknown = sum(row is not None and row["指标名称"] in NEW_METRICS for row in table.rows)
    answer = told.answers["kpis before their metrics"]
    assert counts(answer) == (told.company.kpi_rows - unknown, 0, 0, len(table.refused) + unknown)
    answer = told.answers["kpis"]
    assert counts(answer) == (told.company.kpi_rows, 0, 0, len(table.refused))
    assert refused_rows(answer) == table.refused


def test_weights_that_do_not_sum_to_100_say_whose_and_by_how_much(told: Told) -> None:
    sentences = [warning["sentence"] for warning in told.answers["kpis"]["warnings"]]
    assert len(sentences) == len(told.company.uneven)
    for name, total in told.company.uneven.items():
        (sentence,) = [sentence for sentence in sentences if name in sentence]
        assert f"{total}%" in sentence
        assert "10%" in sentence


def test_the_same_kpis_in_another_file_change_nothing(told: Told) -> None:
    assert counts(told.answers["kpis again"]) == (0, 0, told.company.kpi_rows, len(told.company.kpi_table.refused))


@pytest.mark.parametrize(("place", "name"), [(0, "first week"), (1, "second week")])
def test_values_come_in_once(told: Told, place: int, name: str) -> None:
    week, answer, again = told.company.weeks[place], told.answers[name], told.answers[f"{name} again"]
    assert counts(answer) == (len(week.values), 0, week.repeated, len(week.table.refused))
    assert refused_rows(answer) == week.table.refused
    assert counts(again) == (0, 0, len(week.values) + week.repeated, len(week.table.refused))


def test_the_lights_are_those_worked_out_by_hand(told: Told) -> None:
    first, second = (week.lights for week in told.company.weeks)
    assert lights(told.answers["judge first"]) == (first.judged, first.green, first.yellow, first.red)
    assert lights(told.answers["judge second"]) == (second.judged, second.green, second.yellow, second.red)


def test_two_misses_raise_once(told: Told) -> None:
    assert told.answers["judge second"]["alerts_raised"] == len(told.company.alerts)
    for again in ("judge first", "judge second again"):
        assert told.answers[again]["alerts_raised"] == told.answers[again]["alerts_withdrawn"] == 0


def test_a_corrected_value_withdraws_its_alert_and_no_other(told: Told) -> None:
    assert counts(told.answers["correction"]) == (0, 1, 0, 0)
    answer = told.answers["judge the correction"]
    assert (answer["alerts_raised"], answer["alerts_withdrawn"]) == (0, 1)
    assert answer["periods"] == [told.company.weeks[1].label]


@pytest.fixture(scope="module")
def address(told: Told) -> Iterator[str]:
    """The instance, served; the manager has a password, and somebody is the HR partner of a division."""
    manager = told.company.manager
    told.instance.accord("user", "password", manager.number, typed=PASSWORD + "\n")
    unit = f"{manager.unit.split('/')[0]}/{DIVISIONS[0]}"
    told.instance.accord("grant", "hrbp", told.company.people[900].number, "--unit", unit)
    with told.instance.serving() as address:
        yield address


def test_their_manager_walks_from_the_board_to_the_talk(told: Told, address: str, new_page_at, look) -> None:
    manager, person = told.company.manager, told.company.alerted
    page = new_page_at(address, DESKTOP)
    page.goto("/")
    page.get_by_label("工号或邮箱").fill(manager.number)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(manager.name)
    page.get_by_role("link", name="团队看板").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("的团队")
    look(page)
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name=person.name))
    expect(row).to_be_visible()
    page.get_by_role("link", name="预警").first.click()
    page.get_by_role("link", name=person.name).first.click()
    look(page)
    page.locator("main").get_by_role("link", name=f"由{manager.name}").or_(
        page.locator("main a[href*='/coaching/tasks/']")
    ).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(person.name)
    look(page)
    page.get_by_role("button", name="记录").first.click()
    expect(page.locator("li#evidence")).to_contain_text("已完成")
