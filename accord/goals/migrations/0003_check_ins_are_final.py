from django.db import migrations

_TABLES = {
    "check_ins": "check-ins",
    "check_in_files": "the files of check-ins",
    "key_result_check_ins": "check-ins",
}
_FUNCTION = """
    CREATE FUNCTION check_ins_are_final() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'check-ins are never changed or deleted' USING ERRCODE = 'integrity_constraint_violation';
    END $$
"""


def guard(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    if is_postgresql:
        schema_editor.execute(_FUNCTION)
    for table, words in _TABLES.items():
        if is_postgresql:
            schema_editor.execute(
                f"CREATE TRIGGER {table}_are_final BEFORE UPDATE OR DELETE ON {table}"
                " FOR EACH ROW EXECUTE FUNCTION check_ins_are_final()"
            )
            continue
        for what, done in (("UPDATE", "changed"), ("DELETE", "deleted")):
            schema_editor.execute(
                f"CREATE TRIGGER {table}_never_{done} BEFORE {what} ON {table}"
                f" BEGIN SELECT RAISE(ABORT, '{words} are never {done}'); END"
            )


def release(apps, schema_editor):
    for table in _TABLES:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {table}_are_final ON {table}")
        else:
            schema_editor.execute(f"DROP TRIGGER {table}_never_changed")
            schema_editor.execute(f"DROP TRIGGER {table}_never_deleted")
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION check_ins_are_final()")


class Migration(migrations.Migration):
    """The database refuses to change or delete a check-in. SQLite drops triggers when Django rebuilds the table: whoever
    alters one of these there must guard it again (a test notices)."""

    dependencies = [("goals", "0002_agreements")]

    operations = [migrations.RunPython(guard, release)]
