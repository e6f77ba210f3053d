"""A citizen with an active account, signed in with a password as people do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from services.accounts.actions import Registration, register_account
from services.accounts.actions.contacts import confirm_contact
from services.accounts.states import Channel, ConsentPurpose
from tests.integration.services.accounts.citizens.conftest import Codes, codes

__all__ = ["Codes", "codes"]

PASSWORD = "con sông đỏ nước 9"
LOGIN = "/tai-khoan/dang-nhap/"


@pytest.fixture
def make_citizen(db: None) -> Callable[..., Any]:
    """Make a citizen whose phone number is verified."""

    def make(username: str = "lucbinh90", phone: str = "+84901234567", **given: Any) -> Any:
        data = {
            "username": username,
            "password": PASSWORD,
            "full_name": "Trần Thị Lục Bình",
            "language": "vi",
            "phone": phone,
            "identity_number": "092190001234",
            "consents": (ConsentPurpose.TERMS, ConsentPurpose.REUSE),
            **given,
        }
        user = register_account(Registration(**data), now=timezone.now())
        user.needs_activation = False
        user.save(update_fields=["needs_activation"])
        confirm_contact(user, Channel.PHONE, phone, now=timezone.now())
        return get_user_model()._default_manager.get(pk=user.pk)

    return make


@pytest.fixture
def citizen(make_citizen: Callable[..., Any]) -> Any:
    return make_citizen()


@pytest.fixture
def sign_in() -> Callable[..., None]:
    """Sign in through the page."""

    def enter(client: Client, user: Any, password: str = PASSWORD) -> None:
        answer = client.post(LOGIN, {"login": user.username, "password": password})
        assert answer.status_code == 302, answer.content.decode()

    return enter


@pytest.fixture
def confirm() -> Callable[[Client], None]:
    """Give the password once more, as an important page asks."""

    def again(client: Client, password: str = PASSWORD) -> None:
        answer = client.post("/tai-khoan/xac-nhan-mat-khau/", {"password": password})
        assert answer.status_code == 302, answer.content.decode()

    return again
