"""Nobody gets at 小张's numbers who should not: by page, by JSON, by file, by any address with any id in it.

Those who may see 小张 crawl the whole product. Every address on which they met something of hers is then asked for by
those who may not: a stranger, a colleague, a former manager, the administrator, and an executive who has left. What a
crawl does not know, such as addresses that only take a POST, is tried with her ids. New pages need no entry here.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accord.alerts.models import Alert
from accord.alerts.services.evaluation import evaluate
from accord.coaching.models import CoachingTask
from accord.coaching.services.coaching_tasks import snooze, take_step
from accord.domain.periods import Frequency, Period
from accord.foundation.imports.contract import no_progress
from accord.foundation.imports.files import pieces_of
from accord.foundation.imports.running import check, load
from accord.foundation.imports.runs import keep_run
from accord.foundation.models import ImportRun, User
from accord.people.models import Employee
from accord.people.services.employment import leave, set_manager
from tests.architecture.test_urls import ours, sample_path
from tests.cast import Cast, employee, grant

SECRETS = ("77,123", "77123", "71,456", "71456", "88,321", "88321", "金丝雀")
"""Her two values, her target, and the notes about her."""

ENTITLED = ("xiaozhang", "manager_li", "hrbp_wang", "executive_chen")
OUTSIDERS = ("stranger", "colleague", "stranger_manager", "administrator", "leaver")
MOST_PAGES = 400


@dataclass
class House:
    """The people, and the addresses where those who may see 小张 met something of hers."""

    users: dict[str, User]
    telling: set[str]
    seen: set[str]

    def client(self, name: str) -> Client:
        client = Client()
        client.force_login(self.users[name])
        return client


@pytest.fixture
def house(cast: Cast, tmp_path: Path, django_capture_on_commit_callbacks: Callable[..., object]) -> House:
    """小张 has values, an alert, a task with notes; 赵经理 led her once; somebody with every right has left."""
    former = cast.stranger_manager
    set_manager(cast.xiaozhang, former, on=date(2026, 2, 2))
    set_manager(cast.xiaozhang, cast.manager_li, on=date(2026, 3, 2))
    leaver = employee("A099", "旧总", cast.company, cast.executive_chen)
    grant(leaver, "executive")
    users = {name: getattr(cast, name).user for name in {*ENTITLED, *OUTSIDERS} - {"leaver"}}
    users["leaver"] = leaver.user
    with django_capture_on_commit_callbacks(execute=True):
        _bring_in(cast, tmp_path)
    with django_capture_on_commit_callbacks(execute=True):
        evaluate()
    _talk(cast)
    house = House(users, telling=set(), seen=set())
    for name in ENTITLED:
        crawl(house, house.client(name))
    return house


def _bring_in(cast: Cast, folder: Path) -> None:
    number = cast.xiaozhang.employee_no
    newest = Period.of(timezone.localdate(), Frequency.WEEK) - 1
    kpis = folder / "kpis.csv"
    kpis.write_text(f"工号,指标,权重,目标\n{number},签约额,100%,88321\n", "utf-8")
    values = folder / "values.csv"
    rows = f"{number},签约额,{newest - 1},77123\n{number},签约额,{newest},71456\nX1,签约额,{newest},88321\n"
    values.write_text("工号,指标,周期,数值\n" + rows, "utf-8")
    actor = cast.hrbp_wang.user
    assert actor
    for kind, path, options in (
        ("kpis", kpis, {"create_metrics": "1"}),
        ("measurements", values, {"source": "CRM"}),
    ):
        checked = keep_run(
            kind, pieces_of(path), path.name, state=ImportRun.State.CHECKING, actor=actor, options=options
        )
        check(checked, no_progress)
        loaded = keep_run(kind, pieces_of(path), path.name, state=ImportRun.State.LOADING, actor=actor, options=options)
        load(loaded, no_progress, actor)


def _talk(cast: Cast) -> None:
    task = CoachingTask.objects.get(alert=Alert.objects.get())
    for kind in ("evidence", "talk", "action"):
        take_step(task, kind, f"金丝雀 {kind}", cast.manager_li)
    task.refresh_from_db()
    snooze(task, timezone.localdate() + timedelta(days=3), "金丝雀 snooze", cast.manager_li)


class Links(HTMLParser):
    """Every address a page names."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attributes if name in ("href", "src", "action", "hx-get") and value]


def crawl(house: House, client: Client) -> None:
    """Open everything that can be reached from the first page and from addresses without an id."""
    waiting = ["/", *(sample_path(address) for name, address, _ in ours() if "<" not in address)]
    known: set[object] = set()
    while waiting and len(known) < MOST_PAGES:
        address = waiting.pop()
        # Another page of a list, or another day of a board, is the same page.
        shape = (urlsplit(address).path, *(sorted(dict(parse_qsl(urlsplit(address).query)))))
        if shape in known or address.startswith(("/static/", "/accounts/logout")):
            continue
        known.add(shape)
        response = client.get(address)
        body = text_of(response)
        house.seen.add(address)
        if any(secret in body for secret in SECRETS):
            house.telling.add(address)
        if response.headers.get("Location"):
            waiting.append(response.headers["Location"])
        waiting += [urljoin(address, link).partition("#")[0] for link in links(response, body)]


def links(response: HttpResponse, body: str) -> Iterator[str]:
    if response.headers.get("Content-Type", "").startswith("text/html"):
        parser = Links()
        parser.feed(body)
        yield from (link for link in parser.found if not urlsplit(link).netloc and not link.startswith("#"))


def text_of(response: HttpResponse) -> str:
    """What an answer says, also inside a workbook."""
    body = response.getvalue()
    if body.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            body = b"\n".join(book.read(name) for name in book.namelist())
    return body.decode("utf-8", "replace") + " ".join(f"{name}: {value}" for name, value in response.headers.items())


def secrets_in(response: HttpResponse) -> list[str]:
    text = text_of(response)
    return [secret for secret in SECRETS if secret in text]


def is_shut(response: HttpResponse) -> bool:
    return response.status_code == 404 or response.headers.get("Location", "").startswith(reverse("account_login"))


def test_what_those_who_may_read_is_shut_to_outsiders(house: House) -> None:
    _she_is_met_everywhere(house)
    _no_address_tells(house)
    _no_id_tells_or_does_anything(house)


def _she_is_met_everywhere(house: House) -> None:
    """A crawl that found nothing would prove nothing."""
    kinds = {re.sub(r"\d+", "N", urlsplit(address).path) for address in house.telling}
    for kind in (
        "/",
        "/people/N/",
        "/goals/",
        "/metrics/values/N/N/",
        "/alerts/",
        "/alerts/N/",
        "/coaching/tasks/N/",
        "/me/data.json",
        "/imports/N/",
        "/imports/N/file/",
        "/imports/N/refused/",
    ):
        assert kind in kinds, (kind, sorted(kinds))


def _no_address_tells(house: House) -> None:
    """Whatever those who may have opened."""
    told, open_doors = [], []
    for name, client in outsiders(house):
        keeps_imports = house.users[name].has_perm("foundation.view_importrun")
        for address in sorted(house.seen):
            response = client.get(address)
            if found := secrets_in(response):
                told.append((name, address, found))
            # Whoever keeps the imports knows that a file came in, and not what it says of others.
            is_known = address.startswith("/imports/") and keeps_imports
            has_id = re.search(r"\d", urlsplit(address).path)
            if address in house.telling and has_id and not (is_known or is_shut(response)):
                open_doors.append((name, address, response.status_code))
    assert told == []
    assert open_doors == []


def _no_id_tells_or_does_anything(house: House) -> None:
    """Also where no link led: every address with any of her ids, read and posted to."""
    ids = {int(number) for address in house.telling for number in re.findall(r"/(\d{1,4})/", address)}
    patterns = [address for _, address, _ in ours() if address.count("<") == 1 and "<int:" in address]
    paths = {"/" + re.sub(r"<int:\w+>", str(pk), address) for address in patterns for pk in ids}
    task = CoachingTask.objects.get()
    before = (task.state, task.outcome, task.steps.count())
    told = [
        (name, verb, path)
        for name, client in outsiders(house)
        for path in sorted(paths)
        for verb in ("get", "post")
        if secrets_in(getattr(client, verb)(path))
    ]
    assert told == []
    task.refresh_from_db()
    assert (task.state, task.outcome, task.steps.count()) == before


def outsiders(house: House) -> Iterator[tuple[str, Client]]:
    """Those who may not, each signed in; the one who has left was signed in before."""
    for name in OUTSIDERS:
        client = house.client(name)
        person = house.users[name].employee
        if name == "leaver" and person.status != Employee.Status.LEFT:
            leave(person)
        yield name, client
