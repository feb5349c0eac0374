"""What facts cause: every reaction takes exactly what its event carries, and every event has a name for people."""

import inspect
from collections.abc import Callable, Mapping

import pytest
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django_tasks.base import Task

from accord.config.events import EVENTS
from accord.config.reactions import REACTIONS
from accord.config.schedule import SCHEDULE
from accord.foundation.events import EventKind
from tests.architecture.sources import ROOT


def misfits(kinds: Mapping[str, EventKind], reactions: Mapping[str, Callable[..., object]]) -> list[str]:
    """What is wrong between events and what reacts to each of them."""
    wrong = [f"{name}: no app declares this event" for name in reactions if name not in kinds]
    for name, reaction in reactions.items():
        parameters = inspect.signature(reaction).parameters.values()
        takes = {parameter.name for parameter in parameters}
        if name in kinds and (
            takes != set(kinds[name].fields)
            or any(
                parameter.kind not in (parameter.KEYWORD_ONLY, parameter.POSITIONAL_OR_KEYWORD)
                for parameter in parameters
            )
        ):
            wrong.append(f"{name} carries {sorted(kinds[name].fields)}, {reaction.__qualname__} takes {sorted(takes)}")
    return wrong


@pytest.mark.parametrize("name", REACTIONS)
def test_reactions_take_what_their_event_carries(name: str) -> None:
    for dotted in REACTIONS[name]:
        assert misfits(EVENTS, {name: import_string(dotted)}) == []


def test_a_misfit_is_noticed() -> None:
    def greet(person_id: int) -> None: ...

    def swallow(**anything: object) -> None: ...

    kinds = {"person.came": EventKind("came", ("person_id",)), "person.went": EventKind("went", ("person_id", "on"))}
    assert misfits(kinds, {"person.came": greet}) == []
    assert len(misfits(kinds, {"person.went": greet, "person.came": swallow, "person.slept": greet})) == 3


def test_every_event_has_its_line_among_the_reactions() -> None:
    """An empty one where nothing follows: the table is to be read as a whole."""
    assert sorted(set(EVENTS) ^ set(REACTIONS)) == []


def test_no_two_apps_declare_the_same_event() -> None:
    declared = [
        name
        for path in sorted([*(ROOT / "accord").glob("*/events.py"), *(ROOT / "accord").glob("*/events/__init__.py")])
        for app in (path.relative_to(ROOT / "accord").parts[0],)
        if app != "config"
        for name in import_string(f"accord.{app}.events.EVENTS")
    ]
    assert sorted(declared) == sorted(EVENTS)


def test_every_event_is_called_something_that_is_translated() -> None:
    """That the translation is there, test_translations sees."""
    assert [name for name, kind in EVENTS.items() if not isinstance(kind.label, Promise)] == []


def test_the_schedule_holds_tasks_and_each_once() -> None:
    tasks = [entry.task for entry in SCHEDULE]
    assert all(isinstance(task, Task) for task in tasks)
    assert len({task.module_path for task in tasks}) == len(tasks)
