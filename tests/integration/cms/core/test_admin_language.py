"""The admin speaks Vietnamese whatever language the browser asks for."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client

from tests.architecture.test_vendor_translations import messages

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["vi", "en", "fr"])
def test_screens_are_vietnamese(admin_user, language: str) -> None:
    client = Client(headers={"accept-language": language})
    client.force_login(admin_user)
    for answer in (client.get("/admin/"), client.get("/admin/pages/")):
        assert '<html lang="vi"' in answer.content.decode().replace("\n", " ").replace("  ", " ")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_words_of_scripts_are_vietnamese(admin_client, language: str) -> None:
    answer = admin_client.get("/admin/jsi18n/", headers={"accept-language": language})
    assert json.dumps("Đang lưu")[1:-1] in answer.content.decode()


def read_catalogue(client: Client, address: str) -> dict[str, Any]:
    content = client.get(address).content.decode()
    return json.loads(
        re.search(r"const newcatalog = (\{.*?\});$", content, re.DOTALL | re.MULTILINE)[1]
    )


def test_every_word_of_scripts_is_sent_in_vietnamese(admin_client: Client) -> None:
    """What the scripts of the packages say reaches the browser, not the file alone."""
    sent = read_catalogue(admin_client, "/admin/jsi18n/")
    sent |= read_catalogue(admin_client, "/admin/localize/jsi18n/")
    missing = [
        message
        for (context, message, _plural), path in messages("djangojs").items()
        if "/wagtail" in path and not sent.get(f"{context}\x04{message}" if context else message)
    ]
    assert not missing
    assert sent["Delete"] == "Xóa"
    assert len(sent) > 100
