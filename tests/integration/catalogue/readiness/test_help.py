"""The menu of help leads to our handbook and to no page in English."""

from __future__ import annotations

import pytest
from django.test import RequestFactory
from wagtail.admin.menu import help_menu

from catalogue.desk import list_help
from catalogue.selectors.desk import HANDBOOK
from tests.factories import GuideFactory, Portal

pytestmark = pytest.mark.django_db


def addresses(request) -> list[str]:
    return [item.url for item in help_menu.menu_items_for_request(request)]


def test_help_leads_to_the_handbook(admin_user, rf: RequestFactory, portal: Portal) -> None:
    request = rf.get("/admin/")
    request.user = admin_user
    assert not any("wagtail.org" in url for url in addresses(request))
    guide = GuideFactory(slug=HANDBOOK)
    assert [item.url for item in list_help([])] == [guide.url]
    assert guide.url in addresses(request)
