"""A request for a host that is not ours is answered with 400, never with a fault of the portal."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/", "/en/", "/thu-tuc/", "/admin/", "/khong-co/"])
def test_a_foreign_host_is_a_bad_request(address: str) -> None:
    answer = Client(raise_request_exception=False).get(address, headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert "evil" not in answer.content.decode()
