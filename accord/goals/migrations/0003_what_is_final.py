from django.db import migrations

# Table → what is said to whoever tries.
_TABLES = {
    "check_ins": "check-ins are never",
    "check_in_files": "the files of check-ins are never",
    "key_result_check_ins": "check-ins are never",
    "scorecards": "a frozen scorecard is never",
}
_FUNCTION = """
    CREATE FUNCTION goals_are_final() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '% changed or deleted', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
    END $$
"""
_VERBS = (("UPDATE", "changed"), ("DELETE", "deleted"))


def guard(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    if is_postgresql:
        schema_editor.execute(_FUNCTION, params=None)
    for table, words in _TABLES.items():
        if is_postgresql:
            schema_editor.execute(
                f"CREATE TRIGGER {table}_are_final BEFORE UPDATE OR DELETE ON {table}"
                f" FOR EACH ROW EXECUTE FUNCTION goals_are_final('{words}')"
            )
            continue
        for verb, done in _VERBS:
            schema_editor.execute(
                f"CREATE TRIGGER {table}_never_{done} BEFORE {verb} ON {table}"
                f" BEGIN SELECT RAISE(ABORT, '{words} {done}'); END"
            )


def release(apps, schema_editor):
    for table in _TABLES:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {table}_are_final ON {table}")
        else:
            for _verb, done in _VERBS:
                schema_editor.execute(f"DROP TRIGGER {table}_never_{done}")
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION goals_are_final()")


class Migration(migrations.Migration):
    """The database refuses to change or delete what people said or were told; a correction is a row of its own.

    SQLite drops triggers when Django rebuilds a table: whoever alters one of these there must guard it again.
    """

    dependencies = [("goals", "0002_agreements")]

    operations = [migrations.RunPython(guard, release)]
