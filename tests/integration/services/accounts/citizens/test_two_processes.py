"""Limits hold across two web processes that share what the default settings share."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.utils import timezone

from services.accounts import actions
from services.accounts.models import OneTimeCode, User
from tests.integration.services.accounts.citizens.conftest import FORM, Codes
from tests.web_processes.running import Visitor, web_processes

SIGN_IN = "/tai-khoan/dang-nhap/"
REGISTER = "/tai-khoan/dang-ky/"
ACTIVATE = "/tai-khoan/kich-hoat/"
RESEND = f"{ACTIVATE}gui-lai/"
MISMATCH = "Tên truy cập hoặc mật khẩu không đúng."
WAIT = "Nhập sai quá nhiều lần. Thử lại sau"
PASSWORD = str(FORM["password"])


def production_hash(password: str) -> str:
    """The tests' own hasher is none of production."""
    hasher = PBKDF2PasswordHasher()
    return hasher.encode(password, hasher.salt(), iterations=1000)


@pytest.fixture
def processes(transactional_db: None, tmp_path: Path) -> Iterator[list[str]]:
    with web_processes(2, tmp_path) as addresses:
        yield addresses


def check_passwords(processes: list[str]) -> None:
    """Of twelve wrong passwords five are let through; then both processes say to wait."""
    User.objects.create(username="nguyenvana", password=production_hash(PASSWORD))
    turns = itertools.cycle(processes)
    answers = [
        Visitor().post(next(turns), SIGN_IN, {"login": "nguyenvana", "password": "sai rồi sai"})
        for _attempt in range(7)
    ]
    assert [MISMATCH in answer.text for answer in answers] == [True] * 5 + [False] * 2
    for address in processes:
        answer = Visitor().post(address, SIGN_IN, {"login": "nguyenvana", "password": PASSWORD})
        assert WAIT in answer.text
        assert "/trang-ca-nhan/" not in answer.url


def check_passwords_at_once(processes: list[str]) -> None:
    """A lock that is not had in time refuses: never more than five, whatever comes first."""
    visitors = [Visitor() for _n in range(12)]
    for visitor in visitors:
        visitor.browser.get(f"{processes[0]}{SIGN_IN}", timeout=30)

    def fail(number: int) -> str:
        data = {"login": "tranthib", "password": "sai rồi sai"}
        return visitors[number].post(processes[number % 2], SIGN_IN, data).text

    with ThreadPoolExecutor(4) as threads:
        pages = list(threads.map(fail, range(12)))
    assert 0 < sum(MISMATCH in page for page in pages) <= 5
    assert all(MISMATCH in page or WAIT in page for page in pages)


def check_codes(processes: list[str], register: Any, codes: Codes) -> None:
    """Five wrong codes in all; then the right one counts at neither. Sending waits for both."""
    user = register(username="lucbinh90")
    User.objects.filter(pk=user.pk).update(password=production_hash(PASSWORD))
    first, second = processes
    visitor = Visitor()
    entered = visitor.post(first, SIGN_IN, {"login": "lucbinh90", "password": PASSWORD})
    assert entered.url == f"{first}{ACTIVATE}"
    for address in (second, first):
        assert "Có thể gửi mã khác sau" in visitor.post(address, RESEND, {}).text
    assert OneTimeCode.objects.count() == 1
    turns = itertools.cycle(processes)
    wrong = {"code": codes.wrong()}
    pages = [visitor.post(next(turns), ACTIVATE, wrong).text for _entry in range(6)]
    assert ["Mã chưa đúng" in page for page in pages] == [True] * 4 + [False] * 2
    right = {"code": codes.to("+84901234567")}
    for address in (first, second):
        assert "Đã nhập sai quá nhiều lần" in visitor.post(address, ACTIVATE, right).text
    assert OneTimeCode.objects.get().attempts == 5
    user.refresh_from_db()
    assert user.needs_activation


def check_sendings(processes: list[str], register: Any) -> None:
    """A code that one process has sent stops the other from sending the next."""
    user = register(username="lucbinh91", phone="+84901234568")
    OneTimeCode.objects.filter(user=user).update(created_at=timezone.now() - actions.codes.PAUSE)
    User.objects.filter(pk=user.pk).update(password=production_hash(PASSWORD))
    visitor = Visitor()
    visitor.post(processes[1], SIGN_IN, {"login": "lucbinh91", "password": PASSWORD})
    for address in processes:
        visitor.post(address, RESEND, {})
    assert OneTimeCode.objects.filter(user=user).count() == 2


def check_registrations(processes: list[str]) -> None:
    """Six registrations an hour from one address in these settings, from both together."""
    visitor = Visitor()
    turns = itertools.cycle(processes)
    answers = [visitor.post(next(turns), REGISTER, {}) for _entry in range(8)]
    assert [answer.status_code for answer in answers] == [200] * 6 + [429] * 2
    assert all("Thử lại sau" in answer.text for answer in answers[-2:])
    assert all(int(answer.headers["Retry-After"]) > 0 for answer in answers[-2:])


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_limits_hold_across_two_processes(
    processes: list[str], register: Any, codes: Codes
) -> None:
    check_passwords(processes)
    check_passwords_at_once(processes)
    check_codes(processes, register, codes)
    check_sendings(processes, register)
    check_registrations(processes)
