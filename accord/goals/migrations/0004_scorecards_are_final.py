from django.db import migrations

TABLES = ("scorecards", "scorecard_lines")
_SQLITE = """
    CREATE TRIGGER {table}_never_{done} BEFORE {verb} ON {table}
    BEGIN SELECT RAISE(ABORT, 'a frozen scorecard is never {done}'); END
"""
_FUNCTION = """
    CREATE FUNCTION scorecards_are_final() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'a frozen scorecard is never changed or deleted'
            USING ERRCODE = 'integrity_constraint_violation';
    END $$
"""
_POSTGRESQL = """
    CREATE TRIGGER {table}_are_final BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION scorecards_are_final()
"""
_VERBS = (("UPDATE", "changed"), ("DELETE", "deleted"))


def guard(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        statements = [_SQLITE.format(table=table, verb=verb, done=done) for table in TABLES for verb, done in _VERBS]
    else:
        statements = [_FUNCTION, *(_POSTGRESQL.format(table=table) for table in TABLES)]
    for statement in statements:
        schema_editor.execute(statement)


def release(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        statements = [f"DROP TRIGGER {table}_never_{done}" for table in TABLES for _, done in _VERBS]
    else:
        statements = [f"DROP TRIGGER {table}_are_final ON {table}" for table in TABLES]
        statements.append("DROP FUNCTION scorecards_are_final()")
    for statement in statements:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """The database refuses to change or delete a frozen scorecard; after a correction another takes its place."""

    dependencies = [("goals", "0003_check_ins")]

    operations = [migrations.RunPython(guard, release)]
