"""Settings for tests: the product's own, on a database of their own, with the fast parts of slow things."""

import os
import tempfile

# A home of its own, so that a test run never touches the data of a running product.
os.environ.setdefault("ACCORD_HOME", tempfile.mkdtemp(prefix="accord-tests-"))
# Each process of a run has its own: what one lets go of at night is what another has just stored.
if not os.environ["ACCORD_HOME"].endswith(os.environ.get("PYTEST_XDIST_WORKER", "")):
    os.environ["ACCORD_HOME"] += "/" + os.environ["PYTEST_XDIST_WORKER"]
os.environ.setdefault("ACCORD_SECRET_KEY", "tests-only")
# Commands speak the terminal's language; a test's terminal asks for none, so they speak the default one.
os.environ["LC_ALL"] = "C.UTF-8"

from accord.config.settings import *  # noqa: F403

# Argon2 is slow by purpose; one test of the login itself uses the real one.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", "django.contrib.auth.hashers.Argon2PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

# Transactional tests empty the tables after them, which triggers refuse.
DATABASES["default"]["ENGINE"] = {  # noqa: F405
    "django.db.backends.sqlite3": "tests.flushable_sqlite",
    "django.db.backends.postgresql": "tests.flushable_postgresql",
}[DATABASES["default"]["ENGINE"]]  # noqa: F405

# Tests make the metrics and positions they are about.
ACCORD_INSTALL = ()
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405 (as `accord serve` does)
