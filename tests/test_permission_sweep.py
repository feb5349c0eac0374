"""Nobody gets at 小张's numbers who should not: by page, by JSON, by file, by any address with any id in it.

Those who may see 小张 crawl the whole product. Every address on which they met something of hers is then asked for by
those who may not: a stranger, a colleague, a former manager, the administrator, and an executive who has left. What a
crawl does not know, such as addresses that only take a POST, is tried with her ids. New pages need no entry here.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qsl, urljoin, urlsplit
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accord.alerts.models import Alert
from accord.alerts.services.evaluation import evaluate
from accord.coaching.models import CoachingTask
from accord.coaching.services.coaching_tasks import snooze, take_step
from accord.coaching.services.feedback.drafts import Form, Written, keep_draft
from accord.coaching.services.minutes import begin as begin_minutes
from accord.coaching.services.one_on_ones import begin, plan_extra, save_note
from accord.coaching.tests.feedback.builders import sent
from accord.coaching.tests.minutes.builders import written
from accord.coaching.tests.talks.builders import a_pair_now
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
"""Her two values, her target, and the notes about her: of tasks, of talks, in minutes and feedback."""

CONFIDENTIAL = {
    "云雀": {"xiaozhang"},
    "夜莺": {"xiaozhang"},
    "画眉": {"xiaozhang", "manager_li"},
    "白鹭": {"xiaozhang", "manager_li"},
}
"""What not even those who may see her may read: her private note, her draft of feedback, feedback of hers to her
manager, their minutes; and who does.
"""

ENTITLED = ("xiaozhang", "manager_li", "hrbp_wang", "executive_chen")
OUTSIDERS = ("stranger", "colleague", "stranger_manager", "administrator", "leaver")
MOST_OF_A_KIND = 12
"""Addresses of one kind that a crawl opens: more talks of a year, and more filters of a board, show nothing new."""


@dataclass
class House:
    """The people, and the addresses where those who may see 小张 met something of hers."""

    users: dict[str, User]
    telling: set[str]
    seen: set[str]
    confided: set[tuple[str, str]]

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
    _confide(cast)
    house = House(users, telling=set(), seen=set(), confided=set())
    for name in ENTITLED:
        crawl(house, house.client(name), name)
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


def _confide(cast: Cast) -> None:
    """What she writes to herself, has not sent yet, told her manager, and agreed with him."""
    me, manager = cast.xiaozhang, cast.manager_li
    talk = plan_extra(a_pair_now(cast), timezone.now() + timedelta(hours=1), me)
    begin(talk, me)
    save_note(talk, me, "private", "金丝雀 云雀", 0)
    keep_draft(me, Form(uuid4(), 0, uuid4()), Written(manager, "development", "receiver", behaviour="金丝雀 夜莺"))
    sent(me, manager, impact="金丝雀 画眉")
    written(begin_minutes(talk, me), me, decisions="金丝雀 白鹭")


class Links(HTMLParser):
    """Every address a page names."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attributes if name in ("href", "src", "action", "hx-get") and value]


def crawl(house: House, client: Client, name: str) -> None:
    """Open everything that can be reached from the first page and from addresses without an id."""
    waiting = ["/", *(sample_path(address) for name, address, _ in ours() if "<" not in address)]
    known: set[object] = set()
    opened: Counter[str] = Counter()
    while waiting:
        address = waiting.pop()
        # Another page of a list, or another day of a board, is the same page.
        asked = dict(parse_qsl(urlsplit(address).query))
        shape = (urlsplit(address).path, asked.pop("view", ""), *sorted(asked))
        kind = kind_of(address)
        if shape in known or opened[kind] == MOST_OF_A_KIND or address.startswith(("/static/", "/accounts/logout")):
            continue
        known.add(shape)
        opened[kind] += 1
        response = client.get(address)
        body = text_of(response)
        house.seen.add(address)
        if any(secret in body for secret in SECRETS):
            house.telling.add(address)
        house.confided |= {(word, name) for word in CONFIDENTIAL if word in body}
        if response.headers.get("Location"):
            waiting.append(response.headers["Location"])
        waiting += [urljoin(address, link).partition("#")[0] for link in links(response, body)]


def kind_of(address: str) -> str:
    """The address without its ids."""
    return re.sub(r"\d+", "N", urlsplit(address).path)


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
    _nobody_else_meets_what_is_confidential(house)
    _no_address_tells(house)
    _no_id_tells_or_does_anything(house)


def _she_is_met_everywhere(house: House) -> None:
    """A crawl that found nothing would prove nothing."""
    kinds = {kind_of(address) for address in house.telling}
    for kind in (
        "/",
        "/people/N/",
        "/goals/",
        "/metrics/values/N/N/",
        "/alerts/",
        "/alerts/N/",
        "/coaching/tasks/N/",
        "/coaching/one-on-ones/N/",
        "/coaching/minutes/N/",
        "/coaching/feedback/N/",
        "/coaching/feedback/N/write/",
        "/me/data.json",
        "/imports/N/",
        "/imports/N/file/",
        "/imports/N/refused/",
    ):
        assert kind in kinds, (kind, sorted(kinds))


def _nobody_else_meets_what_is_confidential(house: House) -> None:
    """Each is met by whom it is for, who could look for it everywhere, and by nobody else who may see her."""
    assert house.confided == {(word, name) for word, names in CONFIDENTIAL.items() for name in names}
    told = []
    for name in ENTITLED:
        client, words = house.client(name), [word for word, names in CONFIDENTIAL.items() if name not in names]
        for address in sorted(house.telling) if words else ():
            if "/coaching/" in address:
                body = text_of(client.get(address))
                told += [(name, address, word) for word in words if word in body]
    assert told == []


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
    """Also where no link led: every address of an app with any id of hers met there, read and posted to."""
    ids: dict[str, set[str]] = {}
    for address in house.telling:
        ids.setdefault(app_of(address), set()).update(re.findall(r"/(\d{1,4})/", address))
    patterns = ["/" + address for _, address, _ in ours() if address.count("<") == 1 and "<int:" in address]
    hers = {str(house.users["xiaozhang"].employee.pk)}
    paths = {re.sub(r"<int:\w+>", pk, address) for address in patterns for pk in ids.get(app_of(address), set()) | hers}
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


def app_of(address: str) -> str:
    """The first part of an address, within which an id may mean something."""
    return address.split("/")[1]


def outsiders(house: House) -> Iterator[tuple[str, Client]]:
    """Those who may not, each signed in; the one who has left was signed in before."""
    for name in OUTSIDERS:
        client = house.client(name)
        person = house.users[name].employee
        if name == "leaver" and person.status != Employee.Status.LEFT:
            leave(person)
        yield name, client
