"""Each search at the counter is written down, opened or not, and nobody searches without end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from services.accounts import actions
from services.accounts.models import RecordSearch, RecordView
from services.accounts.states import Role, SearchKey
from tests.factories import AgencyFactory
from tests.factories.members import make_member
from tests.integration.services.accounts.citizens.test_at_once import at_once
from tests.integration.services.accounts.counter.conftest import (
    IDENTITY,
    REASON,
    TAX_CODE,
    Counter,
)

WAIT = "Bạn đã tra cứu quá nhiều lần trong thời gian ngắn. Thử lại sau 10 phút."


def refusals(page: Any) -> list[str]:
    return list(page.context["form"].errors.get("text", []))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "key", "masked", "found"),
    [
        ("0921 9000 1234", SearchKey.IDENTITY, "092•••••1234", 1),
        ("092190004321", SearchKey.IDENTITY, "092•••••4321", 0),
        (TAX_CODE, SearchKey.TAX_CODE, "010•••••9106", 1),
        ("0901 234 567", SearchKey.PHONE, "09•• ••• 567", 1),
        ("LucBinh90", SearchKey.USERNAME, "Lu•••••90", 1),
        ("Trần Thị Lục Bình", SearchKey.USERNAME, "Tr•••••nh", 0),
        ("a" * 60, SearchKey.USERNAME, "aa•••••aa", 0),
    ],
)
def test_a_search_that_opens_nothing_is_written_down(
    counter: Counter, text: str, key: SearchKey, masked: str, found: int
) -> None:
    counter.find(text)
    kept = RecordSearch.objects.get()
    assert (kept.key, kept.masked, kept.found) == (key, masked, found)
    assert (kept.officer, kept.officer_name) == (counter.officer, "Lê Văn C")
    assert (kept.agency_name, kept.reason) == ("Sở Minh hoạ", REASON)
    assert timezone.now() - kept.at < timedelta(minutes=1)
    assert not RecordView.objects.exists()


@pytest.mark.django_db
def test_what_is_no_search_is_not_written_down(counter: Counter) -> None:
    counter.client.get(reverse("citizen_desk:find"))
    counter.find("")
    counter.find(IDENTITY, reason="")
    counter.find(IDENTITY, client=Client())
    editor = Client()
    editor.force_login(make_member(AgencyFactory(title="Sở Lạ"), Role.EDITOR, "bientap"))
    assert counter.find(IDENTITY, client=editor).status_code == 404
    assert not RecordSearch.objects.exists()


@pytest.mark.django_db
def test_who_tries_out_numbers_is_stopped_and_told_how_long(counter: Counter) -> None:
    for number in range(10):
        assert not refusals(counter.find(f"09219000{number:04d}"))
    page = counter.find(IDENTITY)
    assert refusals(page) == [WAIT]
    assert page.context["found"] is None
    assert "092•••••1234" not in page.content.decode()
    assert RecordSearch.objects.count() == 10  # what was stopped counts no further
    colleague = Client()
    colleague.force_login(counter.colleague)
    assert not refusals(counter.find(IDENTITY, client=colleague))


@pytest.mark.django_db
def test_searches_that_find_are_limited_too(counter: Counter, settings: Settings) -> None:
    settings.COUNTER_SEARCH_LIMITS = {"all": "3/10m,300/d", "fruitless": "2/10m"}
    for _number in range(3):
        assert len(counter.find(IDENTITY).context["found"]) == 1
    assert refusals(counter.find(IDENTITY)) == [WAIT]


@pytest.mark.django_db
def test_the_wait_ends_and_the_day_counts(counter: Counter) -> None:
    for number in range(10):
        counter.find(f"09219000{number:04d}")
    RecordSearch.objects.update(at=timezone.now() - timedelta(minutes=9, seconds=30))
    assert "1 phút" in refusals(counter.find(IDENTITY))[0]
    RecordSearch.objects.update(at=timezone.now() - timedelta(minutes=10, seconds=1))
    assert not refusals(counter.find(IDENTITY))
    values = RecordSearch.objects.filter(found=0).values().first() or {}
    values.pop("id")
    RecordSearch.objects.bulk_create(RecordSearch(**values) for _number in range(60))
    RecordSearch.objects.update(at=timezone.now() - timedelta(hours=20, minutes=1))
    assert refusals(counter.find(IDENTITY)) == [
        "Hôm nay bạn đã tra cứu quá nhiều lần. Thử lại sau 4 giờ."
    ]


@pytest.mark.django_db
def test_the_trail_outlives_the_officer(counter: Counter) -> None:
    counter.find(IDENTITY)
    counter.officer.delete()
    kept = RecordSearch.objects.get()
    assert (kept.officer, kept.officer_name) == (None, "Lê Văn C")


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_limit_holds_for_searches_at_once(counter: Counter, settings: Settings) -> None:
    settings.COUNTER_SEARCH_LIMITS = {"all": "5/10m", "fruitless": "5/10m"}
    jobs = [
        lambda: actions.search_records(
            viewer=counter.officer, text=IDENTITY, reason=REASON, now=timezone.now()
        )
        for _number in range(12)
    ]
    assert at_once(jobs, threads=6) == {"done": 5, "TooManySearchesError": 7}
    assert RecordSearch.objects.count() == 5
