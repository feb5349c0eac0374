"""An old week and a new one, in a home of their own."""

from pathlib import Path

import pytest

from accord.domain.periods import Period
from accord.metrics.tests.builders import bring, some_metrics
from tests.cast import Cast

OLD, NEW = Period.parse("2023-W05"), Period.parse("2026-W41")


@pytest.fixture
def home(settings, tmp_path: Path) -> Path:
    settings.HOME = tmp_path
    return tmp_path


@pytest.fixture
def two_weeks(cast: Cast, home: Path) -> None:
    """An old week with a corrected value, a value of a unit and a ratio; a new week beside it."""
    some_metrics()
    east = "远航电商/销售部/华东组"
    bring(home, "A011,,签约额,2023-W05,100.25", "A011,,签约额,2026-W41,7", f",{east},签约额,2023-W05,300")
    bring(home, "A011,,签约额,2023-W05,90.5", "A012,,订单数,2023-W05,3", "A012,,访客数,2023-W05,40")
