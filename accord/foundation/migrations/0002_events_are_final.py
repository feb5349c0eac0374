from django.db import migrations

_COLUMNS = ("id", "name", "subject", "actor_name", "payload", "at")

# An account may be deleted and is then forgotten in `actor_id`; the name stays, and so does everything else.
_SQLITE = (
    f"""
    CREATE TRIGGER events_never_changed BEFORE UPDATE ON events
    WHEN NEW.actor_id IS NOT NULL OR {" OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in _COLUMNS)}
    BEGIN SELECT RAISE(ABORT, 'events are never changed'); END
    """,
    """
    CREATE TRIGGER events_never_deleted BEFORE DELETE ON events
    BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END
    """,
)
_POSTGRESQL = (
    """
    CREATE FUNCTION events_are_final() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' AND NEW.actor_id IS NULL
            AND to_jsonb(NEW) - 'actor_id' = to_jsonb(OLD) - 'actor_id' THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'events are never changed or deleted' USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    """
    CREATE TRIGGER events_are_final BEFORE UPDATE OR DELETE ON events
    FOR EACH ROW EXECUTE FUNCTION events_are_final()
    """,
)
_UNDO = {
    "sqlite": ("DROP TRIGGER events_never_changed", "DROP TRIGGER events_never_deleted"),
    "postgresql": ("DROP TRIGGER events_are_final ON events", "DROP FUNCTION events_are_final()"),
}


def guard(apps, schema_editor):
    for statement in {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def release(apps, schema_editor):
    for statement in _UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """The database refuses to change or delete a fact. SQLite drops triggers when Django rebuilds the table: whoever
    alters `events` there must guard it again (a test notices)."""

    dependencies = [("foundation", "0001_initial")]

    operations = [migrations.RunPython(guard, release)]
