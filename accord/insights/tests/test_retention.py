"""What becomes, on the floors above, of values that leave the database."""

from accord.alerts.queries.periods import known_periods
from accord.alerts.services.evaluation import touch_periods
from accord.foundation.models import Event
from accord.insights.services.retention import keep_stored_away
from accord.metrics.services.retention.storing import store_away
from accord.metrics.tests.retention.old_weeks import NEW, OLD, home, two_weeks
from accord.workflow.models import ArchiveEntry

__all__ = ["home", "two_weeks"]


def test_the_digest_of_the_file_comes_into_the_archive_once(two_weeks: None) -> None:
    (away,) = store_away([OLD])
    fields = Event.objects.get(name="values.stored_away").payload
    assert fields["digest"] == away.digest
    keep_stored_away(**fields)
    keep_stored_away(**fields)
    assert ArchiveEntry.objects.filter(kind="values.stored_away").count() == 1


def test_lights_of_a_stored_period_are_not_judged_again(two_weeks: None) -> None:
    touch_periods([OLD.key, NEW.key])
    list(store_away([OLD]))
    assert known_periods([(OLD.key, NEW.key)]) == [NEW.key]
