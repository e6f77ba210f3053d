"""Officers find by exact numbers, open with a reason that is kept, and confirm what they saw."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from services.accounts.models import (
    AccountEvent,
    OneTimeCode,
    Person,
    RecordView,
    User,
)
from services.accounts.selectors.desk import OPEN_FOR
from services.accounts.states import EventKind, RecordPart, Role, VerifiedBy
from services.notifications.models import Mail
from tests.factories import AgencyFactory
from tests.factories.members import make_member
from tests.integration.services.accounts.counter.conftest import (
    IDENTITY,
    REASON,
    TAX_CODE,
    Counter,
    make_citizen,
)

pytestmark = pytest.mark.django_db
SCREENS = ("record", "verify", "activate", "decide")


@pytest.mark.parametrize("text", [IDENTITY, "0921 9000 1234", "0901 234 567", "LucBinh90"])
def test_an_exact_number_or_name_finds_masked(counter: Counter, text: str) -> None:
    page = counter.find(text)
    (found,) = page.context["found"]
    assert (found.name, found.number) == ("Trần ••• Bình", "092•••••1234")
    content = page.content.decode()
    assert "Thị Lục" not in content
    assert content.count(IDENTITY) == (text == IDENTITY)  # as it was typed
    assert not RecordView.objects.exists()


@pytest.mark.parametrize(
    "text", ["09219000123", "lucbinh", "Trần Thị Lục Bình", "%", "0901 234", ""]
)
def test_parts_find_nobody(counter: Counter, text: str) -> None:
    assert not counter.find(text).context["found"]


@pytest.mark.parametrize("reason", ["", "   ", "abc"])
def test_a_reason_is_demanded(counter: Counter, reason: str) -> None:
    page = counter.find(IDENTITY, reason)
    assert page.context["found"] is None
    assert page.context["form"].errors["reason"]


def test_staff_and_deleted_accounts_are_not_found(counter: Counter) -> None:
    assert not counter.find("xuly.ban").context["found"]
    User.objects.filter(pk=counter.citizen.pk).update(deleted_at=timezone.now())
    assert not counter.find(IDENTITY).context["found"]


def test_an_opening_is_kept_and_shows_the_record(counter: Counter) -> None:
    opening = counter.open(IDENTITY)
    assert opening.subject == counter.citizen
    assert opening.viewer == counter.officer
    assert opening.viewer_name == "Lê Văn C"
    assert opening.agency_name == "Sở Minh hoạ"
    assert opening.what == RecordPart.RECORD
    assert opening.reason == REASON
    page = counter.client.get(reverse("citizen_desk:record", args=[opening.pk]))
    content = page.content.decode()
    for words in (IDENTITY, "0901 234 567", "Trần Thị Lục Bình", REASON):
        assert words in content
    assert counter.citizen.password not in content
    assert "no-store" in page.headers["Cache-Control"]


def test_opened_enterprise_is_kept_for_everybody_in_it(counter: Counter) -> None:
    second = make_citizen("nguoi.khac", full_name="Lê Thị Hai")
    counter.dispute(second)
    opening = counter.open(TAX_CODE)
    assert set(RecordView.objects.values_list("subject", "what", "enterprise")) == {
        (user.pk, RecordPart.ENTERPRISE, counter.firm.pk) for user in (counter.owner, second)
    }
    content = counter.client.get(reverse("citizen_desk:record", args=[opening.pk])).content.decode()
    for words in ("Công ty Minh hoạ", "Nguyễn Văn Chủ", "Lê Thị Hai", "đại diện theo pháp luật"):
        assert words in content


def test_what_another_officer_found_or_opened_is_not_ours(counter: Counter) -> None:
    other = Client()
    other.force_login(counter.colleague)
    sealed = counter.find(IDENTITY).context["found"][0].sealed
    assert other.post(reverse("citizen_desk:open"), {"found": sealed}).status_code == 302
    assert other.post(reverse("citizen_desk:open"), {"found": "x"}).status_code == 302
    assert not RecordView.objects.exists()
    opening = counter.open(IDENTITY)
    for name in SCREENS:
        address = reverse(f"citizen_desk:{name}", args=[opening.pk])
        assert other.get(address).status_code == 404
        assert other.post(address).status_code == 404


def test_an_opening_counts_for_half_an_hour(counter: Counter) -> None:
    opening = counter.open(IDENTITY)
    RecordView.objects.update(at=timezone.now() - OPEN_FOR - timedelta(seconds=1))
    for name in SCREENS:
        address = reverse(f"citizen_desk:{name}", args=[opening.pk])
        assert counter.client.post(address).status_code in (404, 405)
    address = reverse("citizen_desk:record", args=[opening.pk])
    assert counter.client.get(address).status_code == 404


@pytest.mark.parametrize("who", ["editor", "reviewer", "translator", "citizen", "member", "nobody"])
def test_nobody_else_enters(counter: Counter, who: str) -> None:
    opening = counter.open(IDENTITY)
    agency = AgencyFactory(title="Sở Khác")
    client = Client()
    if who in set(Role.values):
        client.force_login(make_member(agency, Role(who), "nguoi.so"))
    elif who == "citizen":
        client.force_login(make_citizen("dan"))
    elif who == "member":
        client.force_login(counter.owner)
    refused = 404 if who in set(Role.values) else 302
    for name in ("find", "disputes", "open"):
        for ask in (client.get, client.post):
            assert ask(reverse(f"citizen_desk:{name}")).status_code == refused
    for name in SCREENS:
        address = reverse(f"citizen_desk:{name}", args=[opening.pk])
        for ask in (client.get, client.post):
            assert ask(address).status_code == refused
    assert RecordView.objects.count() == 1


@pytest.mark.parametrize("role", [Role.HEAD, Role.ADMINISTRATOR])
def test_heads_and_administrators_enter(counter: Counter, role: Role) -> None:
    client = Client()
    client.force_login(make_member(AgencyFactory(title="Sở Khác"), role, "nguoi.so"))
    assert counter.open(IDENTITY, client).agency_name == "Sở Khác"


def card(number: str = IDENTITY, prefix: str = "verify") -> dict[str, str]:
    return {f"{prefix}-number": number, f"{prefix}-seen": "on"}


def test_an_identity_is_verified_at_the_counter(counter: Counter) -> None:
    User.objects.filter(pk=counter.citizen.pk).update(email_proven_at=timezone.now())
    opening = counter.open(IDENTITY)
    assert counter.send("verify", opening, **card()).status_code == 302
    person = Person.objects.get(user=counter.citizen)
    assert person.verified_how == VerifiedBy.OFFICER
    assert person.verified_by == counter.officer
    event = AccountEvent.objects.get(kind=EventKind.IDENTITY_VERIFIED)
    assert (event.user, event.actor) == (counter.citizen, counter.officer)
    assert IDENTITY not in str(event.details)
    assert Mail.objects.get().address == counter.citizen.email
    assert counter.send("verify", opening, **card()).status_code == 302
    page = counter.client.get(reverse("citizen_desk:record", args=[opening.pk]))
    assert "đã được xác minh rồi" in page.content.decode()
    assert AccountEvent.objects.filter(kind=EventKind.IDENTITY_VERIFIED).count() == 1


def test_the_number_on_the_card_must_be_the_one_of_the_account(counter: Counter) -> None:
    opening = counter.open(IDENTITY)
    answer = counter.send("verify", opening, **card("092190009999"))
    assert "số định danh khác" in answer.content.decode()
    assert counter.send("verify", opening, **{"verify-number": IDENTITY}).status_code == 200
    assert not Person.objects.exclude(verified_at=None).exists()


def test_a_number_is_verified_for_one_person(counter: Counter) -> None:
    twin = make_citizen("song.sinh", IDENTITY)
    Person.objects.filter(user=twin).update(verified_at=timezone.now())
    opening = counter.open("lucbinh90")
    answer = counter.send("verify", opening, **card())
    assert "đã được xác minh ở một hồ sơ khác" in answer.content.decode()
    assert Person.objects.get(user=counter.citizen).verified_at is None
    assert not AccountEvent.objects.exists()


def test_nobody_confirms_themself(counter: Counter) -> None:
    Person.objects.create(user=counter.officer, identity_number="092190005555")
    opening = counter.open("092190005555")
    answer = counter.send("verify", opening, **card("092190005555"))
    assert Person.objects.get(user=counter.officer).verified_at is None
    assert "Đây là hồ sơ của chính bạn" in answer.content.decode()


def test_an_account_is_activated_after_seeing_the_card(counter: Counter) -> None:
    User.objects.filter(pk=counter.citizen.pk).update(needs_activation=True)
    opening = counter.open(IDENTITY)
    assert counter.send("activate", opening, **card("092190009999", "activate")).status_code == 200
    assert User.objects.get(pk=counter.citizen.pk).needs_activation
    assert counter.send("activate", opening, **card(prefix="activate")).status_code == 302
    user = User.objects.get(pk=counter.citizen.pk)
    assert not user.needs_activation
    assert user.phone_proven_at is None
    assert user.email_proven_at is None
    event = AccountEvent.objects.get(kind=EventKind.ACTIVATED)
    assert event.actor == counter.officer
    assert not OneTimeCode.objects.filter(used_at=None).exists()
    assert counter.send("activate", opening, **card(prefix="activate")).status_code == 302
    assert AccountEvent.objects.filter(kind=EventKind.ACTIVATED).count() == 1


def test_a_tax_code_is_verified(counter: Counter) -> None:
    opening = counter.open(TAX_CODE)
    assert counter.send("activate", opening).status_code == 404
    wrong = counter.send("verify", opening, **card("0101234567"))
    assert wrong.status_code == 200
    assert counter.send("verify", opening, **card(TAX_CODE)).status_code == 302
    counter.firm.refresh_from_db()
    assert counter.firm.verified_by == counter.officer
    event = AccountEvent.objects.get(kind=EventKind.ENTERPRISE_VERIFIED)
    assert (event.user, event.actor) == (counter.owner, counter.officer)


def test_queries_do_not_grow(counter: Counter) -> None:
    opening = counter.open(TAX_CODE)

    def count(number: int) -> int:
        for place in range(number):
            user = make_citizen(f"nguoi{User.objects.count()}-{place}", IDENTITY)
            counter.firm.members.create(user=user, role="staff")
            counter.dispute(make_citizen(f"kien{User.objects.count()}-{place}"))
        with CaptureQueriesContext(connection) as found:
            counter.find(IDENTITY)
            counter.client.get(reverse("citizen_desk:record", args=[opening.pk]))
            counter.client.get(reverse("citizen_desk:disputes"))
        return len(found)

    count(1)
    assert count(1) == count(8)
