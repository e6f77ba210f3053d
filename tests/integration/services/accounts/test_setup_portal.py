"""The first start: variables in a file that nobody else reads, one administrator, no harm twice."""

from __future__ import annotations

import io
import stat
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from services.accounts.management import environment_file
from services.accounts.management.commands import setup_portal
from services.accounts.models import User

pytestmark = pytest.mark.django_db
ROOT = Path(settings.BASE_DIR)
PASSWORD = "một câu của người quản trị 7"
OPTIONS: dict[str, Any] = {
    "portal_url": "https://dichvucong.mau.example/",
    "username": "quantri.mau",
    "full_name": "Nguyễn Thị Quản Mẫu",
    "email": "quantri@motcua.example",
    "password_stdin": True,
    "input": False,
}


@pytest.fixture
def env_file(tmp_path: Path) -> Path:
    """A file whose key is that of the running settings: the second part of the command."""
    path = tmp_path / ".env"
    path.write_text(f"SECRET_KEY={settings.SECRET_KEY}\n", encoding="utf-8")
    return path


def test_an_existing_file_is_told_of_the_proxy(monkeypatch: Any, env_file: Path) -> None:
    """Without it each page behind the proxy that speaks TLS would redirect to itself."""
    run(monkeypatch, env_file)
    assert environment_file.read_values(env_file)["TRUSTED_PROXY_COUNT"] == "1"


def test_a_decided_number_of_proxies_stays(monkeypatch: Any, env_file: Path) -> None:
    with env_file.open("a", encoding="utf-8") as file:
        file.write("TRUSTED_PROXY_COUNT=2\n")
    run(monkeypatch, env_file)
    assert environment_file.read_values(env_file)["TRUSTED_PROXY_COUNT"] == "2"


def run(monkeypatch: Any, env_file: Path, **more: Any) -> str:
    out = io.StringIO()
    monkeypatch.setattr("sys.stdin", io.StringIO(PASSWORD + "\n"))
    call_command("setup_portal", env_file=env_file, stdout=out, **{**OPTIONS, **more})
    return out.getvalue()


def test_it_makes_the_administrator_and_tells_what_is_next(
    env_file: Path, monkeypatch: Any
) -> None:
    said = run(monkeypatch, env_file)
    user = User.objects.get()
    assert (user.username, user.is_superuser, user.is_active) == ("quantri.mau", True, True)
    assert user.check_password(PASSWORD)
    assert not user.has_temporary_password
    assert "https://dichvucong.mau.example/admin/" in said
    assert settings.SECRET_KEY not in said
    assert PASSWORD not in said
    values = environment_file.read_values(env_file)
    assert values["ALLOWED_HOSTS"] == "dichvucong.mau.example"
    assert values["PORTAL_URL"] == "https://dichvucong.mau.example"
    assert stat.S_IMODE(env_file.stat().st_mode) == 0o600


def test_twice_does_no_harm(env_file: Path, monkeypatch: Any) -> None:
    run(monkeypatch, env_file)
    before, user = env_file.read_text(encoding="utf-8"), User.objects.get()
    said = run(monkeypatch, env_file, username="nguoikhac", portal_url="https://khac.example")
    assert "Đã có quản trị viên" in said
    assert env_file.read_text(encoding="utf-8") == before
    assert User.objects.get().password == user.password


@pytest.mark.parametrize(
    "given",
    [
        {"username": "a"},
        {"email": "không phải email"},
        {"full_name": "123"},
        {"username": ""},
        {"password_stdin": False},
    ],
)
def test_what_is_wrong_is_told_and_nobody_is_made(
    env_file: Path, monkeypatch: Any, given: dict[str, Any]
) -> None:
    with pytest.raises(CommandError):
        run(monkeypatch, env_file, **given)
    assert not User.objects.exists()


@pytest.mark.parametrize(
    "url", ["dichvucong.mau.example", "ftp://a.example", "https://a.example/x"]
)
def test_a_strange_address_is_refused(env_file: Path, monkeypatch: Any, url: str) -> None:
    with pytest.raises(CommandError):
        run(monkeypatch, env_file, portal_url=url)


@pytest.mark.parametrize("password", ["ngan", "1234567890", "quantri.mau1"])
def test_a_weak_password_is_refused(env_file: Path, monkeypatch: Any, password: str) -> None:
    monkeypatch.setattr(f"{__name__}.PASSWORD", password)
    with pytest.raises(CommandError):
        run(monkeypatch, env_file)
    assert not User.objects.exists()


def test_it_asks_until_the_answers_are_right(env_file: Path, monkeypatch: Any) -> None:
    answers = iter(["a", "quantri.mau", "12", "Nguyễn Thị Quản Mẫu", "x", "a@motcua.example"])
    typed = iter(["ngan", PASSWORD, "khác hẳn", PASSWORD, PASSWORD])
    monkeypatch.setattr("builtins.input", lambda question: next(answers))
    monkeypatch.setattr("getpass.getpass", lambda question: next(typed))
    call_command(
        "setup_portal",
        env_file=env_file,
        portal_url="https://dichvucong.mau.example",
        stdout=(out := io.StringIO()),
    )
    assert User.objects.get().check_password(PASSWORD)
    assert "Hai mật khẩu không giống nhau" in out.getvalue()


def test_a_demonstration_is_no_administrator(env_file: Path, monkeypatch: Any) -> None:
    User.objects.create_superuser("thu.nghiem", password="x", is_demo=True)
    run(monkeypatch, env_file)
    assert User.objects.filter(is_superuser=True, is_demo=False).count() == 1


@pytest.fixture
def begun(monkeypatch: Any) -> list[Any]:
    """What the command would hand to itself when it begins anew."""
    calls: list[Any] = []
    monkeypatch.setattr(setup_portal.os, "putenv", lambda name, value: calls.append((name, value)))
    monkeypatch.setattr(setup_portal.os, "execv", lambda path, argv: calls.append(argv))
    return calls


def test_a_new_file_gets_a_key_and_the_command_begins_anew_with_it(
    tmp_path: Path, monkeypatch: Any, begun: list[Any]
) -> None:
    path = tmp_path / "motcua.env"
    said = run(monkeypatch, path)
    values = environment_file.read_values(path)
    assert len(values["SECRET_KEY"]) >= 50
    assert values["SECRET_KEY"] not in said
    assert ("SECRET_KEY", values["SECRET_KEY"]) in begun
    assert begun[-1][-1] == "--begun-anew"
    assert not any(values["SECRET_KEY"] in word for word in begun[-1])  # not in the process list
    assert values["DJANGO_SETTINGS_MODULE"] == "cms.settings.production"
    assert "# docs/environment.md" in path.read_text(encoding="utf-8")  # begins as the example
    assert not User.objects.exists()
    kept = values["SECRET_KEY"]
    run(monkeypatch, path)
    assert environment_file.read_values(path)["SECRET_KEY"] == kept
    with pytest.raises(CommandError):
        run(monkeypatch, path, begun_anew=True)


def test_what_was_copied_from_the_example_is_asked_for(
    tmp_path: Path, monkeypatch: Any, begun: list[Any]
) -> None:
    path = tmp_path / ".env"
    path.write_text((ROOT / ".env.example").read_text(encoding="utf-8"), encoding="utf-8")
    path.chmod(0o644)
    run(monkeypatch, path)
    values = environment_file.read_values(path)
    assert values["PORTAL_URL"] == "https://dichvucong.mau.example"
    assert values["ALLOWED_HOSTS"] == "dichvucong.mau.example"
    assert path.read_text(encoding="utf-8").count("SECRET_KEY=") == 1
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_short_key_is_not_replaced_silently(tmp_path: Path, monkeypatch: Any) -> None:
    path = tmp_path / ".env"
    path.write_text("SECRET_KEY=ngan\n", encoding="utf-8")
    with pytest.raises(CommandError):
        run(monkeypatch, path)
    assert path.read_text(encoding="utf-8") == "SECRET_KEY=ngan\n"
