"""What was acknowledged outlives the process that signs and seals. The long runs: tests.bench.archive_kills."""

import random
import time

import pytest

from accord.workflow.models import ArchiveEntry, ArchiveHead
from accord.workflow.services.archive.checking import check_archive
from accord.workflow.services.archive.sealing import seal
from tests.processes import Start, start

__all__ = ["start"]

SIGN = "import django; django.setup(); from tests.bench.archive_kills import sign_and_seal as sign; sign(print)"


@pytest.mark.django_db(transaction=True)
def test_what_was_acknowledged_outlives_every_kill(start: Start) -> None:
    acknowledged: set[str] = set()
    for _ in range(3):
        child = start("-u", "-c", SIGN)
        assert child.stdout
        acknowledged.add(child.stdout.readline())
        time.sleep(random.uniform(0.02, 0.3))  # noqa: S311
        child.kill()
        acknowledged |= {line for line in child.stdout.read().splitlines(keepends=True) if line.endswith("\n")}
    entries = {f"entry {pk}\n" for pk in ArchiveEntry.objects.values_list("pk", flat=True)}
    heads = {f"head {digest}\n" for digest in ArchiveHead.objects.values_list("digest", flat=True)}
    assert len(acknowledged) > 3
    assert acknowledged <= entries | heads | {"head \n"}
    seal()
    check = check_archive()
    assert (check.faults, check.size) == ([], len(entries))
