"""Settings of the workers and commands that these tests start: `cars` is the only kind."""

from tests.process_settings import *  # noqa: F403

ACCORD_IMPORTS = "accord.foundation.tests.imports.cars.KINDS"
