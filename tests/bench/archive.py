"""How fast the archive is, and whether it loses anything: `python -m tests.bench.archive verify|sign|bytes […]`.

Prints one JSON line a figure; every ratio is against a raw limit measured in the same run.

    verify [RECORDS] [ROUND]   the offline verifier on a synthetic export (1,000,000 records, a head for every 1,000)
    sign [COUNT]               transactions like that of a signature, and their sealing, in one process on one core
    bytes                      changes every byte of a small export, one after the other

Whether anything is lost when it is killed: `tests.bench.archive_kills`.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import django
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from accord.domain.transparency.canonical import canonical
from accord.domain.transparency.heads import Head, digest_of_head, first_statement, key_id, public_of, signed
from accord.domain.transparency.records import commitment, moment, record_text
from accord.domain.transparency.tree import Edge, leaf_hash
from accord.workflow import verify_archive
from tests.bench import archive_signing as signing

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)


def main() -> None:
    what, *numbers = sys.argv[1:] or ["verify"]
    PARTS[what](*map(int, numbers))


def told(**figures: Any) -> None:
    print(json.dumps({name: round(each, 3) if isinstance(each, float) else each for name, each in figures.items()}))


def verify(records: int = 1_000_000, round_size: int = 1_000) -> None:
    """The verifier against reading the same files and hashing the same lines, in seconds of one core, best of three."""
    with TemporaryDirectory(prefix="accord-bench-") as name:
        folder = Path(name)
        synthetic_export(folder, records, round_size)
        size = sum(path.stat().st_size for path in folder.iterdir())
        times: dict[str, list[float]] = {"verify": [], "line_by_line": [], "whole_files": []}
        for _ in range(3):
            for label, run in (("verify", verified), ("line_by_line", by_line), ("whole_files", whole)):
                start = time.process_time()
                run(folder)
                times[label].append(time.process_time() - start)
        best = {label: min(each) for label, each in times.items()}
        told(
            part="verify",
            records=records,
            heads=-(-records // round_size),
            megabytes=size / 1e6,
            **best,
            ratio_to_lines=best["verify"] / best["line_by_line"],
            ratio_to_whole_files=best["verify"] / best["whole_files"],
        )


def verified(folder: Path) -> None:
    report = verify_archive.verify_folder(folder, [], "en")
    assert not report.faults, report.faults


def by_line(folder: Path) -> None:
    """The raw limit: every line read and hashed, nothing else."""
    sha256 = hashlib.sha256
    for path in sorted(folder.iterdir()):
        with path.open("rb", 1 << 20) as file:
            for line in file:
                sha256(line).digest()


def whole(folder: Path) -> None:
    """A lower limit that proves nothing about single records: one digest over each file."""
    for path in sorted(folder.iterdir()):
        with path.open("rb") as file:
            hashlib.file_digest(file, "sha256")


def synthetic_export(folder: Path, records: int, round_size: int) -> None:
    """What `accord archive export` writes, without a database: signatures by password, as they are kept."""
    private = Ed25519PrivateKey.generate()
    log, edge, previous = key_id(public_of(private)), Edge(), "0" * 64
    files = {name: (folder / name).open("wb", 1 << 20) for name in verify_archive.NAMES}
    files["keys.jsonl"].write(first_statement(private).encode() + b"\n")
    for seq in range(1, records + 1):
        at, salt = BEGAN + timedelta(seconds=seq / 100), hashlib.sha256(b"%d" % seq).hexdigest()
        payload = signature_payload(seq)
        record = record_text(
            log=log,
            seq=seq,
            at=at,
            actor=salt[:32],
            kind="document.party_signed",
            subject=f"documents:{seq // 2}",
            commit=commitment(salt, payload),
            is_late=False,
        ).encode()
        leaf = leaf_hash(record)
        edge.append(leaf)
        files["records.jsonl"].write(record + b"\n")
        files["payloads.jsonl"].write(f'[{seq},"{salt}",{payload}]\n'.encode())
        files["leaves.txt"].write(leaf.hex().encode() + b"\n")
        if seq % round_size == 0 or seq == records:
            head = Head(log, seq, edge.root.hex(), moment(at), previous, log).signed(private)
            previous = digest_of_head(head)
            files["heads.jsonl"].write(head.encode() + b"\n")
    for file in files.values():
        file.close()
    listed = {}
    for name in files:
        with (folder / name).open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        listed[name] = {"size": (folder / name).stat().st_size, "sha256": digest}
    manifest = {"v": 1, "log": log, "size": records, "head": previous, "key": log, "files": listed}
    (folder / "manifest.json").write_text(signed(manifest, private) + "\n")


def signature_payload(seq: int) -> str:
    digest = hashlib.sha256(b"document %d" % (seq // 2)).hexdigest()
    label = {"en": "employee", "zh": "员工"}
    statement = {
        "action": "sign",
        "label": label,
        "digest_of_document": digest,
        "document": seq // 2,
        "party": f"E{seq % 977:05}",
    }
    kept = {"at": moment(BEGAN), "digest": digest, "method": "totp", "party": statement["party"], "proof": {}}
    return canonical({**kept, "statement": canonical(statement)})


def sign(count: int = 3_000) -> None:
    """Transactions like that of a signature, one after the other, each on the disk; then their sealing; one thread."""
    with TemporaryDirectory(prefix="accord-bench-") as folder:
        os.environ |= {"ACCORD_HOME": folder, "DJANGO_SETTINGS_MODULE": "accord.config.settings"}
        django.setup()
        signing.run(count, told)


def every_byte() -> None:
    """Every byte of a small export is changed, one after the other; each change has to be found."""
    with TemporaryDirectory(prefix="accord-bench-") as name:
        folder, missed, changes = Path(name), 0, 0
        synthetic_export(folder, 5, 2)
        for path in sorted(folder.iterdir()):
            whole = path.read_bytes()
            for place in range(len(whole)):
                path.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << place % 8]) + whole[place + 1 :])
                missed += not verify_archive.verify_folder(folder, [], "en").faults
                changes += 1
            path.write_bytes(whole)
        told(part="bytes", changes=changes, missed=missed)
        assert not missed


PARTS = {"verify": verify, "sign": sign, "bytes": every_byte}

if __name__ == "__main__":
    main()
