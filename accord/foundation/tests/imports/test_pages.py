"""The import pages, as HRBP, onlooker and stranger."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accord.foundation.imports import runs
from accord.foundation.imports.files import new_name, path_of
from accord.foundation.models import ImportRun, Notification, User
from accord.foundation.spreadsheets import read_sheet
from accord.foundation.tests.imports.cars import COLUMNS
from tests.cast import Cast
from tests.ladder import Ladder

pytestmark = pytest.mark.django_db
GOOD = "车牌,车主\n沪A1,李伟\n沪A2,张敏\n"
MIXED = "车牌,车主,备注\n沪A1,李伟,\n坏1,张敏,=1+1\n沪A3,,\n"


@pytest.fixture
def browser(hrbp) -> Client:
    client = Client()
    client.force_login(hrbp)
    return client


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def send(client: Client, content: str | bytes = MIXED, name: str = "车辆.csv", **fields):
    upload = SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)
    return client.post(reverse("foundation:import_new", args=["cars"]), {"file": upload, **fields}, follow=True)


def page(client: Client, name: str, *args: object):
    return client.get(reverse(f"foundation:{name}", args=args))


def plates() -> set[str]:
    return set(Notification.objects.filter(kind="car").values_list("cause", flat=True))


@pytest.mark.usefixtures("jobs_at_once")
class TestFromUploadToLoad:
    def test_a_file_is_checked_and_nothing_is_loaded(self, browser, hrbp):
        text = send(browser).content.decode()
        run = ImportRun.objects.get()
        assert (run.state, run.started_by, run.file_name) == (ImportRun.State.CHECKED, hrbp, "车辆.csv")
        assert plates() == set()
        assert "导入 2 行合格数据" in text
        assert "“坏1” is no plate." in text
        assert "No owner." in text
        assert run.digest in text

    def test_the_good_rows_are_loaded(self, browser, hrbp):
        send(browser)
        run = ImportRun.objects.get()
        text = browser.post(reverse("foundation:import_load", args=[run.pk]), follow=True).content.decode()
        run.refresh_from_db()
        assert (run.state, run.loaded_by, run.created) == (ImportRun.State.DONE, hrbp, 2)
        assert plates() == {"沪A1", "沪A3"}
        assert "已导入" in text

    def test_a_second_click_on_load_loads_once(self, browser):
        send(browser)
        address = reverse("foundation:import_load", args=[ImportRun.objects.get().pk])
        first = browser.post(address)
        second = browser.post(address)
        assert (first.status_code, second.status_code) == (302, 302)
        assert Notification.objects.filter(kind="car").count() == 2
        assert ImportRun.objects.get().created == 2

    def test_discarded_it_stays_in_the_list_and_cannot_be_loaded(self, browser):
        send(browser)
        run = ImportRun.objects.get()
        text = browser.post(reverse("foundation:import_discard", args=[run.pk]), follow=True).content.decode()
        assert "已放弃" in text
        browser.post(reverse("foundation:import_load", args=[run.pk]))
        assert plates() == set()
        assert browser.post(reverse("foundation:import_discard", args=[run.pk])).status_code == 409

    def test_the_choices_of_the_kind_are_kept_and_shown(self, browser):
        text = send(browser, fleet="北区", sell_missing="on").content.decode()
        assert ImportRun.objects.get().options == {"fleet": "北区", "sell_missing": "1"}
        assert "北区" in text

    def test_a_file_that_cannot_be_read_says_what_where_and_what_to_do(self, browser):
        text = send(browser, "编号,车主\n1,李\n").content.decode()
        assert ImportRun.objects.get().state == ImportRun.State.FAILED
        assert "车辆.csv 缺少列：车牌" in text
        assert "请补上缺少的表头" in text

    def test_a_reader_of_english_sees_the_same_run_in_english(self, browser, hrbp):
        send(browser, "编号,车主\n1,李\n")
        User.objects.filter(pk=hrbp.pk).update(language="en")
        text = page(browser, "import_run", ImportRun.objects.get().pk).content.decode()
        assert "车辆.csv lacks the columns" in text

    def test_a_fault_of_ours_while_loading_writes_nothing_and_can_be_tried_again(self, browser):
        send(browser, GOOD)
        run = ImportRun.objects.get()
        original = path_of(run.stored_as).read_text()
        path_of(run.stored_as).write_text(original + "沪A9,break\n")
        text = browser.post(reverse("foundation:import_load", args=[run.pk]), follow=True).content.decode()
        assert plates() == set()
        assert "未写入任何数据" in text
        path_of(run.stored_as).write_text(original)
        browser.post(reverse("foundation:import_load", args=[run.pk]))
        run.refresh_from_db()
        assert (run.state, plates()) == (ImportRun.State.DONE, {"沪A1", "沪A2"})

    def test_refused_rows_are_downloaded_corrected_and_brought_in_again(self, browser, tmp_path):
        send(browser)
        response = page(browser, "import_refused", ImportRun.objects.get().pk)
        path = tmp_path / "refused.xlsx"
        path.write_bytes(b"".join(response.streaming_content))
        sheet = read_sheet(path, COLUMNS)
        assert sheet.headers == ("车牌", "车主", "备注", "行号", "列", "原因")
        assert sheet.raw.rows() == [(2, "坏1", "张敏", "=1+1", "3", "车牌", "“坏1” is no plate.")]
        assert response["Content-Disposition"].startswith("attachment;")

    def test_rows_and_files_never_appear_unescaped(self, browser):
        text = send(browser, "车牌\n坏<script>alert(1)</script>\n", name="<b>x.csv").content.decode()
        assert "<script>alert" not in text
        assert "<b>x" not in text


class TestUploadForm:
    def test_the_template_has_the_headers_of_the_reader_and_two_examples(self, browser, tmp_path):
        response = page(browser, "import_template", "cars")
        path = tmp_path / "template.xlsx"
        path.write_bytes(b"".join(response.streaming_content))
        sheet = read_sheet(path, COLUMNS)
        assert sheet.headers == ("车牌*", "车主")
        assert sheet.frame.select("plate", "owner").rows() == [("沪A1", "李伟"), ("沪A2", "张敏")]

    def test_the_page_explains_the_columns(self, browser):
        text = page(browser, "import_new", "cars").content.decode()
        assert "车牌" in text
        assert "plate" in text
        assert 'enctype="multipart/form-data"' in text

    def test_an_unknown_kind_is_not_there(self, browser):
        assert page(browser, "import_new", "boats").status_code == 404
        assert page(browser, "import_template", "boats").status_code == 404

    @pytest.mark.parametrize(("name", "said"), [("x.pdf", "既不是 Excel"), ("x.xls", "既不是 Excel")])
    def test_a_file_of_another_type_is_turned_away_at_the_door(self, browser, name, said):
        response = send(browser, b"x", name)
        assert response.status_code == 422
        assert said in response.content.decode()
        assert not ImportRun.objects.exists()

    def test_a_file_too_large_is_turned_away_at_the_door(self, browser, monkeypatch):
        monkeypatch.setattr("accord.foundation.imports.forms.TEXT_BYTES", 3)
        assert "过大" in send(browser).content.decode()
        assert not ImportRun.objects.exists()

    def test_no_file_is_said_so(self, browser):
        assert browser.post(reverse("foundation:import_new", args=["cars"])).status_code == 422


@pytest.mark.usefixtures("jobs_later")
class TestWhileItWorks:
    def test_the_page_asks_for_progress_and_refreshes_without_scripts(self, browser):
        text = send(browser).content.decode()
        run = ImportRun.objects.get()
        assert run.state == ImportRun.State.CHECKING
        assert reverse("foundation:import_progress", args=[run.pk]) in text
        assert '<noscript><meta http-equiv="refresh"' in text

    def test_unchanged_progress_costs_a_304(self, browser):
        send(browser)
        run = ImportRun.objects.get()
        first = page(browser, "import_progress", run.pk)
        assert "正在排队" in first.content.decode()
        address = reverse("foundation:import_progress", args=[run.pk])
        assert browser.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
        path_of(f"{run.stored_as}.progress").write_text("50 200")
        second = browser.get(address, headers={"If-None-Match": first["ETag"]})
        assert (second.status_code, "50 / 200" in second.content.decode()) == (200, True)

    def test_when_the_work_is_done_the_page_reloads(self, browser):
        send(browser)
        ImportRun.objects.update(state=ImportRun.State.CHECKED)
        assert page(browser, "import_progress", ImportRun.objects.get().pk)["HX-Refresh"] == "true"

    def test_a_check_without_a_sign_of_life_says_to_begin_again(self, browser, monkeypatch):
        send(browser)
        monkeypatch.setattr(runs, "SILENCE", runs.SILENCE * 0)
        text = page(browser, "import_progress", ImportRun.objects.get().pk).content.decode()
        assert reverse("foundation:import_new", args=["cars"]) in text
        assert "重新导入" not in text

    def test_a_load_without_a_sign_of_life_may_be_asked_for_again(self, browser, monkeypatch):
        send(browser)
        run = ImportRun.objects.get()
        ImportRun.objects.update(state=ImportRun.State.CHECKED)
        address = reverse("foundation:import_load", args=[run.pk])
        browser.post(address)
        asked_at = ImportRun.objects.get().loading_at
        assert "重新导入" not in page(browser, "import_progress", run.pk).content.decode()
        monkeypatch.setattr(runs, "SILENCE", runs.SILENCE * 0)
        assert "重新导入" in page(browser, "import_progress", run.pk).content.decode()
        browser.post(address)
        assert ImportRun.objects.get().loading_at > asked_at


def kept(cast: Cast, **changes: object) -> ImportRun:
    run = runs.keep_run("cars", [GOOD.encode()], "a.csv", state=ImportRun.State.CHECKED, actor=cast.hrbp_wang.user)
    ImportRun.objects.filter(pk=run.pk).update(**changes)
    return run


class OfRun(Ladder):
    """Everybody who may see imports at all sees every run; to all others it does not exist."""

    may_open = ("hrbp_wang", "administrator", "auditor")
    hidden_from = ("xiaozhang", "manager_li", "executive_chen", "stranger")

    def make(self, cast):
        return kept(cast)

    def args(self, cast):
        return [self.thing.pk]


class TestRunPage(OfRun):
    url_name = "foundation:import_run"


class TestProgress(OfRun):
    url_name = "foundation:import_progress"


class TestOriginal(OfRun):
    url_name = "foundation:import_file"

    def opened(self, response, cast):
        assert b"".join(response.streaming_content) == GOOD.encode()
        assert response["Content-Disposition"] == 'attachment; filename="a.csv"'
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Type"] == "application/octet-stream"


class TestRefused(OfRun):
    url_name = "foundation:import_refused"

    def make(self, cast):
        stored_as = new_name(".refused.csv")
        path_of(stored_as).write_text("x")
        return kept(cast, refused_stored_as=stored_as)


@pytest.mark.usefixtures("jobs_later")
class TestLoad(OfRun):
    url_name = "foundation:import_load"
    method = "post"
    refused_to = ("auditor",)
    may_open = ("hrbp_wang",)


class TestDiscard(OfRun):
    url_name = "foundation:import_discard"
    method = "post"
    refused_to = ("auditor",)
    may_open = ("hrbp_wang",)


class TestNew(Ladder):
    url_name = "foundation:import_new"
    may_open = ("hrbp_wang", "administrator")
    refused_to = ("auditor",)
    hidden_from = ("xiaozhang", "manager_li", "executive_chen", "stranger")
    wrong_verbs = ("put", "delete")

    def args(self, cast):
        return ["cars"]


class TestTemplate(TestNew):
    url_name = "foundation:import_template"


class TestList(OfRun):
    url_name = "foundation:imports"

    def args(self, cast):
        return []


def test_those_who_may_only_look_are_offered_nothing_else(hrbp, onlooker):
    begin = reverse("foundation:import_new", args=["cars"])
    assert begin in page(signed_in(hrbp), "imports").content.decode()
    assert begin not in page(signed_in(onlooker), "imports").content.decode()


def test_a_stranger_cannot_upload(stranger):
    assert send(signed_in(stranger)).status_code == 404
    assert not ImportRun.objects.exists()


def test_stored_names_cannot_be_guessed_and_files_are_closed_to_others(cast):
    path = path_of(kept(cast).stored_as)
    assert len(path.stem) == 32
    assert path.stat().st_mode & 0o077 == 0


def test_refused_rows_that_are_not_there_are_not_found(cast, browser):
    assert page(browser, "import_refused", kept(cast).pk).status_code == 404


def test_a_file_deleted_from_the_store_is_not_found(cast, browser):
    run = kept(cast)
    path_of(run.stored_as).unlink()
    assert page(browser, "import_file", run.pk).status_code == 404


@pytest.mark.usefixtures("jobs_at_once")
class TestWithPerformance:
    """The same pages for a kind whose files hold performance."""

    @pytest.fixture(autouse=True)
    def _holds_performance(self, settings):
        settings.ACCORD_IMPORTS = "accord.foundation.tests.imports.cars.KINDS_WITH_PERFORMANCE"

    def test_who_sent_it_reads_everything(self, browser):
        text = send(browser).content.decode()
        run = ImportRun.objects.get()
        assert "“坏1” is no plate." in text
        assert reverse("foundation:import_refused", args=[run.pk]) in text
        for name in ("import_file", "import_refused"):
            assert page(browser, name, run.pk).status_code == 200

    @pytest.mark.parametrize("who", ["administrator", "auditor"])
    def test_others_learn_that_it_came_and_nothing_it_says(self, browser, cast, who):
        send(browser)
        run = ImportRun.objects.get()
        ImportRun.objects.update(preview=[{"row": "2", "what": "A011", "before": "71.5", "after": "0"}])
        other = signed_in(getattr(cast, who).user)
        text = page(other, "import_run", run.pk).content.decode()
        assert "车辆.csv" in text
        for secret in ("坏1", "71.5", reverse("foundation:import_file", args=[run.pk])):
            assert secret not in text
        for name in ("import_file", "import_refused"):
            assert page(other, name, run.pk).status_code == 403

    def test_what_came_by_the_command_line_is_read_there(self, browser):
        run = runs.keep_run("cars", [GOOD.encode()], "a.csv", state=ImportRun.State.CHECKED)
        assert page(browser, "import_file", run.pk).status_code == 403


def test_the_list_is_paged_and_costs_the_same_for_ten_and_for_twenty(browser, hrbp):
    def more(count: int) -> None:
        ImportRun.objects.bulk_create(
            ImportRun(kind="cars", file_name=f"{n}.csv", stored_as=f"imports/{n}", digest="0" * 64, started_by=hrbp)
            for n in range(count)
        )

    def cost() -> int:

        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert page(browser, "imports").status_code == 200
        return len(queries)

    more(10)
    ten = cost()
    more(10)
    assert cost() == ten
    more(10)
    assert "?page=2" in page(browser, "imports").content.decode()


def test_an_empty_list_says_how_to_begin(browser):
    assert "先导入员工" in page(browser, "imports").content.decode()
