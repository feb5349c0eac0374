"""Voice and video messages: what a file is, its length, the part asked for, and captions."""

import struct
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.domain.recordings.captions import LONGEST_CAPTION, Caption, captions_of, web_vtt
from accord.domain.recordings.containers import CONTAINERS, claim_of, container_in
from accord.domain.recordings.ranges import ByteRange, OutsideTheFile, asked_range
from accord.domain.recordings.webm import with_length

WEBM = bytes.fromhex("1a45dfa39f4286810142f7810142f2810442f381084282847765626d") + b"\x42\x87\x81\x04\x42\x85\x81\x02"
OPEN_SEGMENT = bytes.fromhex("1853806701ffffffffffffff")
MP3_FRAME = bytes.fromhex("fffb9000") + bytes(413)


def info(*inside: bytes) -> bytes:
    body = b"\x2a\xd7\xb1\x83\x0f\x42\x40" + b"".join(inside)
    return b"\x15\x49\xa9\x66" + bytes([0x80 | len(body)]) + body


@pytest.mark.parametrize(
    ("head", "found"),
    [
        (WEBM, "webm"),
        (WEBM.replace(b"\x84webm", b"\x88matroska"), None),
        (b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00", "mp4"),
        (b"\x00\x00\x00\x20ftypM4A \x00\x00\x00\x00", "mp4"),
        (b"\x00\x00\x00\x20ftypheic", None),
        (b"OggS\x00\x02", "ogg"),
        (b"RIFF\x24\x00\x00\x00WAVEfmt ", "wav"),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", None),
        (b"ID3\x04\x00", "mp3"),
        (MP3_FRAME * 2, "mp3"),
        (bytes.fromhex("fff34000") + bytes(92) + bytes.fromhex("fff34000"), None),
        (MP3_FRAME, None),
        (bytes.fromhex("fffb0000") * 9, None),
        (bytes.fromhex("ffeb9000") * 9, None),
        (b"<html><script>", None),
        (b"\x89PNG\r\n\x1a\n", None),
        (b"MZ", None),
        (b"", None),
    ],
)
def test_the_first_bytes_tell_the_container(head: bytes, found: str | None) -> None:
    assert container_in(head) == found


@pytest.mark.parametrize("header", ["fff34000", "ffe34000", "fffb9200"])
def test_frames_of_every_version_are_measured(header: str) -> None:
    """Version 2 at 32 kbit/s and 22.05 kHz: 104 bytes; version 2.5 at 11.025 kHz: 208; version 1, padded: 418."""
    length = {"fff34000": 104, "ffe34000": 208, "fffb9200": 418}[header]
    frame = bytes.fromhex(header) + bytes(length - 4)
    assert container_in(frame * 2) == "mp3"


def test_a_name_claims_a_container_and_a_kind() -> None:
    assert claim_of("周会.MP4") == ("mp4", "video")
    assert claim_of("recording.webm", "audio/webm;codecs=opus") == ("webm", "voice")
    assert claim_of("memo.m4a") == ("mp4", "voice")
    assert [claim_of(name) for name in ("a.svg", "a.mkv", "a", "")] == [None] * 4
    assert CONTAINERS["mp3"].media_type("video") is None
    assert CONTAINERS["webm"].media_type("video") == "video/webm"
    assert CONTAINERS["webm"].media_type("voice") == "audio/webm"


@given(st.binary(max_size=80))
def test_no_bytes_upset_it(head: bytes) -> None:
    assert container_in(head) in {None, *CONTAINERS}
    assert asked_range(head.decode("latin-1"), 10) is None
    assert with_length(head, 5_000) == head
    with_length(WEBM + OPEN_SEGMENT + head, 5_000)


def test_the_length_of_a_stream_is_written_in() -> None:
    tail = b"\x16\x54\xae\x6b\x80rest"
    head = WEBM + OPEN_SEGMENT + b"\xec\x81\x00" + info() + tail
    written = with_length(head, 12_345)
    assert written.endswith(b"\x44\x89\x88" + struct.pack(">d", 12_345.0) + tail)
    assert written.startswith(WEBM + OPEN_SEGMENT)
    assert with_length(written, 99) == written


def test_the_length_counts_in_the_ticks_of_the_file() -> None:
    micro = b"\x15\x49\xa9\x66\x86\x2a\xd7\xb1\x82\x03\xe8"
    written = with_length(WEBM + OPEN_SEGMENT + micro, 2)
    assert written.endswith(struct.pack(">d", 2_000.0))
    bare = b"\x15\x49\xa9\x66\x83\xec\x81\x00"
    assert with_length(WEBM + OPEN_SEGMENT + bare, 2).endswith(struct.pack(">d", 2.0))


@pytest.mark.parametrize(
    "head",
    [
        WEBM,
        WEBM + b"\x18\x53\x80\x67\x90" + info(),
        WEBM + OPEN_SEGMENT,
        WEBM + OPEN_SEGMENT + b"\x11\x4d\x9b\x74\x80" + info(),
        WEBM + OPEN_SEGMENT + info()[:-3],
        WEBM + OPEN_SEGMENT + b"\x15\x49\xa9\x66\x80",
    ],
)
def test_where_there_is_no_room_nothing_is_changed(head: bytes) -> None:
    assert with_length(head, 1_000) == head


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("bytes=0-", (0, 99)),
        ("bytes=10-19", (10, 19)),
        (" bytes=90-200 ", (90, 99)),
        ("bytes=-20", (80, 99)),
        ("bytes=-500", (0, 99)),
        ("bytes=-", None),
        ("bytes=20-10", None),
        ("bytes=0-1,5-6", None),
        ("lines=0-1", None),
        ("", None),
    ],
)
def test_a_range_is_read(header: str, found: tuple[int, int] | None) -> None:
    assert asked_range(header, 100) == (ByteRange(*found) if found else None)


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=-0", "bytes=100-200"])
def test_a_range_outside_is_refused(header: str) -> None:
    with pytest.raises(OutsideTheFile):
        asked_range(header, 100)


def test_captions_share_the_time_by_their_length() -> None:
    assert captions_of("四个字呀\n\n八个字的一句话呀", 12_000) == [
        Caption(0, 4_000, "四个字呀"),
        Caption(4_000, 12_000, "八个字的一句话呀"),
    ]


def test_a_time_that_was_told_is_kept() -> None:
    text = "0:00 先说好的。\n[0:10] 再说要改的。\n还有一句。\n0:05 早于上一行\n9:00 晚于结束"
    shown = captions_of(text, 20_000)
    assert [each.words for each in shown] == ["先说好的。", "再说要改的。", "还有一句。", "早于上一行", "晚于结束"]
    assert shown[0].ends == shown[1].begins == 10_000
    assert shown[-1].ends == 20_000


def test_long_lines_are_cut_at_sentences_and_words() -> None:
    text = "这是第一句，说得比较长一些，大概二十多个字。这是第二句，同样说得比较长一些，大概二十多个字。" + "长" * 100
    words = [each.words for each in captions_of(text, 60_000)]
    assert words[0] == "这是第一句，说得比较长一些，大概二十多个字。"
    assert "".join(words) == text
    english = "A sentence that goes on and on until it is cut between two words. Version 1.5 helped."
    assert next(each.words for each in captions_of(english, 9_000)).endswith(" until it")


@given(st.text(max_size=300), st.integers(1, 300_000))
def test_captions_are_in_order_and_script_is_only_text(text: str, milliseconds: int) -> None:
    shown = captions_of(text + "\n<script>alert(1)</script> --> &", milliseconds)
    assert shown[-1].ends == milliseconds
    assert all(0 < len(each.words) <= LONGEST_CAPTION and each.begins <= each.ends for each in shown)
    assert all(before.ends == after.begins for before, after in pairwise(shown))
    file = web_vtt(shown)
    assert file.startswith("WEBVTT\n\n00:00:00.000 --> ")
    assert "<script" not in file
    assert file.count("-->") == len(shown)


def test_no_words_no_captions() -> None:
    assert captions_of(" \n ", 1_000) == []
    assert web_vtt([]) == "WEBVTT\n"
    assert web_vtt([Caption(3_600_000, 3_661_001, "a")]) == "WEBVTT\n\n01:00:00.000 --> 01:01:01.001\na\n"
