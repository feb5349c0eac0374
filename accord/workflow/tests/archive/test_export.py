"""An export verifies offline, and whatever is done to it is found and named."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from django.utils import timezone

from accord.domain.transparency.canonical import canonical
from accord.domain.transparency.heads import digest_of_head, signed
from accord.domain.transparency.records import moment, record_text
from accord.domain.transparency.tree import Edge, leaf_hash
from accord.workflow.models import ArchiveHead, ArchiveKey
from accord.workflow.services.archive import keys
from accord.workflow.services.archive.keeping import keep
from accord.workflow.services.archive.sealing import seal
from accord.workflow.tests.archive.builders import exported, passkey_signature, small_archive
from accord.workflow.verify_archive import RECORD, read_known, verify_folder
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(cast: Cast, tmp_path: Path) -> Path:
    small_archive(cast.xiaozhang)
    return exported(tmp_path / "export")


def faults(folder: Path, *heads: Path) -> list[str]:
    return verify_folder(folder, [read_known(head) for head in heads], "en").faults


def test_an_untouched_export_verifies_from_its_own_folder_without_the_product(folder: Path) -> None:
    english = verified_alone(folder)
    assert (english.returncode, english.stderr) == (0, "")
    assert english.stdout.splitlines()[-1].startswith("VERIFIED: up to record 4")
    assert "1 passkey signatures checked" in english.stdout
    chinese = verified_alone(folder, "--language", "zh")
    assert chinese.stdout.splitlines()[-1].startswith("核验通过:截至记录 4")
    (folder / "records.jsonl").write_bytes(b"")
    failed = verified_alone(folder)
    assert failed.returncode == 1
    assert failed.stdout.splitlines()[-1].startswith("FAILED: ")


def verified_alone(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """What somebody sees who has the folder and nothing else of ours."""
    surroundings = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    command = [sys.executable, "-I", str(folder / "verify_archive.py"), str(folder), *options]
    return subprocess.run(command, capture_output=True, text=True, env=surroundings, check=False)  # noqa: S603


def test_every_changed_byte_is_found(folder: Path) -> None:
    """Every eighth byte of each file in turn, and some of the verifier's; `tests.bench.archive bytes` takes all."""
    assert faults(folder) == []
    random = Random(3)  # noqa: S311
    for path in sorted(folder.iterdir()):
        whole = path.read_bytes()
        places = range(0, len(whole), 8 if path.suffix != ".py" else 2_000)
        for place in places:
            changed = bytes([whole[place] ^ 1 << random.randrange(8)])
            path.write_bytes(whole[:place] + changed + whole[place + 1 :])
            assert faults(folder), f"{path.name}, byte {place}: {whole[place : place + 1]!r} → {changed!r}"
        path.write_bytes(whole)
    assert faults(folder) == []


def lines(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines(keepends=True)


def rewrite(folder: Path, change: Callable[[list[bytes], list[bytes], list[bytes]], None]) -> None:
    """Change records, contents and leaves together, as somebody would who knows the layout but has no key."""
    paths = [folder / name for name in ("records.jsonl", "payloads.jsonl", "leaves.txt")]
    contents = [lines(path) for path in paths]
    change(*contents)
    manifest = json.loads((folder / "manifest.json").read_bytes())
    for path, content in zip(paths, contents, strict=True):
        path.write_bytes(b"".join(content))
        manifest["files"][path.name]["size"] = path.stat().st_size
    (folder / "manifest.json").write_text(canonical(manifest) + "\n")


def edit(records: list[bytes], payloads: list[bytes], leaves: list[bytes]) -> None:
    records[1] = records[1].replace(b"documents:1", b"documents:2")


def remove(records: list[bytes], payloads: list[bytes], leaves: list[bytes]) -> None:
    del records[1], payloads[1], leaves[1]


def swap(records: list[bytes], payloads: list[bytes], leaves: list[bytes]) -> None:
    for each in (records, payloads, leaves):
        each[1], each[3] = each[3], each[1]


def insert(records: list[bytes], payloads: list[bytes], leaves: list[bytes]) -> None:
    for each in (records, payloads, leaves):
        each.insert(1, each[0])


def cut(records: list[bytes], payloads: list[bytes], leaves: list[bytes]) -> None:
    del records[-1], payloads[-1], leaves[-1]


def exchange_content(records: list[bytes], payloads: list[bytes], leaves: list[bytes]) -> None:
    payloads[1] = payloads[1].replace(b"120", b"900")


def back_date(records: list[bytes], payloads: list[bytes], leaves: list[bytes]) -> None:
    record = json.loads(records[3])
    record["at"] = "2020" + record["at"][4:]
    records[3] = canonical(record).encode() + b"\n"


@pytest.mark.parametrize(
    ("change", "place", "word"),
    [
        (edit, "records.jsonl:2", "record 2 was changed"),
        (remove, "records.jsonl:2", "holds record 3"),
        (swap, "records.jsonl:2", "holds record 4"),
        (insert, "records.jsonl:2", "holds record 1"),
        (cut, "records.jsonl:3", "the end was cut off"),
        (exchange_content, "payloads.jsonl:2", "the content of record 2 was changed"),
        (back_date, "records.jsonl:4", "record 4 is back-dated"),
    ],
)
def test_what_was_done_is_named_with_its_place(
    folder: Path, change: Callable[..., None], place: str, word: str
) -> None:
    rewrite(folder, change)
    found = faults(folder)
    assert any(fault.startswith(f"{place}: ") and word in fault for fault in found), found


def test_a_forged_head_is_found_although_its_maker_has_a_key_of_his_own(folder: Path) -> None:
    path = folder / "heads.jsonl"
    heads = lines(path)
    head = json.loads(heads[0])
    del head["signature"]
    own = keys.Ed25519PrivateKey.generate()
    heads[0] = signed(head | {"at": head["at"].replace("20", "19", 1)}, own).encode() + b"\n"
    path.write_bytes(b"".join(heads))
    assert any(fault.startswith("heads.jsonl:1: the signature is forged") for fault in faults(folder))


def rewritten_by_the_operator(folder: Path, keep_lines: int, *, left_out: int = 0, **changed: str) -> None:
    """What somebody can do who has the newest key: a new head over a history that is his own."""
    edge, place = Edge(), folder / "records.jsonl"
    records = lines(place)[:keep_lines]
    records[-1] = canonical(json.loads(records[-1]) | changed).encode() + b"\n"
    place.write_bytes(b"".join(records))
    for name in ("payloads.jsonl", "leaves.txt"):
        (folder / name).write_bytes(b"".join(lines(folder / name)[:keep_lines]))
    sizes = set(range(keep_lines + 1)) - {left_out}
    heads = [line for line in lines(folder / "heads.jsonl") if json.loads(line)["size"] in sizes]
    for record in records:
        edge.append(leaf_hash(record[:-1]))
    newest = json.loads(heads[-1])
    del newest["signature"]
    private = keys.private_half(ArchiveKey.objects.latest("place"))
    newest |= {"root": edge.root.hex(), "previous": digest_of_head(heads[-2].decode().rstrip())}
    heads[-1] = signed(newest, private).encode() + b"\n"
    (folder / "heads.jsonl").write_bytes(b"".join(heads))
    (folder / "leaves.txt").write_bytes(b"".join(leaf_hash(each[:-1]).hex().encode() + b"\n" for each in records))
    manifest = json.loads((folder / "manifest.json").read_bytes())
    del manifest["signature"]
    manifest |= {"size": keep_lines, "head": digest_of_head(heads[-1].decode().rstrip())}
    for name, file in manifest["files"].items():
        file |= {"size": (folder / name).stat().st_size}
        file |= {"sha256": hashlib.sha256((folder / name).read_bytes()).hexdigest()}
    (folder / "manifest.json").write_text(signed(manifest, private) + "\n")


def witnessed(folder: Path) -> Path:
    path = folder.parent / "head.json"
    path.write_text(ArchiveHead.objects.latest("size").head + "\n")
    return path


def test_a_cut_tail_agrees_with_itself_and_not_with_a_head_from_outside(folder: Path) -> None:
    head = witnessed(folder)
    assert faults(folder, head) == []
    rewritten_by_the_operator(folder, 3)
    assert faults(folder) == []
    assert faults(folder, head) == ["head.json: is of 4 records, here are 3: cut off or rolled back"]


def test_a_history_rewritten_with_the_key_is_found_by_a_head_from_outside(folder: Path) -> None:
    head = witnessed(folder)
    rewritten_by_the_operator(folder, 4, subject="tests:2")
    assert faults(folder) == []
    assert faults(folder, head) == ["head.json: is not in this archive: its history was rewritten"]


def test_a_head_from_outside_is_missed_also_where_its_size_is_none_of_the_heads(folder: Path) -> None:
    head = folder.parent / "head.json"
    head.write_bytes(lines(folder / "heads.jsonl")[1])
    assert json.loads(head.read_bytes())["size"] == 3
    rewritten_by_the_operator(folder, 4, left_out=3, subject="tests:2")
    assert faults(folder) == []
    assert faults(folder, head) == ["head.json: is not in this archive: its history was rewritten"]


def test_yesterdays_backup_is_found_by_todays_head(cast: Cast, folder: Path, tmp_path: Path) -> None:
    keep("test.fact", "tests:5", {})
    seal()
    head = witnessed(folder)
    assert "rolled back" in faults(folder, head)[0]
    assert faults(exported(tmp_path / "today"), head) == []


def test_a_record_back_dated_with_the_key_is_found_without_any_head(folder: Path) -> None:
    rewritten_by_the_operator(folder, 4, at="2020-01-01T00:00:00.000000Z")
    assert any("record 4 is back-dated" in fault for fault in faults(folder))


def test_a_head_of_another_log_is_not_accepted(folder: Path) -> None:
    head = witnessed(folder)
    told = json.loads(head.read_text())
    head.write_text(canonical(told | {"log": "0" * 32}) + "\n")
    assert any("belongs to another log" in fault for fault in faults(folder, head))


def test_a_forged_passkey_signature_is_found_although_the_log_is_whole(cast: Cast, tmp_path: Path) -> None:
    signature = passkey_signature("a" * 64, "A011")
    other = passkey_signature("a" * 64, "A011")
    for proof in (
        signature["proof"],
        signature["proof"] | {"signature": other["proof"]["signature"]},
        signature["proof"] | {"origin": "https://b.example"},
        signature["proof"] | {"public_key": "AAAA"},
    ):
        keep("document.party_signed", "documents:1", {"digest": "a" * 64, **signature, "proof": proof})
    keep("document.party_signed", "documents:1", {"digest": "b" * 64, **signature})
    found = faults(exported(tmp_path / "export"))
    assert [fault.partition(":")[2].partition(":")[0] for fault in found] == ["2", "3", "4", "5"]


def test_an_export_tells_times_it_cannot_prove(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep("test.fact", "", {})
    seal()
    past = timezone.now() - timedelta(days=30)
    with monkeypatch.context() as patch:
        patch.setattr(timezone, "now", lambda: past)
        keep("test.fact", "", {})
    report = verify_folder(exported(tmp_path / "export"), [], "en")
    assert report.faults == []
    assert any(remark.startswith(f"records.jsonl:2: record 2 says {moment(past)}") for remark in report.remarks)


def test_random_bytes_of_a_larger_export(cast: Cast, tmp_path: Path) -> None:
    for number in range(600):
        keep("test.fact", f"tests:{number}", {"number": number})
    seal()
    folder, random = exported(tmp_path / "export"), Random(5)  # noqa: S311
    for _ in range(60):
        path = random.choice(sorted(folder.iterdir()))
        whole = path.read_bytes()
        place = random.randrange(len(whole))
        path.write_bytes(whole[:place] + bytes([whole[place] ^ random.randrange(1, 256)]) + whole[place + 1 :])
        assert faults(folder), (path.name, place)
        path.write_bytes(whole)
    shutil.rmtree(folder)


def test_the_record_layout_is_what_the_verifier_reads() -> None:
    """The two share no code, so this holds them together."""
    for is_late in (False, True):
        text = record_text(
            log="a" * 32,
            seq=7,
            at=timezone.now(),
            actor="",
            kind="test.fact",
            subject="a_b:1",
            commit="c" * 64,
            is_late=is_late,
        )
        assert re.fullmatch(RECORD % (b"a" * 32), text.encode() + b"\n")
