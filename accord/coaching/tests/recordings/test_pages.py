"""Pages of recordings: who may open each, how the content is handed out, and uploads over HTTP."""

from base64 import b64encode
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accord.coaching.models import Feedback, Recording
from accord.coaching.services.feedback.sending import send, withdraw
from accord.coaching.services.recordings.keeping import delete, describe
from accord.coaching.services.recordings.store import store
from accord.coaching.tests.feedback.builders import draft
from accord.coaching.tests.recordings.builders import WEBM, begun, recorded, sound
from tests.cast import Cast, client_of
from tests.ladder import Ladder, others

TUS = {"HTTP_TUS_RESUMABLE": "1.0.0", "HTTP_ACCEPT": "application/json"}


def in_a_draft(cast: Cast, **other: str) -> Recording:
    return recorded(draft(cast.colleague, cast.xiaozhang, **other))


def in_sent_feedback(cast: Cast, **other: str) -> Recording:
    recording = in_a_draft(cast, **other)
    send(recording.feedback)
    recording.feedback.refresh_from_db()
    return recording


def media(recording: Recording) -> str:
    return reverse("coaching:recording_media", args=[recording.pk])


class OfADraft(Ladder):
    may_open = ("colleague",)
    hidden_from = others("colleague")

    def make(self, cast: Cast) -> Recording:
        return in_a_draft(cast)

    def args(self, cast: Cast) -> list[Any]:
        return [self.thing.pk]


class TestRecord(OfADraft):
    url_name = "coaching:record"

    def args(self, cast: Cast) -> list[Any]:
        return [self.thing.feedback_id]

    def opened(self, response: HttpResponse, cast: Cast) -> None:
        assert "accord-recorder" in response.content.decode()
        assert response["Permissions-Policy"] == "camera=(self), microphone=(self)"


class TestRecordForReaders(TestRecord):
    """Who received it may not add to it."""

    may_open = ("colleague",)
    hidden_from = ("stranger",)
    refused_to = ("xiaozhang", "manager_li")
    works_with = (409,)

    def make(self, cast: Cast) -> Recording:
        return in_sent_feedback(cast, visibility="manager")

    def opened(self, response: HttpResponse, cast: Cast) -> None:
        assert "已经发出" in response.content.decode()


class TestBring(OfADraft):
    url_name = "coaching:recording_file"
    method = "post"

    def args(self, cast: Cast) -> list[Any]:
        return [self.thing.feedback_id]

    def payload(self, cast: Cast) -> dict[str, Any]:
        return {"recording": SimpleUploadedFile("memo.webm", sound(), "audio/webm")}

    def opened(self, response: HttpResponse, cast: Cast) -> None:
        made = Recording.objects.latest("pk")
        assert (made.state, made.milliseconds) == ("ready", 0)
        assert response["Location"] == reverse("coaching:recording_words", args=[made.pk])


class TestMediaOfADraft(OfADraft):
    url_name = "coaching:recording_media"


class TestMedia(OfADraft):
    """Only the two; not the line, not HR, not executives, not administrators."""

    url_name = "coaching:recording_media"
    may_open = ("colleague", "xiaozhang")
    hidden_from = others("colleague", "xiaozhang")

    def make(self, cast: Cast) -> Recording:
        return in_sent_feedback(cast)


class TestMediaWithManager(TestMedia):
    may_open = ("colleague", "xiaozhang", "manager_li")
    hidden_from = others("colleague", "xiaozhang", "manager_li")

    def make(self, cast: Cast) -> Recording:
        return in_sent_feedback(cast, visibility="manager")


class TestCaptions(TestMedia):
    url_name = "coaching:recording_captions"


class TestWords(OfADraft):
    url_name = "coaching:recording_words"
    wrong_verbs = ("delete",)


class TestDelete(TestMediaWithManager):
    url_name = "coaching:recording_delete"
    method = "post"
    may_open = ("colleague",)
    refused_to = ("xiaozhang", "manager_li")


class TestUpload(OfADraft):
    url_name = "coaching:recording_upload"
    method = "head"
    wrong_verbs = ("post", "get")

    def make(self, cast: Cast) -> Recording:
        return begun(draft(cast.colleague, cast.xiaozhang), sound())

    def _ask(
        self, name: str | None, cast: Cast, verb: str | None = None, args: list[Any] | None = None
    ) -> HttpResponse:
        client = client_of(getattr(cast, name)) if name else Client()
        address = reverse(self.url_name, args=self.args(cast) if args is None else args)
        return getattr(client, verb or self.method)(address, **TUS)


class TestBegin(OfADraft):
    url_name = "coaching:recording_begin"
    method = "options"
    works_with = (204,)
    wrong_verbs = ("get", "delete")

    def args(self, cast: Cast) -> list[Any]:
        return [self.thing.feedback_id]


def test_team_recognition_is_heard_by_the_team(cast: Cast) -> None:
    recording = in_a_draft(cast, visibility="team")
    recording.feedback.author, address = cast.colleague, media(recording)
    assert client_of(cast.manager_li).get(address).status_code == 404
    send(recording.feedback)
    assert client_of(cast.manager_li).get(address).status_code == 200
    assert client_of(cast.stranger).get(address).status_code == 404


def test_a_withdrawn_one_is_its_senders_alone(cast: Cast) -> None:
    recording = in_sent_feedback(cast)
    withdraw(recording.feedback)
    assert client_of(cast.xiaozhang).get(media(recording)).status_code == 404
    assert client_of(cast.colleague).get(media(recording)).status_code == 200


def test_who_has_heard_it_has_received_the_feedback(cast: Cast) -> None:
    recording = in_sent_feedback(cast, visibility="manager")
    client_of(cast.manager_li).get(media(recording))
    assert Feedback.objects.get().received_at is None
    client_of(cast.xiaozhang).get(media(recording))
    assert Feedback.objects.get().received_at is not None


def test_content_is_handed_out_in_parts_and_never_run(cast: Cast) -> None:
    recording = in_sent_feedback(cast)
    client, whole = client_of(cast.xiaozhang), b"".join(store().pieces(recording.stored_as))
    response = client.get(media(recording))
    assert response.getvalue() == whole
    assert response["Content-Type"] == "audio/webm"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Accept-Ranges"] == "bytes"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Disposition"].startswith("inline; filename")
    part = client.get(media(recording), headers={"Range": "bytes=100-199"})
    assert (part.status_code, part.getvalue()) == (206, whole[100:200])
    assert part["Content-Range"] == f"bytes 100-199/{len(whole)}"
    assert part["Content-Length"] == "100"
    fresh = client.get(media(recording), headers={"Range": "bytes=-5", "If-Range": response["ETag"]})
    assert fresh.getvalue() == whole[-5:]
    stale = client.get(media(recording), headers={"Range": "bytes=-5", "If-Range": '"other"'})
    assert (stale.status_code, stale.getvalue()) == (200, whole)
    outside = client.get(media(recording), headers={"Range": f"bytes={len(whole)}-"})
    assert (outside.status_code, outside["Content-Range"]) == (416, f"bytes */{len(whole)}")
    head = client.head(media(recording))
    assert (head.content, head["Content-Length"]) == (b"", str(len(whole)))
    assert client.get(f"{media(recording)}?keep")["Content-Disposition"].startswith("attachment")


def test_captions_come_as_captions(cast: Cast) -> None:
    recording = in_a_draft(cast)
    describe(recording, "先说好的。\n<script>alert(1)</script>", "")
    response = client_of(cast.colleague).get(reverse("coaching:recording_captions", args=[recording.pk]))
    assert response["Content-Type"] == "text/vtt; charset=utf-8"
    assert response.content.decode().startswith("WEBVTT\n\n00:00:00.000 --> ")
    assert "<script" not in response.content.decode()


def test_a_deleted_one_is_gone_and_says_so(cast: Cast) -> None:
    recording = in_sent_feedback(cast)
    delete(recording, "sender")
    client = client_of(cast.xiaozhang)
    assert client.get(media(recording)).status_code == 410
    page = client.get(reverse("coaching:feedback_page", args=[recording.feedback_id])).content.decode()
    assert "发送人删除" in page
    assert "<audio" not in page


def test_content_that_was_lost_is_said_to_be_gone(cast: Cast) -> None:
    recording = in_sent_feedback(cast)
    store().forget([recording.stored_as])
    response = client_of(cast.xiaozhang).get(media(recording))
    assert response.status_code == 410
    assert "不在了" in response.content.decode()


def test_the_page_of_a_feedback_plays_what_belongs_to_it(cast: Cast) -> None:
    recording = in_a_draft(cast, visibility="manager")
    describe(recording, "<b>粗体</b>", "一句话")
    send(recording.feedback)
    address = reverse("coaching:feedback_page", args=[recording.feedback_id])
    page = client_of(cast.xiaozhang).get(address).content.decode()
    assert f'src="{media(recording)}"' in page
    assert "&lt;b&gt;粗体&lt;/b&gt;" in page
    assert "一句话" in page
    remove = reverse("coaching:recording_delete", args=[recording.pk])
    assert remove not in page
    assert "?keep" in page
    assert "?keep" not in client_of(cast.manager_li).get(address).content.decode()
    assert remove in client_of(cast.colleague).get(address).content.decode()


def test_writing_leads_to_the_recorder_and_keeps_the_words(cast: Cast) -> None:
    client, feedback = client_of(cast.colleague), draft(cast.colleague, cast.xiaozhang)
    page = client.get(reverse("coaching:feedback_write", args=[feedback.pk]))
    form = page.context["form"]
    posted = {name: form[name].value() or "" for name in form.fields} | {
        "action": "record",
        "impact": "新的一句",
        "edition": page.context["draft"].edition,
    }
    answer = client.post(reverse("coaching:feedback_new"), posted)
    assert answer["Location"] == reverse("coaching:record", args=[feedback.pk])
    feedback.refresh_from_db()
    assert feedback.impact == "新的一句"


def test_words_are_put_to_it_or_said_to_be_too_many(cast: Cast) -> None:
    recording, client = in_a_draft(cast), client_of(cast.colleague)
    address = reverse("coaching:recording_words", args=[recording.pk])
    assert client.post(address, {"captions": "长" * 4_001}).status_code == 422
    assert client.post(address, {"captions": "0:01 好", "summary": "数据"})["Location"] == reverse(
        "coaching:feedback_write", args=[recording.feedback_id]
    )
    recording.refresh_from_db()
    assert (recording.captions, recording.summary) == ("0:01 好", "数据")


def test_no_other_page_may_ask_for_the_microphone(cast: Cast) -> None:
    response = client_of(cast.colleague).get(reverse("coaching:feedback"))
    assert "microphone=()" in response["Permissions-Policy"]
    assert "blob:" in response["Content-Security-Policy"]


def metadata(**values: str) -> str:
    return ",".join(f"{name} {b64encode(value.encode()).decode()}" for name, value in values.items())


ABOUT = {"filename": "recording.webm", "filetype": "audio/webm;codecs=opus", "milliseconds": "42000"}


def begin(client: Client, feedback: Feedback, size: object, about: str = "") -> HttpResponse:
    address = reverse("coaching:recording_begin", args=[feedback.pk])
    told = {"HTTP_UPLOAD_LENGTH": str(size), "HTTP_UPLOAD_METADATA": about or metadata(**ABOUT)}
    return client.post(address, **TUS, **told)


def patch(client: Client, address: str, offset: object, piece: bytes, **other: Any) -> HttpResponse:
    told = {"content_type": "application/offset+octet-stream", "HTTP_UPLOAD_OFFSET": str(offset), **TUS, **other}
    return client.patch(address, piece, **told)


def test_a_client_of_the_protocol_uploads_and_resumes(cast: Cast) -> None:
    client, feedback, content = client_of(cast.colleague), draft(cast.colleague, cast.xiaozhang), sound()
    answer = begin(client, feedback, len(content))
    place = answer["Location"]
    assert answer.status_code == 201
    assert patch(client, place, 0, content[:1_000])["Upload-Offset"] == "1000"
    asked = client.head(place, **TUS)
    assert (asked["Upload-Offset"], asked["Upload-Length"]) == ("1000", str(len(content)))
    assert asked["Cache-Control"] == "no-store"
    assert patch(client, place, 500, content[500:]).status_code == 409
    assert patch(client, place, 1_000, content[1_000:]).status_code == 204
    assert client.get(answer.json()["next"]).status_code == 200
    # The last answer was lost: the client asks, and learns that all has come.
    asked = client.head(place, **TUS)
    assert asked["Upload-Offset"] == asked["Upload-Length"]
    assert client.delete(place, **TUS).status_code == 204
    assert Recording.objects.get().state == "ready"


def test_an_upload_may_be_let_go(cast: Cast) -> None:
    client, feedback = client_of(cast.colleague), draft(cast.colleague, cast.xiaozhang)
    place = begin(client, feedback, 500)["Location"]
    assert client.delete(place, **TUS).status_code == 204
    assert client.head(place, **TUS).status_code == 404


def test_two_gigabytes_are_refused_with_a_sentence_before_they_are_sent(cast: Cast) -> None:
    client, feedback = client_of(cast.colleague), draft(cast.colleague, cast.xiaozhang)
    answer = begin(client, feedback, 2 << 30)
    assert answer.status_code == 413
    assert "2048 MB" in answer.json()["error"]["message"]
    # The form without a script: only its head is looked at.
    address = reverse("coaching:recording_file", args=[feedback.pk])
    answer = client.post(address, b"", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=str(2 << 30))
    assert answer.status_code == 413
    assert "2048 MB" in answer.content.decode()
    assert not Recording.objects.exists()


def test_a_forged_form_brings_nothing(cast: Cast) -> None:
    client, feedback = Client(enforce_csrf_checks=True), draft(cast.colleague, cast.xiaozhang)
    client.force_login(cast.colleague.user)
    file = SimpleUploadedFile("memo.webm", sound(), "audio/webm")
    address = reverse("coaching:recording_file", args=[feedback.pk])
    assert client.post(address, {"recording": file}).status_code == 403
    assert begin(client, feedback, 10).status_code == 403
    assert not Recording.objects.exists()


def test_a_file_that_lies_is_said_to(cast: Cast) -> None:
    client, feedback = client_of(cast.colleague), draft(cast.colleague, cast.xiaozhang)
    content = b"<svg onload=alert(1)>" * 9
    place = begin(client, feedback, len(content))["Location"]
    answer = patch(client, place, 0, content)
    assert answer.status_code == 422
    assert "WEBM" in answer.json()["error"]["message"]
    file = SimpleUploadedFile("memo.exe", b"MZ", "audio/webm")
    address = reverse("coaching:recording_file", args=[feedback.pk])
    assert "memo.exe" in client.post(address, {"recording": file}).content.decode()
    assert client.post(address, {}).status_code == 422


@pytest.mark.parametrize(
    ("size", "about"),
    [
        ("many", metadata(**ABOUT)),
        ("", metadata(**ABOUT)),
        (10, "filename !!!"),
        (10, metadata(**ABOUT | {"milliseconds": "-5"})),
        (10, metadata(**ABOUT | {"milliseconds": "9" * 13})),
        (10, "filename " + b64encode(b"\xff").decode()),
        (10, "filename é"),
    ],
)
def test_what_is_not_understood_is_said(cast: Cast, size: object, about: str) -> None:
    feedback = draft(cast.colleague, cast.xiaozhang)
    assert begin(client_of(cast.colleague), feedback, size, about).status_code == 400


def test_pieces_that_do_not_fit_are_refused(cast: Cast) -> None:
    client, feedback = client_of(cast.colleague), draft(cast.colleague, cast.xiaozhang)
    place = begin(client, feedback, len(WEBM))["Location"]
    assert patch(client, place, 0, WEBM + b"more").status_code == 413
    assert patch(client, place, "x", WEBM).status_code == 400
    assert patch(client, place, 0, WEBM, content_type="text/plain").status_code == 400
    assert patch(client, place, 0, b"", HTTP_TRANSFER_ENCODING="chunked").status_code == 400
    answer = client.patch(place, WEBM, content_type="application/offset+octet-stream")
    assert (answer.status_code, answer["Tus-Version"]) == (412, "1.0.0")
    assert Recording.objects.get().received == 0


def test_the_protocol_is_told(cast: Cast) -> None:
    feedback = draft(cast.colleague, cast.xiaozhang)
    answer = client_of(cast.colleague).options(reverse("coaching:recording_begin", args=[feedback.pk]))
    assert (answer["Tus-Version"], answer["Tus-Max-Size"]) == ("1.0.0", str(200 << 20))
    assert settings.ACCORD_RECORDINGS.folder.is_dir()
