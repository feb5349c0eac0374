"""Making the tables of many models at once, for migrations."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.models import CreateModel
from django.db.migrations.state import ProjectState


class MakeTables(Operation):
    """Do `operations`, which only make models and complete what they make, and make each table in its final shape.

    After each operation of a migration Django makes the classes of all related models anew; where nearly every model
    points to people, two hundred operations take half a minute. Here the state changes first, without classes, and
    the classes are made once.
    """

    reversible = False

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Tell `state` of every operation, and let go of the classes it holds, so that none is made in between."""
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Make the tables with all columns, constraints and indexes."""
        for operation in self.operations:
            if isinstance(operation, CreateModel):
                model = to_state.apps.all_models[app_label][operation.name_lower]
                if self.allow_migrate_model(schema_editor.connection.alias, model):
                    schema_editor.create_model(model)

    def describe(self) -> str:
        """What `accord migrate --plan` says."""
        return f"Make {sum(isinstance(each, CreateModel) for each in self.operations)} tables"
