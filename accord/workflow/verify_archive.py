#!/usr/bin/env python3
"""Checks an archive that 绩约 Accord has exported. Needs Python 3.11 and `pip install cryptography`, and no Accord.

    python verify_archive.py FOLDER [--head head.json]… [--language zh|en]

Ends with 0 where all is well and with 1 where something is wrong; the last line says which. Name every head you were
mailed (or a receipt that holds one) with --head: without one from outside, an archive can only agree with itself.

    records.jsonl   one record a line; record n is line n. Leaf n = SHA-256(0x00 ‖ line without its end)
    payloads.jsonl  [n, salt, payload], where record n holds commit = SHA-256(salt ‖ payload); or [n, null, m] where
                    the payload was erased, as record m says
    heads.jsonl     signed heads: the root of the first `size` leaves (RFC 6962: node = SHA-256(0x01 ‖ left ‖ right)),
                    `previous` = SHA-256 of the line before; Ed25519 over the line without its signature
    keys.jsonl      the keys, each but the first signed by the one before; the id of the first is the id of the log
    leaves.txt      the hash of every leaf, to find the record that was changed
    manifest.json   the sizes and digests of all files, signed
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import locale
import re
import sys
from binascii import unhexlify
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

MOST_FAULTS = 20
BUFFER = 1 << 20
MALFORMED = (ValueError, TypeError, LookupError, AttributeError, RecursionError)  # what made-up lines may lead to
SLACK = timedelta(minutes=15)  # how far apart clocks may be, and how long a transaction may take
TIME = "%Y-%m-%dT%H:%M:%S.%fZ"
NAMES = ("keys.jsonl", "heads.jsonl", "records.jsonl", "payloads.jsonl", "leaves.txt")
# These tell only where things stand: the tree proves every byte. (Fixed widths are skipped over, which is fast.)
RECORD = (
    rb'\{"actor":"(?:.{32})?","at":"(.{27})","commit":"(.{64})","kind":"([^"]+)",("late":true,)?"log":"%b",'
    rb'"seq":([0-9]+),"subject":"[^"]*","v":1\}\n'
)
PAYLOAD = rb'\[\5,"([0-9a-f]{64})",(\{.*\})\]\n'
ERASED = rb"\[\5,null,([0-9]+)\]\n"
HEAD = {"v", "log", "size", "root", "at", "previous", "key", "signature"}

WORDS = {
    "unreadable": ("cannot be read: {0}", "无法读取:{0}"),
    "missing": ("is missing", "缺失"),
    "unknown_file": ("is not part of the export", "不属于这份导出"),
    "size": ("has {0} bytes instead of {1}", "有 {0} 字节,应为 {1} 字节"),
    "digest": ("was changed: the manifest has another digest", "已被改动:与清单中的摘要不符"),
    "form": ("was changed: Accord does not write this", "已被改动:不是 Accord 写出的内容"),
    "signature": ("the signature is forged or damaged", "签名是伪造的或已损坏"),
    "key": ("the key is not the one in force at this point", "密钥不是此处生效的那一把"),
    "other_log": ("belongs to another log: {0}", "属于另一份日志:{0}"),
    "order": ("holds record {0}: one was removed, inserted or swapped", "是记录 {0}:有记录被删除、插入或调换"),
    "record": ("record {0} was changed", "记录 {0} 已被改动"),
    "records": (
        "one of records {0} to {1} was changed, and leaves.txt too",
        "记录 {0} 至 {1} 中有改动,leaves.txt 亦然",
    ),
    "payload": ("the content of record {0} was changed", "记录 {0} 的内容已被改动"),
    "time": (
        "record {0} is back-dated: {1}, but sealed after {2}, by {3}",
        "记录 {0} 倒填时间:{1},实为 {2} 后、{3} 前封存",
    ),
    "late": ("record {0} says {1}; proved is only: after {2}, by {3}", "记录 {0} 写 {1};得到证明的只有:{2} 后、{3} 前"),
    "tail": ("ends at record {0} of {1}: the end was cut off", "止于记录 {0},应有 {1} 条:尾部被截断"),
    "surplus": ("has more lines than the newest head covers", "比最新树头多出若干行"),
    "chain": ("a head before this one was removed, inserted or changed", "此前有树头被删除、插入或改动"),
    "clock": ("is older than the head before it", "时间早于前一个树头"),
    "erasure": ("record {0} is not among those erased by record {1}", "记录 {0} 不在记录 {1} 所抹除之列"),
    "assertion": ("the passkey signature in record {0} is not valid", "记录 {0} 中的通行密钥签名无效"),
    "document": ("the document in record {0} is not the signed one", "记录 {0} 中的文件不是所签的文件"),
    "rollback": (
        "is of {1} records, here are {0}: cut off or rolled back",
        "有 {1} 条记录,此处只有 {0} 条:被截断或回滚",
    ),
    "misshown": ("{0} entries are not what their records say", "{0} 条目与其记录不符"),
    "waiting": ("{0} entries have not been sealed for an hour", "{0} 条目超过一小时仍未封存"),
    "fork": ("is not in this archive: its history was rewritten", "不在这份档案中:历史被改写"),
    "no_head": (
        "No head from outside was given, so a cut tail would go unseen.",
        "未给出外部保存的树头,尾部若被截断无从得知。",
    ),
    "log": (
        "Log {0}: {1} records, {2} heads, {3} contents erased, {4} passkey signatures checked.",
        "日志 {0}:{1} 条记录,{2} 个树头,{3} 条内容已抹除,核验通行密钥签名 {4} 个。",
    ),
    "good": (
        "VERIFIED: up to record {0} nothing was changed, removed, inserted or reordered.",
        "核验通过:截至记录 {0},没有改动、删除、插入或调换。",
    ),
    "bad": ("FAILED: {0} faults. The first: {1}", "核验未通过:{0} 处问题。第一处:{1}"),
}


def say(language: str, code: str, *values: object) -> str:
    """A sentence in one of the two languages."""
    return WORDS[code][language == "zh"].format(*values)


def canonical(value: Any) -> bytes:
    """Canonical JSON: sorted keys, no blanks."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def read_object(line: bytes) -> dict[str, Any] | None:
    """The object that a line holds, None unless it is one in canonical form."""
    try:
        value = json.loads(line)
        return value if isinstance(value, dict) and canonical(value) == line else None
    except (ValueError, RecursionError):
        return None


def is_signed(statement: dict[str, Any], public: str, by: str = "signature") -> bool:
    """Whether the signature named `by` over the other values is that of a key, all in lower-case hexadecimal."""
    signature = str(statement.get(by, ""))
    rest = canonical({name: value for name, value in statement.items() if name not in (by, "signature")})
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(bytes.fromhex(signature), rest)
    except (InvalidSignature, ValueError):
        return False
    return signature == signature.lower()


class Tree:
    """The right edge of a growing RFC 6962 tree: its complete subtrees, the largest first."""

    def __init__(self) -> None:
        self.size, self.peaks = 0, list[bytes]()

    def extend(self, leaves: Iterable[bytes]) -> None:
        peaks, sha256 = self.peaks, hashlib.sha256
        for leaf in leaves:
            self.size += 1
            size, digest = self.size, leaf
            while not size & 1:
                digest = sha256(b"\1" + peaks.pop() + digest).digest()
                size >>= 1
            peaks.append(digest)

    def root(self) -> str:
        root = self.peaks[-1] if self.peaks else hashlib.sha256().digest()
        for peak in self.peaks[-2::-1]:
            root = hashlib.sha256(b"\1" + peak + root).digest()
        return root.hex()


class Stopped(Exception):
    """Nothing more can be checked."""


class Report:
    """What was found, each with its place, and what was looked at."""

    def __init__(self, language: str) -> None:
        self.language, self.faults, self.remarks = language, list[str](), list[str]()
        self.log, self.size, self.counts = "", 0, (0, 0, 0)

    def fault(self, place: str, code: str, *values: object) -> None:
        self.faults.append(f"{place}: {say(self.language, code, *values)}")
        if len(self.faults) == MOST_FAULTS:
            raise Stopped

    def remark(self, place: str, code: str, *values: object) -> None:
        if len(self.remarks) < MOST_FAULTS:
            self.remarks.append(f"{place}: {say(self.language, code, *values)}")

    def lines(self) -> list[str]:
        """The report for people; its last line is the verdict."""
        looked_at = [say(self.language, "log", self.log, self.size, *self.counts)] if self.log else []
        verdict = ("bad", len(self.faults), self.faults[0]) if self.faults else ("good", self.size)
        return [*looked_at, *self.remarks, *self.faults, say(self.language, *verdict)]


class Verifier:
    """Reads the lines of keys, heads, records and payloads once, in step, and keeps only what a later line needs.

    `known` are heads from outside, each with the name of its file; `leaf` tells what the hash of a record was.
    """

    def __init__(self, report: Report, known: Sequence[tuple[str, bytes]], leaf: Callable[[int], bytes]) -> None:
        self.report, self.known, self.leaf = report, known, leaf
        self.keys: list[dict[str, Any]] = []
        self.tree, self.log = Tree(), ""
        self.wanted, self.met = {line for _, line in known}, set[bytes]()
        self.heads = self.assertions = 0
        self.announced = 0
        self.erased: dict[int, int] = {}
        self.erasures: dict[int, frozenset[int]] = {}
        self.head: dict[str, Any] = {"size": 0, "at": ""}
        self.previous = "0" * 64

    def read(
        self, keys: Iterable[bytes], heads: Iterable[bytes], records: Iterator[bytes], payloads: Iterator[bytes]
    ) -> None:
        """Check everything. What is found goes to the report; Stopped where nothing further can be told."""
        for number, line in enumerate(keys, 1):
            self._read_key(f"keys.jsonl:{number}", line)
        for line in heads:
            self.heads += 1
            place = f"heads.jsonl:{self.heads}"
            head = self._read_head(place, line)
            leaves = self._read_records(records, payloads, head)
            if self.tree.root() != head["root"]:
                self._find_changed(leaves)
            if self.keys[min(self.announced, len(self.keys) - 1)]["key"] != head["key"]:
                self.report.fault(place, "key")
            self.head, self.previous = head, hashlib.sha256(line[:-1]).hexdigest()
            self.met |= self.wanted & {line[:-1]}
        self._check_end(records, payloads)

    def _read_key(self, place: str, line: bytes) -> None:
        """Each key speaks for itself, and all but the first are vouched for by the one before."""
        key = read_object(line[:-1]) if line[-1:] == b"\n" else None
        public = str(key.get("public")) if key else ""
        if key is None or not re.fullmatch("[0-9a-f]{64}", public):
            self.report.fault(place, "form")
            raise Stopped
        before, self.log = self.keys[-1] if self.keys else None, self.log or str(key.get("log"))
        fingerprint = hashlib.sha256(bytes.fromhex(public)).hexdigest()[:32]
        vouched = key.get("key") == self.log if before is None else is_signed(key, before["public"], "by_old")
        if not vouched or key.get("key") != fingerprint or key.get("log") != self.log or not is_signed(key, public):
            self.report.fault(place, "signature")
        self.keys.append(key)

    def _read_head(self, place: str, line: bytes) -> dict[str, Any]:
        head = read_object(line[:-1]) if line[-1:] == b"\n" else None
        if head is None or set(head) != HEAD or head["size"] <= self.tree.size:
            self.report.fault(place, "form")
            raise Stopped
        wrong = {
            "signature": not is_signed(head, self.public(head["key"])),
            "other_log": head["log"] != self.log,
            "chain": head["previous"] != self.previous,
            "clock": head["at"] < self.head["at"],
        }
        for code in (code for code, is_wrong in wrong.items() if is_wrong):
            self.report.fault(place, code, head["log"])
        return head

    def public(self, key: object) -> str:
        """The public half of one of the log's keys."""
        return next((each["public"] for each in self.keys if each["key"] == key), "")

    def _read_records(self, records: Iterator[bytes], payloads: Iterator[bytes], head: dict[str, Any]) -> list[bytes]:
        """The records up to a head; return the hashes of those that are new. This is where the time goes."""
        seq, leaves, sha256 = self.tree.size, list[bytes](), hashlib.sha256
        match = re.compile(RECORD % re.escape(self.log.encode()) + PAYLOAD, re.DOTALL).fullmatch
        earliest, latest = window(self.head["at"], head["at"])
        for line in islice(records, head["size"] - seq):
            seq += 1
            leaves.append(sha256(b"\0" + line[:-1]).digest())
            payload = next(payloads, b"")
            found = match(line + payload)
            if found is None:
                self._read_odd(seq, line, payload, head)
                continue
            at, commit, kind, late, number, salt, content = found.groups()
            if number != b"%d" % seq:
                self._out_of_order(seq, number)
            if late or not earliest <= at <= latest:
                self._doubt(seq, at, late, head)
            if sha256(unhexlify(salt) + content).hexdigest().encode() != commit:
                self.report.fault(f"payloads.jsonl:{seq}", "payload", seq)
            elif b'":{"' in content or kind.startswith(b"archive."):
                self._look_into(seq, kind, content)
        self.tree.extend(leaves)
        if seq < head["size"]:
            self.report.fault(f"records.jsonl:{seq}", "tail", seq, head["size"])
            raise Stopped
        return leaves

    def _read_odd(self, seq: int, line: bytes, payload: bytes, head: dict[str, Any]) -> None:
        """A record whose payload was erased, or one of the two was changed."""
        record = RECORD % re.escape(self.log.encode())
        found, erased = re.fullmatch(record, line, re.DOTALL), re.fullmatch(record + ERASED, line + payload, re.DOTALL)
        if found is None:
            self.report.fault(f"records.jsonl:{seq}", "record", seq)
            return
        at, _, _, late, number = found.groups()
        if number != b"%d" % seq:
            self._out_of_order(seq, number)
        self._doubt(seq, at, late, head)
        if erased:
            self.erased[seq] = int(erased[6])
        else:
            self.report.fault(f"payloads.jsonl:{seq}", "payload", seq)

    def _out_of_order(self, seq: int, number: bytes) -> None:
        self.report.fault(f"records.jsonl:{seq}", "order", number.decode())
        raise Stopped

    def _doubt(self, seq: int, at: bytes, late: bytes | None, head: dict[str, Any]) -> None:
        """A time that the heads around a record do not bear out has to be marked; one that they do must not be."""
        earliest, latest = window(self.head["at"], head["at"])
        is_borne_out = earliest <= at <= latest
        told = (seq, at.decode(), self.head["at"] or "…", head["at"])
        if is_borne_out is not (late is None):
            self.report.fault(f"records.jsonl:{seq}", "time", *told)
        elif late:
            self.report.remark(f"records.jsonl:{seq}", "late", *told)

    def _look_into(self, seq: int, kind: bytes, content: bytes) -> None:
        """What only some records hold: a new key, an erasure, a document, a passkey's signature."""
        payload, place = json.loads(content), f"payloads.jsonl:{seq}"
        if kind == b"archive.key_changed":
            self.announced += 1
            key = self.keys[self.announced] if self.announced < len(self.keys) else None
            if canonical(key).decode() != payload["statement"]:
                self.report.fault(place, "key")
        if kind == b"archive.erased":
            self.erasures[seq] = frozenset(payload["records"])
        document, digest = payload.get("document"), payload.get("digest")
        if isinstance(document, dict) and digest and hashlib.sha256(canonical(document)).hexdigest() != digest:
            self.report.fault(place, "document", seq)
        for signature in (payload, *payload.get("signatures", ())):
            if isinstance(signature, dict) and isinstance(signature.get("proof"), dict) and signature["proof"]:
                self.assertions += 1
                if not is_asserted(signature["proof"], str(signature.get("statement")), str(digest)):
                    self.report.fault(place, "assertion", seq)

    def _find_changed(self, leaves: list[bytes]) -> None:
        """The root is another: tell by the list of leaves which record it was."""
        first, faults = self.head["size"] + 1, len(self.report.faults)
        for seq, leaf in enumerate(leaves, first):
            if self.leaf(seq) != leaf.hex().encode():
                self.report.fault(f"records.jsonl:{seq}", "record", seq)
        if len(self.report.faults) == faults:
            self.report.fault(f"records.jsonl:{first}", "records", first, self.tree.size)
        raise Stopped

    def _check_end(self, *rests: Iterator[bytes]) -> None:
        if any(next(rest, None) is not None for rest in rests):
            self.report.fault("records.jsonl", "surplus")
        for seq, by in self.erased.items():
            if seq not in self.erasures.get(by, ()):
                self.report.fault(f"payloads.jsonl:{seq}", "erasure", seq, by)
        if len(self.keys) != self.announced + 1:
            self.report.fault("keys.jsonl", "key")
        self._compare_known()
        self.report.log, self.report.size = self.log, self.tree.size
        self.report.counts = (self.heads, len(self.erased), self.assertions)

    def _compare_known(self) -> None:
        """Every head from outside is one of these heads, word for word."""
        for name, line in self.known:
            told = read_object(line) or {}
            if told.get("log") != self.log or not is_signed(told, self.public(told.get("key"))):
                self.report.fault(name, "other_log", told.get("log"))
            elif told["size"] > self.tree.size:
                self.report.fault(name, "rollback", self.tree.size, told["size"])
            elif line not in self.met:
                self.report.fault(name, "fork")


def window(before: str, after: str) -> tuple[bytes, bytes]:
    """Between which times a record must have been made that was sealed between two heads."""
    moved = [
        (datetime.strptime(at, TIME) + by).strftime(TIME).encode() if at else b""  # noqa: DTZ007 (both are UTC)
        for at, by in ((before, -SLACK), (after, SLACK))
    ]
    return moved[0], moved[1]


def is_asserted(proof: dict[str, Any], statement: str, digest: str) -> bool:
    """Whether a passkey signed this statement about the document with this digest (WebAuthn, 7.2)."""
    try:
        key, _ = read_cbor(unwrap(proof["public_key"]), 0)
        authenticator, client, signature = (
            unwrap(proof[name]) for name in ("authenticator_data", "client_data", "signature")
        )
        said = json.loads(client)
        verify_cose(key, signature, authenticator + hashlib.sha256(client).digest())
        return (
            said["type"] == "webauthn.get"
            and unwrap(said["challenge"]) == hashlib.sha256(statement.encode()).digest()
            and said["origin"] == proof["origin"]
            and authenticator[:32] == hashlib.sha256(proof["rp_id"].encode()).digest()
            and authenticator[32] & 0b101 == 0b101  # somebody was there, and was recognised
            and json.loads(statement)["digest_of_document"] == digest
        )
    except (InvalidSignature, ValueError, TypeError, LookupError, AttributeError):
        return False


def unwrap(text: str) -> bytes:
    """Bytes from base64url without padding."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def read_cbor(source: bytes, at: int) -> tuple[Any, int]:
    """As much of CBOR (RFC 8949) as a public key needs: integers, byte strings, texts, maps."""
    major, length, at = source[at] >> 5, source[at] & 31, at + 1
    if length in (24, 25):
        width = length - 23
        length, at = int.from_bytes(source[at : at + width], "big"), at + width
    if major in (0, 1):
        return (length if major == 0 else -1 - length), at
    if major in (2, 3):
        return source[at : at + length], at + length
    if major != 5 or length > 25:
        raise ValueError("not a public key")
    pairs = {}
    for _ in range(length):
        name, at = read_cbor(source, at)
        pairs[name], at = read_cbor(source, at)
    return pairs, at


def verify_cose(key: dict[int, Any], signature: bytes, signed: bytes) -> None:
    """Check a signature by a COSE key (RFC 9053): ES256, EdDSA or RS256. Raises InvalidSignature or ValueError."""
    if key[3] == -7:
        numbers = ec.EllipticCurvePublicNumbers(int.from_bytes(key[-2]), int.from_bytes(key[-3]), ec.SECP256R1())
        numbers.public_key().verify(signature, signed, ec.ECDSA(hashes.SHA256()))
    elif key[3] == -8:
        Ed25519PublicKey.from_public_bytes(key[-2]).verify(signature, signed)
    elif key[3] == -257:
        modulus = rsa.RSAPublicNumbers(int.from_bytes(key[-2]), int.from_bytes(key[-1]))
        modulus.public_key().verify(signature, signed, padding.PKCS1v15(), hashes.SHA256())
    else:
        raise ValueError("an algorithm that is not known here")


def verify_folder(folder: Path, known: Sequence[tuple[str, bytes]], language: str) -> Report:
    """Check an export."""
    report = Report(language)
    try:
        _verify(folder, known, report)
    except Stopped:
        pass
    except (OSError, *MALFORMED) as error:
        report.faults.append(f"{folder}: {say(language, 'unreadable', error)}")
    if not known:
        report.remarks.append(say(language, "no_head"))
    return report


def _verify(folder: Path, known: Sequence[tuple[str, bytes]], report: Report) -> None:
    line = (folder / "manifest.json").read_bytes()
    manifest = read_object(line[:-1]) or {"files": {}}
    check_files(folder, manifest["files"], report)
    with ExitStack() as stack:
        files = [stack.enter_context((folder / name).open("rb", BUFFER)) for name in NAMES]
        leaves = files.pop()

        def leaf(seq: int) -> bytes:
            leaves.seek((seq - 1) * 65)
            return leaves.read(64)

        verifier = Verifier(report, known, leaf)
        verifier.read(*files)
    told = {"log": verifier.log, "size": verifier.tree.size, "head": verifier.previous}
    if line[-1:] != b"\n" or {name: manifest.get(name) for name in told} != told:
        report.fault("manifest.json", "form")
    elif not is_signed(manifest, verifier.public(manifest["key"])):
        report.fault("manifest.json", "signature")


def check_files(folder: Path, files: dict[str, dict[str, Any]], report: Report) -> None:
    """That exactly the files of the manifest are there. The tree proves the bytes of records and payloads anyway."""
    for path in sorted(folder.iterdir()):
        if path.name not in (*files, "manifest.json"):
            report.fault(path.name, "unknown_file")
    for name in sorted({*files, *NAMES}):
        path = folder / name
        if not path.is_file() or name not in files:
            report.fault(name, "missing")
        elif path.stat().st_size != files[name]["size"]:
            report.fault(name, "size", path.stat().st_size, files[name]["size"])
        elif name not in ("records.jsonl", "payloads.jsonl"):
            with path.open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != files[name]["sha256"]:
                    report.fault(name, "digest")


def read_known(path: Path) -> tuple[str, bytes]:
    """A head from outside, or the one in a receipt."""
    line = path.read_bytes().rstrip(b"\n")
    return path.name, str((read_object(line) or {}).get("head", line.decode())).encode()


def main(arguments: Sequence[str] | None = None) -> int:
    """Check what is named, print what was found; the last line says whether all is well."""
    parser = argparse.ArgumentParser(description="Checks an archive exported from Accord.")
    parser.add_argument("folder", type=Path, help="what was exported")
    parser.add_argument("--head", type=Path, action="append", default=[], help="a head that you were mailed")
    parser.add_argument("--language", choices=("en", "zh"), default=language_of_system())
    options = parser.parse_args(arguments)
    report = verify_folder(options.folder, [read_known(path) for path in options.head], options.language)
    sys.stdout.write("\n".join(report.lines()) + "\n")
    return 1 if report.faults else 0


def language_of_system() -> str:
    """Chinese where the system speaks it."""
    try:
        return "zh" if locale.setlocale(locale.LC_CTYPE, "").lower().startswith(("zh", "chinese")) else "en"
    except locale.Error:
        return "en"


if __name__ == "__main__":
    sys.exit(main())
