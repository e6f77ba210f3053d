"""The members' screen: an administrator manages their agency's people and nobody else's."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import reverse

from catalogue.models import AgencyPage
from services.accounts.models import AgencyMembership, User
from services.accounts.states import Role
from tests.factories import AgencyFactory, Portal
from tests.factories.members import make_member

pytestmark = pytest.mark.django_db
ADD = "agency_members:add"


@dataclass
class Screen:
    client: Client
    agency: AgencyPage
    foreign: AgencyPage
    boss: User

    def add(self, **data: object) -> object:
        values = {"agency": self.agency.pk, "role": "editor", **data}
        return self.client.post(reverse(ADD), values)


@pytest.fixture
def screen(portal: Portal) -> Screen:
    agency, foreign = AgencyFactory(title="Sở An"), AgencyFactory(title="Sở Bình")
    boss = make_member(agency, Role.ADMINISTRATOR)
    make_member(foreign, Role.EDITOR, "nguoi.so.binh")
    client = Client()
    client.force_login(boss)
    return Screen(client, agency, foreign, boss)


def test_list_shows_own_members_alone(screen: Screen) -> None:
    make_member(screen.agency, Role.EDITOR, "nguoi.so.an")
    page = screen.client.get(reverse("agency_members:index")).content.decode()
    assert "nguoi.so.an" in page
    assert "nguoi.so.binh" not in page


def test_existing_account_is_added_by_its_exact_name(screen: Screen) -> None:
    person = User.objects.create_user(
        "tran.thi.b", "tran.b@motcua.example", "x", email_verified=True
    )
    assert screen.add(account="tran.b@motcua.example").status_code == 302
    assert AgencyMembership.objects.get(user=person).created_by == screen.boss
    assert screen.add(account="tran.thi").status_code == 200  # part of a name finds nobody


def test_an_address_that_nobody_proved_finds_nobody(screen: Screen) -> None:
    """Anybody may register with an official's address and activate by a phone of their own."""
    stranger = User.objects.create_user("nguoi.la", "tran.b@motcua.example", "x")
    assert screen.add(account="tran.b@motcua.example").status_code == 200
    real = User.objects.create_user("tran.b", "Tran.B@motcua.example", "x", email_verified=True)
    assert screen.add(account="tran.b@motcua.example").status_code == 302
    assert [
        member.user for member in AgencyMembership.objects.filter(user__in=[stranger, real])
    ] == [real]
    User.objects.create_user("chua.kich.hoat", password="x", needs_activation=True)
    assert screen.add(account="chua.kich.hoat").status_code == 200


def test_the_admin_changes_no_address_without_a_proof(screen: Screen) -> None:
    before = screen.boss.email
    page = screen.client.get(reverse("wagtailadmin_account")).content.decode()
    assert 'name="name_email-email"' not in page
    data = {
        "name_email-last_name": "Lê",
        "name_email-first_name": "C",
        "name_email-email": "a@b.vn",
    }
    screen.client.post(reverse("wagtailadmin_account"), data)
    screen.boss.refresh_from_db()
    assert screen.boss.email == before


def test_new_account_has_a_temporary_password(screen: Screen) -> None:
    answer = screen.add(username="le.van.c", last_name="Lê Văn", first_name="C", email="")
    assert answer.status_code == 302
    page = screen.client.get(answer["Location"]).content.decode()
    password = re.search(r"(\w{4}-\w{4}-\w{4}-\w{4})", page)[1]
    person = User.objects.get(username="le.van.c")
    assert person.check_password(password)
    assert not person.is_superuser
    assert password not in screen.client.get(reverse("agency_members:index")).content.decode()
    newcomer = Client()
    assert newcomer.login(username="le.van.c", password=password)
    answer = newcomer.get("/admin/pages/")
    assert answer["Location"] == reverse("wagtailadmin_account")
    assert newcomer.get(reverse("wagtailadmin_account")).status_code == 200
    person.set_password("mat-khau-moi-9")
    person.save()
    newcomer.force_login(person)
    assert newcomer.get("/admin/").status_code == 200


@pytest.mark.parametrize("field", ["is_superuser", "is_staff", "groups", "user_permissions"])
def test_nobody_is_made_a_superuser(screen: Screen, field: str) -> None:
    screen.add(username="le.van.d", last_name="Lê", first_name="D", email="", **{field: "1"})
    person = User.objects.get(username="le.van.d")
    assert (person.is_superuser, person.is_staff) == (False, False)
    assert [g.agency_role.agency_id for g in person.groups.all()] == [screen.agency.pk]
    assert not person.user_permissions.exists()


def test_foreign_agency_is_no_choice(screen: Screen) -> None:
    User.objects.create_user("tran.thi.b", "b@motcua.example", "x")
    before = AgencyMembership.objects.count()
    answer = screen.add(account="tran.thi.b", agency=screen.foreign.pk)
    assert answer.status_code == 200
    assert "Sở Bình" not in answer.content.decode()
    assert AgencyMembership.objects.count() == before


@pytest.mark.parametrize("view", ["edit", "delete", "history", "history_results", "usage"])
def test_foreign_member_is_not_there(screen: Screen, view: str) -> None:
    row = AgencyMembership.objects.get(agency=screen.foreign)
    address = reverse(f"agency_members:{view}", args=[row.pk])
    assert screen.client.get(address).status_code == 404
    assert screen.client.post(address, {"role": "head"}).status_code == 404
    row.refresh_from_db()
    assert row.role == Role.EDITOR


def test_role_is_changed_and_removed(screen: Screen) -> None:
    person = make_member(screen.agency, Role.EDITOR, "nguoi.so.an")
    row = AgencyMembership.objects.get(user=person)
    edit = reverse("agency_members:edit", args=[row.pk])
    assert screen.client.get(edit).status_code == 200
    assert screen.client.post(edit, {"role": "head"}).status_code == 302
    assert [g.agency_role.role for g in person.groups.all()] == ["head"]
    assert screen.client.post(reverse("agency_members:delete", args=[row.pk])).status_code == 302
    assert not person.groups.exists()


def test_nobody_takes_their_own_role_away(screen: Screen) -> None:
    row = AgencyMembership.objects.get(user=screen.boss)
    screen.client.post(reverse("agency_members:delete", args=[row.pk]))
    edit = screen.client.post(reverse("agency_members:edit", args=[row.pk]), {"role": "editor"})
    assert edit.status_code == 200
    row.refresh_from_db()
    assert row.role == Role.ADMINISTRATOR


def test_administrator_manages_units_below(screen: Screen) -> None:
    unit = AgencyFactory(parent=screen.agency, title="Phòng An")
    User.objects.create_user("tran.thi.b", "b@motcua.example", "x")
    assert screen.add(account="tran.thi.b", agency=unit.pk).status_code == 302
    assert AgencyMembership.objects.filter(agency=unit).exists()


@pytest.mark.parametrize("role", [Role.EDITOR, Role.REVIEWER, Role.OFFICER, Role.HEAD])
def test_other_roles_have_no_members_screen(screen: Screen, role: Role) -> None:
    client = Client()
    client.force_login(make_member(screen.agency, role))
    for name in ("agency_members:index", ADD):
        answer = client.get(reverse(name))
        assert answer.status_code == 302
        assert answer["Location"] == reverse("wagtailadmin_home")
    before = AgencyMembership.objects.count()
    client.post(reverse(ADD), {"agency": screen.agency.pk, "role": "head", "account": "x"})
    assert AgencyMembership.objects.count() == before
