"""The overview of the personal page, and who may see the parts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from services.accounts.models import Enterprise, EnterpriseRequest, Invitation
from services.accounts.states import RequestKind, RequestState

pytestmark = pytest.mark.django_db
PAGE = "/trang-ca-nhan/"


def test_what_waits_is_told(client: Client, citizen: Any) -> None:
    citizen.email = "lucbinh@motcua.example"
    citizen.save()
    enterprise = Enterprise.objects.create(tax_code="0100233488", name="Công ty TNHH Minh hoạ")
    EnterpriseRequest.objects.create(
        enterprise=enterprise, user=citizen, kind=RequestKind.JOIN, state=RequestState.DRAFT
    )
    Invitation.objects.create(
        enterprise=enterprise,
        address=citizen.phone,
        role="staff",
        digest="x",
        expires_at=timezone.now() + timedelta(days=1),
    )
    client.force_login(citizen)
    page = client.get(PAGE)
    text = page.content.decode()
    assert "lucbinh@motcua.example: chưa xác minh" in text
    assert "Số điện thoại" not in text  # the phone is proven
    assert "bạn đã khai, chưa xác minh" in text
    assert "Đã có người đăng ký với mã số thuế của Công ty TNHH Minh hoạ" in text
    assert "mời bạn thay mặt" in text
    assert "no-store" in page["Cache-Control"]


def test_an_invitation_to_an_address_that_is_not_proven_is_not_shown(
    client: Client, citizen: Any
) -> None:
    citizen.phone_proven_at = None
    citizen.save()
    enterprise = Enterprise.objects.create(tax_code="0100233488", name="Công ty TNHH Minh hoạ")
    Invitation.objects.create(
        enterprise=enterprise,
        address=citizen.phone,
        role="staff",
        digest="x",
        expires_at=timezone.now() + timedelta(days=1),
    )
    client.force_login(citizen)
    assert "mời bạn" not in client.get(PAGE).content.decode()


def test_staff_have_a_personal_page_too(client: Client, admin_user: Any) -> None:
    client.force_login(admin_user)
    assert client.get(PAGE).status_code == 200
