"""Choosing, changing and forgetting a password; the administrator's command."""

import io
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client

from accord.foundation.jobs.accounts import answer_password_request
from accord.foundation.links import PasswordLinks, password_link
from accord.foundation.models import Event, Job, Notification, User
from accord.foundation.services.accounts import invite_by_mail

OLD, NEW = "correct horse battery", "staple wagon lantern"
RESET = "/accounts/password/reset/"
CHANGE = "/accounts/password/change/"


@pytest.fixture
def user(db: None) -> User:
    return User.objects.create_user("A011", "xiaozhang@example.com", OLD, name="小张")


def run_jobs() -> None:
    for job in Job.objects.filter(task__endswith="answer_password_request"):
        answer_password_request.func(*job.args)
        job.delete()


def choose(client: Client, link: str, password: str = NEW):
    form = client.get(link.replace("http://localhost:8000", ""), follow=True)
    if "form" not in form.context or form.context.get("token_fail"):
        return form
    return client.post(form.request["PATH_INFO"], {"password1": password, "password2": password})


def works(password: str) -> bool:
    return User.objects.get(username="A011").check_password(password)


@pytest.mark.parametrize("name", ["A011", "xiaozhang@example.com"])
def test_a_forgotten_password_is_replaced_through_a_mail(name: str, user: User, client: Client) -> None:
    assert client.post(RESET, {"login": name})["Location"] == RESET + "done/"
    assert client.get(RESET + "done/").status_code == 200
    run_jobs()
    [message] = mail.outbox
    assert message.to == ["xiaozhang@example.com"]
    assert message.subject == "重新设置绩约密码"
    link = re.search(r"http://localhost:8000\S+", message.body)[0]
    assert choose(client, link)["Location"] == "/"
    assert works(NEW)
    assert client.get("/me/").status_code == 200


@pytest.mark.parametrize("name", ["A999", "nobody@example.com", "closed", "no-address"])
def test_nobody_learns_from_a_request_whether_there_is_an_account(name: str, user: User, client: Client) -> None:
    User.objects.create_user("closed", "c@example.com", OLD, is_active=False)
    User.objects.create_user("no-address", "", OLD)
    known, other = client.post(RESET, {"login": "A011"}), client.post(RESET, {"login": name})
    assert (known.status_code, known["Location"]) == (other.status_code, other["Location"])
    # What takes time is left to a job, for every name alike.
    assert Job.objects.count() == 2
    assert mail.outbox == []
    run_jobs()
    assert [message.to for message in mail.outbox] == [["xiaozhang@example.com"]]


def test_one_account_gets_three_links_an_hour_and_the_answer_stays_the_same(user: User, client: Client) -> None:
    answers = {client.post(RESET, {"login": "a011"})["Location"] for _ in range(6)}
    assert answers == {RESET + "done/"}
    assert Job.objects.count() == 3


def test_one_address_may_not_ask_without_end(user: User, client: Client) -> None:
    statuses = [client.post(RESET, {"login": f"A{number}"}).status_code for number in range(31)]
    assert statuses == [302] * 30 + [429]


def test_without_a_mail_server_the_page_says_whom_to_ask(user: User, client: Client, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    settings.CONTACT = "王敏（人力资源部 8021）"
    response = client.post(RESET, {"login": "A011"})
    assert "王敏（人力资源部 8021）" in response.text
    assert Job.objects.count() == 0
    settings.CONTACT = ""
    assert "请联系 HR 或系统管理员" in client.get(RESET).text


def test_a_link_works_once(user: User) -> None:
    link = password_link(user)
    choose(Client(), link)
    assert choose(Client(), link, "yet another phrase").status_code == 200
    assert works(NEW)


def test_a_link_dies_after_three_days_and_with_the_account(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    link = password_link(user)
    token = link.rstrip("/").rsplit("/", 1)[-1].split("-", 1)[1]
    assert PasswordLinks().check_token(user, token)
    monkeypatch.setattr(PasswordLinks, "_now", lambda self: datetime.now() + timedelta(days=3, minutes=1))  # noqa: DTZ005
    assert not PasswordLinks().check_token(user, token)
    monkeypatch.undo()
    user.is_active = False
    user.save()
    assert not PasswordLinks().check_token(user, token)
    assert choose(Client(), link).context["token_fail"]


def test_a_link_names_this_installation_and_not_the_host_that_was_asked(user: User, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    Client().post(RESET, {"login": "A011"}, HTTP_HOST="evil.example")
    run_jobs()
    assert "evil.example" not in mail.outbox[0].body + mail.outbox[0].alternatives[0].content
    assert "http://localhost:8000/accounts/" in mail.outbox[0].body


@pytest.mark.parametrize("weak", ["short", "password123", "12345678901", "xiaozhang@example"])
def test_a_weak_password_is_refused(weak: str, user: User) -> None:
    assert choose(Client(), password_link(user), weak).status_code == 200
    assert works(OLD)


def test_changing_keeps_this_session_and_ends_the_others(user: User) -> None:
    here, elsewhere = Client(), Client()
    here.force_login(user)
    elsewhere.force_login(user)
    change = {"oldpassword": OLD, "password1": NEW, "password2": NEW}
    assert here.post(CHANGE, change)["Location"] == "/me/"
    assert here.get("/me/").status_code == 200
    assert elsewhere.get("/me/").status_code == 302
    assert works(NEW)
    [event] = Event.objects.filter(name="account.password_set")
    assert (event.actor, event.subject) == (user, f"users:{user.pk}")
    assert Notification.objects.get().kind == "account.password_changed"


def test_changing_needs_the_current_password_and_guessing_it_ends(user: User, client: Client) -> None:
    client.force_login(user)
    change = {"oldpassword": "guess", "password1": NEW, "password2": NEW}
    assert [client.post(CHANGE, change).status_code for _ in range(11)] == [200] * 10 + [429]
    assert works(OLD)


def test_somebody_without_password_is_told_what_to_do(db: None, client: Client) -> None:
    client.force_login(User.objects.create_user("A012"))
    response = client.get(CHANGE)
    assert (response.status_code, "no_password_yet" in response.text) == (409, True)


def test_the_first_password_is_no_news_to_its_owner(db: None) -> None:
    user = User.objects.create_user("A012", "a012@example.com")
    choose(Client(), password_link(user))
    assert Notification.objects.count() == 0
    assert Event.objects.filter(name="account.password_set").count() == 1


def command(*args: str, stdin: str = "", monkeypatch: pytest.MonkeyPatch | None = None) -> str:
    out = io.StringIO()
    if monkeypatch:
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
    call_command("user", *args, stdout=out)
    return out.getvalue()


def test_an_administrator_sets_a_password_from_stdin(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    command("password", "A011", stdin=NEW + "\n", monkeypatch=monkeypatch)
    assert works(NEW)
    assert Event.objects.get(name="account.password_set").actor is None


def test_an_administrator_may_not_set_a_weak_one(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CommandError, match="这个密码不能使用"):
        command("password", "A011", stdin="short\n", monkeypatch=monkeypatch)
    assert works(OLD)


def test_an_invitation_is_a_link_that_works(db: None) -> None:
    User.objects.create_user("A011", "", name="小张")
    link = command("invite", "A011").strip()
    assert choose(Client(), link)["Location"] == "/"
    assert works(NEW)
    assert Event.objects.filter(name="account.invited").count() == 1


def test_an_invitation_by_mail(user: User) -> None:
    assert command("invite", "A011", "--mail") == ""
    [message] = mail.outbox
    assert message.subject == "您的绩约账号已开通"
    assert "A011" in message.body


def test_nobody_is_invited_who_may_not_come_in(user: User, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    User.objects.create_user("closed", "c@example.com", is_active=False)
    User.objects.create_user("no-address")
    for name, sentence in [("A999", "没有账号“A999”"), ("closed", "已停用"), ("no-address", "没有登记邮箱")]:
        with pytest.raises(CommandError, match=sentence):
            command("invite", name, "--mail")
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    with pytest.raises(CommandError, match="尚未配置邮件服务器"):
        command("invite", "A011", "--mail")
    assert Event.objects.count() == 0


def test_commands_speak_the_terminals_language(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    with pytest.raises(CommandError, match="There is no account “A999”\nGive the employee number"):
        command("invite", "A999")


def test_a_mail_in_the_readers_language(user: User) -> None:
    user.language = "en"
    user.save()
    invite_by_mail(user)
    assert mail.outbox[0].subject == "Your account in Accord"
    assert 'lang="en"' in mail.outbox[0].alternatives[0].content
