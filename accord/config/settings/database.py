"""The database from `ACCORD_DATABASE_URL`: SQLite by default, PostgreSQL in production."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

_SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
    "PRAGMA mmap_size=134217728; PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY;"
)


def database_from_url(url: str, home: Path) -> dict[str, Any]:
    """Return Django's database settings for `sqlite:///path` or `postgresql://user:password@host:port/name?option=…`.

    An empty url means `accord.sqlite3` in `home`. Raises ValueError for any other scheme.
    """
    parts = urlsplit(url or f"sqlite:///{home / 'accord.sqlite3'}")
    if parts.scheme == "sqlite":
        return _sqlite(unquote(parts.path[1:]))
    if parts.scheme in ("postgresql", "postgres"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path[1:]),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            # A process runs at most as many threads: four of the web server, or a worker's (see its command).
            "OPTIONS": {"pool": {"min_size": 1, "max_size": 12, "timeout": 10}, **dict(parse_qsl(parts.query))},
        }
    raise ValueError(f"ACCORD_DATABASE_URL must start with sqlite:/// or postgresql://, not {parts.scheme}://")


def _sqlite(path: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        # IMMEDIATE takes the write lock at BEGIN, so a command waits its turn instead of failing half-way.
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": _SQLITE_PRAGMAS},
        # A file, so that threads of one test run share the database as the web and job threads of the product do.
        "TEST": {"NAME": f"{path}.test"},
    }
