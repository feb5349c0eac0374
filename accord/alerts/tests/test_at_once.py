"""Two evaluations at once, and one that is killed: the outcome is that of one."""

import signal
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from accord.alerts.models import Alert, KpiStatus
from accord.alerts.services.evaluation import Evaluation, evaluate, touch_periods
from accord.alerts.tests.builders import after, kpi, measure, week
from accord.foundation.models import Event
from accord.people.models import Employee
from tests.cast import Cast
from tests.processes import Start, start

__all__ = ["start"]

W40, W41 = WEEKS = week(40), week(41)
LATER = after(W41)

pytestmark = pytest.mark.django_db(transaction=True)


def miss_twice(person: Employee, kpis: int) -> None:
    """New KPIs of somebody that missed two weeks; both weeks wait to be judged."""
    for _ in range(kpis):
        measure(kpi(person), {W40: 80, W41: 90})
    touch_periods([W40.key, W41.key])


def raised() -> int:
    return Event.objects.filter(name="alert.raised").count()


def _evaluate(_turn: int) -> Evaluation:
    try:
        return evaluate(WEEKS, LATER)
    finally:
        connections.close_all()


def test_four_at_once_raise_each_alert_once(cast: Cast) -> None:
    miss_twice(cast.executive_chen, 50)
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(_evaluate, range(4)))
    assert sum(result.alerts_raised for result in results) == 50
    assert Alert.objects.filter(state="open").count() == raised() == 50
    assert KpiStatus.objects.count() == 100


# Kills itself before the write after so many, and says how many it was allowed.
DOOMED = """
import os, signal, sys
from datetime import date
import django
django.setup()
from django.db import connection
from accord.alerts.services.evaluation import evaluate
from accord.domain.periods import Period

left = int(sys.argv[1])

def doom(execute, sql, params, many, context):
    global left
    left -= sql.lstrip().startswith(("INSERT", "UPDATE", "DELETE"))
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return execute(sql, params, many, context)

with connection.execute_wrapper(doom):
    evaluate([Period(int(key)) for key in sys.argv[3:]], date.fromisoformat(sys.argv[2]))
"""


@pytest.mark.parametrize("allowed", [[1, 3, 4, 6], [8, 10, 11, 12]])
def test_killed_before_any_write_it_is_made_up_for(cast: Cast, start: Start, allowed: Sequence[int]) -> None:
    for turn, writes in enumerate(allowed, 1):
        miss_twice(cast.executive_chen, 3)
        before = KpiStatus.objects.count()
        arguments = [str(writes), LATER.isoformat(), *(str(period.key) for period in WEEKS)]
        doomed = start("-c", DOOMED, *arguments, DJANGO_SETTINGS_MODULE="accord.config.settings")
        assert doomed.wait(60) == -signal.SIGKILL
        # Whatever is there is whole: a week is judged or not, an alert has its fact.
        assert (KpiStatus.objects.count() - before) % 3 == 0
        assert Alert.objects.count() == raised()
        evaluate(today=LATER)
        assert Alert.objects.filter(state="open").count() == raised() == 3 * turn
