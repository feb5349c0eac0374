"""PostgreSQL whose tables can be emptied between transactional tests, although triggers protect some of them."""

from typing import Any

from django.db.backends.postgresql import base, operations


class DatabaseOperations(operations.DatabaseOperations):
    def sql_flush(self, *args: Any, **kwargs: Any) -> list[str]:
        emptied = super().sql_flush(*args, **kwargs)
        # As a replica does when it replays: triggers are silent. Only a superuser may, which the product is not.
        return ["SET session_replication_role = replica", *emptied, "SET session_replication_role = DEFAULT"]


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = DatabaseOperations
