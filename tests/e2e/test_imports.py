"""A file's way through the browser: dropped or chosen, checked while one watches, decided upon, loaded."""

import pytest
from playwright.sync_api import Page, expect

from accord.foundation.imports import jobs
from accord.foundation.models import ImportRun
from accord.people.models import Employee
from tests.e2e.conftest import DESKTOP, PHONE

FILE = {
    "name": "员工.csv",
    "mimeType": "text/csv",
    "buffer": (
        "工号,姓名,部门,岗位,直属上级工号\nN1,王芳,远航电商/销售部,销售代表,A010\nN2,赵强,远航电商,销售代表,没有\n"
    ).encode(),
}
DROP = """([name, text]) => {
  const files = new DataTransfer();
  files.items.add(new File([text], name));
  const zone = document.querySelector('[data-drop-zone] button');
  for (const kind of ['dragover', 'drop'])
    zone.dispatchEvent(new DragEvent(kind, { dataTransfer: files, bubbles: true, cancelable: true }));
}"""


@pytest.fixture(autouse=True)
def _files_of_the_test(settings, tmp_path):
    files = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": files}


@pytest.fixture
def jobs_at_once(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def jobs_by_hand(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


def choose_file(page: Page) -> None:
    page.get_by_label("文件").set_input_files(FILE)
    page.get_by_role("button", name="检查文件").click()


@pytest.mark.usefixtures("jobs_at_once")
def test_from_the_list_to_new_people(page_zh, cast, sign_in, axe_clean):
    sign_in(page_zh, cast.hrbp_wang.user)
    page_zh.goto("/imports/")
    axe_clean(page_zh)
    page_zh.get_by_role("link", name="导入员工").click()
    axe_clean(page_zh)
    choose_file(page_zh)
    expect(page_zh.get_by_role("heading", level=1)).to_have_text("员工.csv")
    expect(page_zh.get_by_role("region", name="拒收的行")).to_contain_text("直属上级工号")
    axe_clean(page_zh)
    page_zh.get_by_role("button", name="导入 1 行合格数据").click()
    expect(page_zh.get_by_text("已导入", exact=True)).to_be_visible()
    axe_clean(page_zh)
    assert Employee.objects.get(employee_no="N1").manager == cast.manager_li
    assert not Employee.objects.filter(employee_no="N2").exists()
    with page_zh.expect_download() as download:
        page_zh.get_by_role("link", name="拒收的行").click()
    assert download.value.suggested_filename == "员工.refused.xlsx"


@pytest.mark.usefixtures("jobs_by_hand")
def test_who_watches_sees_the_result_as_soon_as_it_is_there(page_zh, cast, sign_in):
    sign_in(page_zh, cast.hrbp_wang.user)
    page_zh.goto("/imports/people/new/")
    choose_file(page_zh)
    expect(page_zh.get_by_text("正在排队")).to_be_visible()
    jobs.check_run.call(ImportRun.objects.get().pk, "zh-hans")
    expect(page_zh.get_by_role("button", name="导入 1 行合格数据")).to_be_visible()


@pytest.mark.usefixtures("jobs_at_once")
def test_a_file_is_dropped_anywhere_on_the_form(page_zh, cast, sign_in):
    sign_in(page_zh, cast.hrbp_wang.user)
    page_zh.goto("/imports/people/new/")
    page_zh.evaluate(DROP, [FILE["name"], FILE["buffer"].decode()])
    page_zh.get_by_role("button", name="检查文件").click()
    expect(page_zh.get_by_role("heading", level=1)).to_have_text("员工.csv")


@pytest.mark.usefixtures("jobs_at_once")
def test_without_scripts_too(new_page, cast, sign_in):
    page = new_page(DESKTOP, java_script_enabled=False)
    sign_in(page, cast.hrbp_wang.user)
    page.goto("/imports/people/new/")
    choose_file(page)
    page.get_by_role("button", name="导入 1 行合格数据").click()
    expect(page.get_by_text("已导入", exact=True)).to_be_visible()
    assert Employee.objects.filter(employee_no="N1").exists()


@pytest.mark.usefixtures("jobs_at_once")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_nothing_is_off_the_screen(new_page, cast, sign_in, axe_clean, scheme):
    page = new_page(PHONE, color_scheme=scheme, reduced_motion="reduce")
    sign_in(page, cast.hrbp_wang.user)
    page.goto("/imports/people/new/")
    choose_file(page)
    for address in (page.url, "/imports/", "/imports/people/new/"):
        page.goto(address)
        axe_clean(page)
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), address
