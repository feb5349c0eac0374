"""SQLite whose tables can be emptied between transactional tests, although triggers protect some of them."""

from typing import Any

from django.db.backends.sqlite3 import base, operations


class DatabaseOperations(operations.DatabaseOperations):
    def sql_flush(self, *args: Any, **kwargs: Any) -> list[str]:
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = dict(cursor.fetchall())
        dropped = [f"DROP TRIGGER {name}" for name in triggers]
        return [*dropped, *super().sql_flush(*args, **kwargs), *triggers.values()]


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = DatabaseOperations
