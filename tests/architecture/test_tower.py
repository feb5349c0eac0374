"""The floors: imports and relations of models point down, and the migrations say what the models say."""

import importlib
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import CreateModel
from importlinter.cli import lint_imports

from tests.architecture.sources import ROOT

FLOORS = (("foundation",), ("people",), ("metrics", "workflow"), ("goals",), ("alerts",), ("coaching",), ("insights",))
"""From the ground up; apps on one floor are siblings, which do not know each other."""


def upward(models: Iterator[type]) -> list[str]:
    """The relations of `models` to a higher floor, or to a sibling."""
    return [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in models
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and not may_know(model, field.related_model)
    ]


def rank(model: type) -> int:
    """Django's own models lie below the ground."""
    label = model._meta.app_label
    return next((number for number, floor in enumerate(FLOORS) if label in floor), -1)


def may_know(model: type, other: type) -> bool:
    """Whether `other` belongs to the same app or lies below."""
    return model._meta.app_label == other._meta.app_label or rank(other) < rank(model)


def ours() -> Iterator[type]:
    return (model for model in apps.get_models() if model.__module__.startswith("accord."))


def test_every_app_with_models_has_a_floor() -> None:
    assert {model._meta.app_label for model in ours()} <= {app for floor in FLOORS for app in floor}


def test_relations_point_down() -> None:
    assert upward(ours()) == []


def test_an_upward_relation_is_noticed() -> None:
    def model(label: str, *fields: SimpleNamespace) -> SimpleNamespace:
        meta = SimpleNamespace(app_label=label, label=label, get_fields=lambda: fields)
        return SimpleNamespace(_meta=meta)

    goal = model("goals")
    link = SimpleNamespace(name="goal", is_relation=True, auto_created=False, related_model=goal)
    assert upward(iter([model("people", link)])) == ["people.goal → goals"]
    assert upward(iter([model("alerts", link)])) == []
    sibling = SimpleNamespace(name="metric", is_relation=True, auto_created=False, related_model=model("metrics"))
    assert upward(iter([model("workflow", sibling)])) == ["workflow.metric → metrics"]


def test_imports_point_down(capsys: pytest.CaptureFixture[str]) -> None:
    status = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True, no_logo=True)
    assert status == 0, capsys.readouterr().out


def test_an_upward_import_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in {"__init__": "", "cellar": "from tower_example import attic", "attic": ""}.items():
        (tmp_path / "tower_example").mkdir(exist_ok=True)
        (tmp_path / "tower_example" / f"{name}.py").write_text(text)
    contract = (
        "[importlinter:contract:1]\nname=Down\ntype=layers\nlayers=\n  tower_example.attic\n  tower_example.cellar"
    )
    (tmp_path / "rules.ini").write_text(f"[importlinter]\nroot_package=tower_example\n{contract}")
    monkeypatch.syspath_prepend(tmp_path)
    importlib.invalidate_caches()
    assert lint_imports(config_filename=str(tmp_path / "rules.ini"), no_cache=True, no_logo=True) == 1


@pytest.mark.django_db
def test_the_migrations_say_what_the_models_say() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=1)


def test_a_migration_with_several_models_makes_their_tables_together() -> None:
    migrations = MigrationLoader(None).disk_migrations.items()
    alone = {
        key: sum(isinstance(operation, CreateModel) for operation in migration.operations)
        for key, migration in migrations
        if migration.__module__.startswith("accord.")
    }
    assert alone
    assert not [key for key, models in alone.items() if models > 1], "MakeTables([...]): see docs/adr/0027"
