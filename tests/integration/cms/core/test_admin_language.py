"""The admin speaks Vietnamese whatever language the browser asks for."""

from __future__ import annotations

import json

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["vi", "en", "fr"])
def test_screens_are_vietnamese(admin_user, language: str) -> None:
    client = Client(headers={"accept-language": language})
    signing_in = client.get("/admin/login/")
    client.force_login(admin_user)
    for answer in (signing_in, client.get("/admin/"), client.get("/admin/pages/")):
        assert '<html lang="vi"' in answer.content.decode().replace("\n", " ").replace("  ", " ")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_words_of_scripts_are_vietnamese(admin_client, language: str) -> None:
    answer = admin_client.get("/admin/jsi18n/", headers={"accept-language": language})
    assert json.dumps("Đang lưu")[1:-1] in answer.content.decode()
