from django.db import migrations

_SQLITE = (
    """
    CREATE TRIGGER key_result_check_ins_never_changed BEFORE UPDATE ON key_result_check_ins
    BEGIN SELECT RAISE(ABORT, 'check-ins are never changed'); END
    """,
    """
    CREATE TRIGGER key_result_check_ins_never_deleted BEFORE DELETE ON key_result_check_ins
    BEGIN SELECT RAISE(ABORT, 'check-ins are never deleted'); END
    """,
)
_POSTGRESQL = (
    """
    CREATE FUNCTION key_result_check_ins_are_final() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'check-ins are never changed or deleted' USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    """
    CREATE TRIGGER key_result_check_ins_are_final BEFORE UPDATE OR DELETE ON key_result_check_ins
    FOR EACH ROW EXECUTE FUNCTION key_result_check_ins_are_final()
    """,
)
_UNDO = {
    "sqlite": (
        "DROP TRIGGER key_result_check_ins_never_changed",
        "DROP TRIGGER key_result_check_ins_never_deleted",
    ),
    "postgresql": (
        "DROP TRIGGER key_result_check_ins_are_final ON key_result_check_ins",
        "DROP FUNCTION key_result_check_ins_are_final()",
    ),
}


def guard(apps, schema_editor):
    for statement in {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def release(apps, schema_editor):
    for statement in _UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """The database refuses to change or delete a line on a key result; a correction is a line of its own."""

    dependencies = [("goals", "0002_agreements")]

    operations = [migrations.RunPython(guard, release)]
