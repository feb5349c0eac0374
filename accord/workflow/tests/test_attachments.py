"""Files of a form: what they are is read from their content, and removed means gone."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accord.foundation.imports.files import path_of
from accord.workflow.errors.forms import FileEmpty, FileNotWhatItSays, FileTooLarge, FileTypeNotTaken, TooManyFiles
from accord.workflow.models import Attachment, FormFill
from accord.workflow.services import attachments
from accord.workflow.services.attachments import attach
from accord.workflow.services.fills import discard, submit_turn
from accord.workflow.tests.form_samples import FILES, field, filled_by
from tests.cast import Cast

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 60
PDF = b"%PDF-1.7\n" + b"x" * 60
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 600


def office(*names: str) -> bytes:
    """A zip with these members."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return content.getvalue()


def open_document(kind: str) -> bytes:
    """A zip whose first member names its type."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        archive.writestr("content.xml", "<x/>")
    return content.getvalue()


HONEST = {
    "照片.png": PNG,
    "照片.JPG": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x00" * 60,
    "动图.gif": b"GIF89a" + b"\x00" * 60,
    "图.webp": b"RIFF\x24\x00\x00\x00WEBPVP8 " + b"\x00" * 60,
    "合同.pdf": PDF,
    "纪要.docx": office("[Content_Types].xml", "word/document.xml"),
    "表.xlsx": office("[Content_Types].xml", "xl/workbook.xml"),
    "汇报.pptx": office("[Content_Types].xml", "ppt/presentation.xml"),
    "旧文.doc": OLE + "WordDocument".encode("utf-16-le"),
    "旧表.xls": OLE + "Workbook".encode("utf-16-le"),
    "文.odt": open_document("text"),
    "录音.mp3": b"ID3\x04\x00\x00" + b"\x00" * 60,
    "录音.m4a": b"\x00\x00\x00\x20ftypM4A \x00\x00\x00\x00" + b"\x00" * 60,
    "录音.wav": b"RIFF\x24\x00\x00\x00WAVEfmt " + b"\x00" * 60,
    "视频.mp4": b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41" + b"\x00" * 60,
    "视频.webm": b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01webm" + b"\x00" * 60,
}
LYING = {
    "页面.png": b"<html><script>alert(1)</script></html>" + b" " * 60,
    "图.png": b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>' + b" " * 60,
    "程序.pdf": b"MZ\x90\x00" + b"\x00" * 200,
    "图.jpg": PNG,
    "包.docx": office("payload.exe"),
    "表.docx": office("[Content_Types].xml", "xl/workbook.xml"),
    "表.xls": OLE + "WordDocument".encode("utf-16-le"),
    "文.odt": open_document("spreadsheet"),
    "断.xlsx": office("[Content_Types].xml", "xl/workbook.xml")[:40],
    "空话.mp4": b"just words, nothing else to see here",
}


@pytest.fixture
def fill(cast: Cast) -> FormFill:
    return filled_by(cast.xiaozhang)


def upload(fill: FormFill, name: str, content: bytes, **settings: object) -> Attachment:
    """Hand a file in."""
    return attach(fill, {**FILES, **settings}, SimpleUploadedFile(name, content), fill.author)


@pytest.mark.parametrize("name", HONEST)
def test_a_file_is_what_it_says(fill: FormFill, name: str) -> None:
    kept = upload(fill, name, HONEST[name])
    assert (kept.file_name, kept.size) == (name, len(HONEST[name]))
    assert path_of(kept.stored_as).read_bytes() == HONEST[name]
    assert name.split(".")[0] not in kept.stored_as


@pytest.mark.parametrize("name", LYING)
def test_a_file_that_lies_about_its_type_leaves_nothing_behind(fill: FormFill, name: str) -> None:
    before = stored_files()
    with pytest.raises(FileNotWhatItSays) as refused:
        upload(fill, name, LYING[name])
    assert name in str(refused.value)
    assert stored_files() == before
    assert not Attachment.objects.exists()


@pytest.mark.parametrize("name", ["页.html", "图.svg", "程序.exe", "宏.docm", "无后缀", "包.zip", ".png/../a.js"])
def test_other_types_are_never_taken(fill: FormFill, name: str) -> None:
    with pytest.raises(FileTypeNotTaken):
        upload(fill, name, PNG)


def test_a_field_takes_only_its_own_types(fill: FormFill) -> None:
    with pytest.raises(FileTypeNotTaken) as refused:
        upload(fill, "合同.pdf", PDF, accept=["image"])
    assert "图片" in refused.value.advice()


def test_size_is_counted_not_believed(fill: FormFill, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachments, "LARGEST_FILE", 100)
    before = stored_files()
    large = SimpleUploadedFile("图.png", PNG + b"\x00" * 100)
    large.size = 10
    with pytest.raises(FileTooLarge):
        attach(fill, FILES, large, fill.author)
    with pytest.raises(FileEmpty):
        upload(fill, "空.png", b"")
    assert stored_files() == before


def test_there_is_room_for_so_many(fill: FormFill) -> None:
    for number in range(3):
        upload(fill, f"{number}.png", PNG)
    with pytest.raises(TooManyFiles):
        upload(fill, "4.png", PNG)


def test_a_path_in_a_name_is_only_a_name(fill: FormFill) -> None:
    kept = upload(fill, "..\\..\\etc\\\u202egnp.照片.png", PNG)
    assert kept.file_name == "gnp.照片.png"
    assert kept.stored_as.startswith("forms/")


def test_a_file_is_downloaded_and_only_a_picture_is_shown(fill: FormFill, cast: Cast) -> None:
    client = signed_in(cast)
    for name, content, inline in (("照片.png", PNG, True), ("合同.pdf", PDF, False)):
        here = reverse("workflow:attachment", args=[upload(fill, name, content).pk])
        kept = client.get(here)
        assert kept.getvalue() == content
        assert kept["Content-Disposition"].startswith("attachment")
        assert (kept["X-Content-Type-Options"], kept["Content-Security-Policy"]) == (
            "nosniff",
            "sandbox; default-src 'none'",
        )
        assert client.get(f"{here}?show=1")["Content-Disposition"].startswith("inline") == inline


def test_removing_really_removes(fill: FormFill, cast: Cast, django_capture_on_commit_callbacks: object) -> None:
    kept, other = upload(fill, "照片.png", PNG), upload(fill, "另一张.png", PNG)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        signed_in(cast).post(reverse("workflow:fill", args=[fill.pk]), {"do": f"detach:{kept.pk}"})
    assert not path_of(kept.stored_as).exists()
    assert path_of(other.stored_as).exists()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        discard(fill, cast.xiaozhang)
    assert not path_of(other.stored_as).exists()
    assert not Attachment.objects.exists()


def test_nobody_removes_a_file_of_another_form(fill: FormFill, cast: Cast) -> None:
    kept = upload(fill, "照片.png", PNG)
    other = filled_by(cast.stranger)
    client = Client()
    client.force_login(cast.stranger.user)
    client.post(reverse("workflow:fill", args=[other.pk]), {"do": f"detach:{kept.pk}"})
    assert Attachment.objects.filter(pk=kept.pk).exists()


def test_files_are_answers_and_needed_where_the_form_says_so(cast: Cast) -> None:
    needed = field("proof", "attachment", "证明", required=True)
    fill = filled_by(cast.xiaozhang, [needed])
    here = reverse("workflow:fill", args=[fill.pk])
    client = signed_in(cast)
    refused = client.post(here, {"do": "submit"})
    assert refused.status_code == 422
    assert "请填写“证明”" in refused.content.decode()
    lying = client.post(here, {"do": "submit", "proof": SimpleUploadedFile("证明.pdf", PNG)})
    assert lying.status_code == 422
    assert "名不副实" in lying.content.decode()
    client.post(here, {"do": "submit", "proof": SimpleUploadedFile("证明.pdf", PDF)})
    fill.refresh_from_db()
    assert fill.answers == {"proof": [Attachment.objects.get().pk]}


def test_a_file_of_a_field_that_a_step_hides_is_not_there_for_it(cast: Cast) -> None:
    hidden = field("proof", "attachment", rights={"lead": "hide"})
    fill = filled_by(cast.xiaozhang, [hidden], person=cast.colleague)
    kept = attach(fill, hidden, SimpleUploadedFile("照片.png", PNG), cast.xiaozhang)
    submit_turn(fill, "start", {}, cast.xiaozhang)
    client = Client()
    client.force_login(cast.colleague.user)
    assert client.get(reverse("workflow:fill", args=[fill.pk])).status_code == 200
    assert client.get(reverse("workflow:attachment", args=[kept.pk])).status_code == 404


def signed_in(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.xiaozhang.user)
    return client


def stored_files() -> set[str]:
    folder = path_of("forms")
    return {path.name for path in folder.iterdir()} if folder.exists() else set()
