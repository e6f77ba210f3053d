"""The sign-in page names the demonstration's accounts where DEBUG is on, and nowhere else."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

from services.accounts.states import Role
from services.accounts.tokens import demo_password
from tests.factories import AgencyFactory, Portal
from tests.factories.members import make_member
from tests.integration.services.accounts.counter.conftest import make_citizen

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency(portal: Portal):
    found = AgencyFactory(title="Sở Minh hoạ")
    make_member(found, Role.EDITOR, "bientap.mau", is_demo=True)
    make_member(found, Role.HEAD, "nguoi.that")
    make_citizen("congdan.mau", is_demo=True)
    make_citizen("dan.that")
    return found


@pytest.mark.usefixtures("agency")
@pytest.mark.parametrize("debug", [True, False])
def test_accounts_are_named_with_debug_alone(
    client: Client, settings: Settings, debug: bool
) -> None:
    settings.DEBUG = debug
    content = client.get("/tai-khoan/dang-nhap/").content.decode()
    for text in (
        "bientap.mau",
        demo_password(),
        "Tài khoản dùng thử",
        "Sở Minh hoạ",
        "congdan.mau",
    ):
        assert (text in content) is debug, text
    assert ("congdan.mau" in content) is debug
    assert "nguoi.that" not in content
    assert "dan.that" not in content
