"""A form whose security mark no longer counts is shown again, filled, to whom it was drawn for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.integration.services.accounts.personal.conftest import LOGIN
from tests.integration.services.accounts.personal.test_kept import (
    CHANGE,
    SAID,
    SAID_IN_ENGLISH,
    TYPED,
    held_by,
    hidden_of,
    value_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def inside(citizen: Any, sign_in: Callable[..., None]) -> Client:
    """Somebody who has signed in."""
    client = Client()
    sign_in(client, citizen)
    return client


def strict(client: Client) -> Client:
    """The same visitor, whose forms are checked."""
    client.handler.enforce_csrf_checks = True
    return client


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_form_left_open_beside_another_sign_in_is_shown_again(
    inside: Client, citizen: Any, prefix: str
) -> None:
    hidden = hidden_of(inside.get(prefix + CHANGE).content.decode())
    outdated = {**TYPED, **hidden, "csrfmiddlewaretoken": "a" * 64}
    answer = strict(inside).post(prefix + CHANGE, outdated)
    assert (answer.status_code, answer["Location"]) == (302, prefix + CHANGE)
    page = inside.get(prefix + CHANGE).content.decode()
    assert (SAID if not prefix else SAID_IN_ENGLISH) in page
    assert value_of(page, "street") == TYPED["street"]
    citizen.refresh_from_db()
    assert citizen.full_name == "Trần Thị Lục Bình"


def test_an_outdated_form_of_somebody_else_is_refused(
    inside: Client, sign_in: Callable[..., None], make_citizen: Callable[..., Any]
) -> None:
    hidden = hidden_of(inside.get(CHANGE).content.decode())
    other = Client()
    sign_in(other, make_citizen("sungtrang91", "+84901234568"))
    strict(other)
    for owner in (hidden, {}, {"form_owner": "forged"}):
        assert other.post(CHANGE, {**TYPED, **owner}).status_code == 403
        assert held_by(other) is None


@pytest.mark.parametrize("path", [LOGIN, "/trang-ca-nhan/phien/", "/khong-co-gi/", "/"])
def test_other_outdated_forms_are_refused(inside: Client, path: str) -> None:
    answer = strict(inside).post(path, {**TYPED, "form_owner": "forged"})
    assert answer.status_code in (403, 404)
    assert held_by(inside) is None


FORMS = (
    "thong-tin/",
    "thong-tin/sua/",
    "thong-tin/dien-thoai/",
    "thong-tin/thu-dien-tu/",
    "nhan-tin/",
    "dong-y/",
    "du-lieu/",
    "du-lieu/tai-ve/",
    "du-lieu/xoa-tai-khoan/",
    "doanh-nghiep/them/",
    "thay-mat/",
    "phien-dang-nhap/ket-thuc/",
)


@pytest.mark.parametrize("path", FORMS)
def test_no_outdated_form_is_carried_out(inside: Client, citizen: Any, path: str) -> None:
    address = f"/trang-ca-nhan/{path}"
    hidden = hidden_of(inside.get(address).content.decode(errors="replace"))
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.post(address, {**TYPED, **hidden}).status_code == 403
    assert held_by(stranger) is None
    answer = strict(inside).post(address, {**TYPED, **hidden})
    assert answer.status_code == (302 if hidden else 403)
    before = citizen.full_name, citizen.is_active
    citizen.refresh_from_db()
    assert (citizen.full_name, citizen.is_active) == before
