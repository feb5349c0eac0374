"""Saying no: page, toast or JSON, in the reader's language, and without a word from inside."""

from importlib import import_module

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from accord.foundation.errors import BusinessError
from accord.foundation.views.refusals import our_fault
from accord.foundation.written import gives_back
from tests.cast import Cast

real = import_module("accord.config.urls")
INSIDE = "table secrets has no column salary"


class WeightsOff(BusinessError):
    code = "test_weights_off"
    sentence = "权重合计为 %(total)s%%"
    hint = "请调整 %(name)s 的权重"


def refuse(request: HttpRequest) -> HttpResponse:
    raise WeightsOff(total=90, name="<b>小张</b>")


def raises(error: Exception):
    def view(request: HttpRequest) -> HttpResponse:
        raise error

    return view


urlpatterns = [
    *real.urlpatterns,
    path("refuse/", refuse),
    path("refuse/words/", gives_back("note")(refuse)),
    path("api/refuse/", refuse),
    path("404/", raises(Http404(INSIDE))),
    path("403/", raises(PermissionDenied(INSIDE))),
    path("400/", raises(SuspiciousOperation(INSIDE))),
    path("500/", raises(RuntimeError(INSIDE))),
]
handler400, handler403, handler404, handler500 = real.handler400, real.handler403, real.handler404, real.handler500

here = override_settings(ROOT_URLCONF=__name__)
STATUSES = [
    (400, "系统没能识别这个请求"),
    (403, "您可以查看，但不能进行这项操作"),
    (404, "页面不存在"),
    (500, "系统出了点问题"),
]


@pytest.fixture
def client(cast: Cast) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(cast.xiaozhang.user)
    return client


@here
def test_a_page_says_what_and_what_to_do(client: Client) -> None:
    response = client.get("/refuse/")
    assert response.status_code == 409
    assert "权重合计为 90%" in response.text
    assert "请调整 &lt;b&gt;小张&lt;/b&gt; 的权重" in response.text
    assert "test_weights_off" in response.text
    assert "主导航" in response.text


@here
def test_a_fragment_is_answered_with_a_toast_that_replaces_nothing(client: Client) -> None:
    response = client.get("/refuse/", headers={"HX-Request": "true"})
    assert response.status_code == 409
    assert (response["HX-Retarget"], response["HX-Reswap"]) == ("#toasts", "beforeend")
    assert response["HX-Reselect"] == ".toast-card"
    assert 'class="toast-card' in response.text
    assert "权重合计为 90%。请调整 &lt;b&gt;小张&lt;/b&gt; 的权重" in response.text
    assert "<html" not in response.text


@here
def test_a_boosted_link_gets_the_page(client: Client) -> None:
    response = client.get("/refuse/", headers={"HX-Request": "true", "HX-Boosted": "true"})
    assert "<html" in response.text


@here
@pytest.mark.parametrize(
    ("address", "accept"), [("/refuse/", "application/json"), ("/api/refuse/", "*/*"), ("/api/refuse/", "text/html")]
)
def test_programs_get_json(address: str, accept: str, client: Client) -> None:
    response = client.get(address, headers={"Accept": accept})
    assert response.status_code == 409
    assert response.json() == {
        "error": {"code": "test_weights_off", "message": "权重合计为 90%", "hint": "请调整 <b>小张</b> 的权重"}
    }


@here
@pytest.mark.parametrize(("status", "sentence"), STATUSES)
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}, {"Accept": "application/json"}])
def test_no_answer_leaks_what_happened_inside(
    status: int, sentence: str, headers: dict[str, str], client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    response = client.get(f"/{status}/", headers=headers)
    assert response.status_code == status
    assert sentence in response.text
    assert "salary" not in response.text


@here
@pytest.mark.parametrize(("status", "sentence"), STATUSES)
def test_they_speak_english_to_those_who_read_it(status: int, sentence: str, cast: Cast, client: Client) -> None:
    client.post("/preferences/language/", {"language": "en"})
    response = client.get(f"/{status}/")
    assert 'lang="en"' in response.text
    assert sentence not in response.text


@here
def test_a_visitor_gets_the_bare_page(db: None) -> None:
    response = Client().get("/nowhere/")
    assert response.status_code == 404
    assert "主导航" not in response.text


@here
def test_the_page_for_our_own_fault_needs_no_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    request = client.get("/me/").wsgi_request
    with connection.execute_wrapper(raises(RuntimeError("no database"))):
        assert our_fault(request).status_code == 500


@here
@pytest.mark.parametrize("headers", [{}, {"Accept": "application/json"}])
def test_a_forged_form_is_refused_with_a_reason_people_understand(headers: dict[str, str], cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.xiaozhang.user)
    response = strict.post("/me/", {"language": "en"}, headers=headers)
    assert response.status_code == 403
    assert "页面打开时间过长，本次内容没有保存" in response.text
    cast.xiaozhang.user.refresh_from_db()
    assert cast.xiaozhang.user.language == "zh-hans"


def test_a_sentence_may_hold_a_percent_sign() -> None:
    assert str(WeightsOff(total=90, name="x")) == "权重合计为 90%"


@here
def test_a_refused_form_gives_back_the_words_of_the_fields_that_are_named_and_of_no_other(client: Client) -> None:
    sent = {"2-note": "写了很久的话 <b>", "password": "canary-secret"}
    page = client.post("/refuse/words/", sent).content.decode()
    assert "写了很久的话 &lt;b&gt;" in page
    assert "canary-secret" not in page
    assert "写了很久的话" not in client.post("/refuse/", sent).content.decode()
