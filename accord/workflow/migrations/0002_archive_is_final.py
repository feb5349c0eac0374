from django.db import migrations

# Rows that are written once: no change, no deletion.
FINAL = ("archive_records", "archive_nodes", "archive_heads", "archive_keys", "archive_erasures")

# Columns that keep what they were given, each with when (the row as it was: OLD), and whether the row can be deleted.
# An entry gets its number once. What is named here and is no column of this version is left out.
ALWAYS = "1 = 1"
PUBLISHED = "OLD.state IN ('published', 'retired')"
DECIDED = "OLD.state <> 'waiting'"
# What has ended is not opened again: a retired version made a draft could be written anew.
REOPENED = "OLD.state = 'retired' OR (OLD.state = 'published' AND NEW.state <> 'retired')"
ENDED = "OLD.state <> 'open'"
FROZEN = (
    ("archive_entries", ("id", "kind", "subject", "actor", "at", "commit"), ALWAYS, ALWAYS),
    ("archive_entries", ("seq",), "OLD.seq IS NOT NULL", None),
    ("archive_payloads", ("entry_id", "salt", "payload"), ALWAYS, None),
    ("documents", ("id", "kind", "subject", "title", "text", "content", "frozen", "digest", "made_at"), ALWAYS, ALWAYS),
    ("documents", ("state",), ENDED, None),
    ("document_parties", ("document_id", "employee_id", "label"), ALWAYS, ALWAYS),
    ("document_parties", ("state", "method", "proof", "reason", "acted_at"), DECIDED, None),
    ("form_versions", ("form_id", "number", "body", "digest", "published_at"), PUBLISHED, PUBLISHED),
    ("flow_versions", ("flow_id", "number", "body", "digest", "published_at"), PUBLISHED, PUBLISHED),
    ("form_versions", ("state",), REOPENED, None),
    ("flow_versions", ("state",), REOPENED, None),
)

# A payload can be deleted once a sealed record has announced its erasure.
ANNOUNCED = """
    SELECT 1 FROM archive_erasures JOIN archive_entries ON archive_entries.id = archive_erasures.announced_by_id
    WHERE archive_erasures.entry_id = OLD.entry_id AND archive_entries.seq IS NOT NULL
"""
TABLES = tuple(dict.fromkeys([*FINAL, *(table for table, *_ in FROZEN)]))
ARCHIVE = tuple(table for table in TABLES if table.startswith("archive_"))


def rules(apps):
    """Each rule: its name, its table, UPDATE or DELETE, and the condition under which it is refused."""
    columns = {model._meta.db_table: {f.column for f in model._meta.concrete_fields} for model in apps.get_models()}
    for table in FINAL:
        yield f"{table}_never_changed", table, "UPDATE", ALWAYS
        yield f"{table}_never_deleted", table, "DELETE", ALWAYS
    for place, (table, names, when, kept) in enumerate(FROZEN):
        changed = " OR ".join(f'NEW."{n}" IS DISTINCT FROM OLD."{n}"' for n in names if n in columns[table])
        yield f"{table}_frozen_{place}", table, "UPDATE", f"({when}) AND ({changed})"
        if kept:
            yield f"{table}_never_deleted", table, "DELETE", kept
    yield "archive_payloads_only_erased", "archive_payloads", "DELETE", f"NOT EXISTS ({ANNOUNCED})"


def sentence(table, verb):
    return f"{table}: what is final here is never {'changed' if verb == 'UPDATE' else 'deleted'}"


def on_sqlite(apps):
    for name, table, verb, refused in rules(apps):
        # IS NOT is SQLite's IS DISTINCT FROM, which it knows only in new versions.
        condition = refused.replace("IS DISTINCT FROM", "IS NOT")
        yield f"""
            CREATE TRIGGER {name} BEFORE {verb} ON {table} WHEN {condition}
            BEGIN SELECT RAISE(ABORT, '{sentence(table, verb)}'); END
        """


def on_postgresql(apps):
    yield """
        CREATE FUNCTION archive_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '%: what is final here is never changed or deleted', TG_TABLE_NAME
                USING ERRCODE = 'integrity_constraint_violation';
        END $$
    """
    for name, table, verb, refused in rules(apps):
        # A WHEN clause may not look into other tables: that one rule asks in a function of its own.
        if "EXISTS" in refused:
            continue
        yield f"""
            CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW WHEN ({refused})
            EXECUTE FUNCTION archive_is_final()
        """
    yield f"""
        CREATE FUNCTION archive_payloads_are_erased() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF EXISTS ({ANNOUNCED}) THEN RETURN OLD; END IF;
            RAISE EXCEPTION 'archive_payloads: no sealed record announces this erasure'
                USING ERRCODE = 'integrity_constraint_violation';
        END $$
    """
    yield """
        CREATE TRIGGER archive_payloads_only_erased BEFORE DELETE ON archive_payloads
        FOR EACH ROW EXECUTE FUNCTION archive_payloads_are_erased()
    """
    for table in ARCHIVE:
        yield f"""
            CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION archive_is_final()
        """


STATEMENTS = {"sqlite": on_sqlite, "postgresql": on_postgresql}


def guard(apps, schema_editor):
    # `execute` takes % for a parameter's place only where it is given parameters.
    for statement in STATEMENTS[schema_editor.connection.vendor](apps):
        schema_editor.execute(statement, params=None)


def release(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for name, table, *_ in rules(apps):
        schema_editor.execute(f"DROP TRIGGER {name}" if is_sqlite else f"DROP TRIGGER {name} ON {table}")
    if not is_sqlite:
        for table in ARCHIVE:
            schema_editor.execute(f"DROP TRIGGER {table}_never_emptied ON {table}")
        schema_editor.execute("DROP FUNCTION archive_payloads_are_erased(), archive_is_final()")


class Migration(migrations.Migration):
    """The database itself refuses to change what was sealed, signed or published. SQLite drops triggers when Django
    rebuilds a table: whoever alters one of these there must guard it again (a test notices)."""

    dependencies = [("workflow", "0001_initial")]

    operations = [migrations.RunPython(guard, release)]
