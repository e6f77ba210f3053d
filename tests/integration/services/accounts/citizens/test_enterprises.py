"""Enterprises: members, invitations, requests, acting for one; nobody sees another's."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.test import Client, RequestFactory
from django.utils import timezone

from services.accounts import actions
from services.accounts.exceptions import GoneError, LastOwnerError, WorksForItError
from services.accounts.models import (
    Enterprise,
    EnterpriseRequest,
    Invitation,
    Membership,
    User,
)
from services.accounts.selectors import ACTING_FOR, get_actor
from services.accounts.signals import invitation_made
from services.accounts.states import EnterpriseRole, RequestKind, RequestState
from services.notifications.models import Mail, Text

pytestmark = pytest.mark.django_db
HERE = "/trang-ca-nhan/doanh-nghiep/"
NO_ADDRESS = {"commune_id": None, "hamlet": "", "street": ""}
TAX_CODE = "0100233488"


def person(username: str, **given: Any) -> User:
    now = timezone.now()
    return User.objects.create(
        username=username,
        full_name=f"Nguyễn Văn {username.title()}",
        email=f"{username}@motcua.example",
        email_verified=True,
        email_proven_at=now,
        **given,
    )


def browser(user: User | None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


@pytest.fixture
def owner() -> User:
    return person("chu")


@pytest.fixture
def firm(owner: User) -> Enterprise:
    made = actions.add_enterprise(
        user=owner, tax_code=TAX_CODE, name="Công ty TNHH Minh hoạ", address=NO_ADDRESS
    )
    assert isinstance(made, Enterprise)
    return made


@pytest.fixture
def staff(firm: Enterprise) -> User:
    user = person("nhanvien")
    Membership.objects.create(enterprise=firm, user=user, role=EnterpriseRole.STAFF)
    return user


class Links:
    def __init__(self) -> None:
        self.tokens: list[str] = []

    def keep(self, token: str, **kwargs: Any) -> None:
        self.tokens.append(token)


@pytest.fixture
def links() -> Any:
    kept = Links()
    invitation_made.connect(kept.keep)
    yield kept
    invitation_made.disconnect(kept.keep)


def test_an_enterprise_is_added_and_shown(owner: User) -> None:
    client = browser(owner)
    form = {"tax_code": "0100233488", "name": "Công ty TNHH Minh hoạ"}
    answer = client.post(f"{HERE}them/", form)
    firm = Enterprise.objects.get()
    assert answer["Location"] == f"{HERE}{firm.pk}/"
    assert "Công ty TNHH Minh hoạ" in client.get(HERE).content.decode()
    again = client.post(f"{HERE}them/", form)
    assert set(again.context["form"].errors) == {"tax_code"}
    assert Enterprise.objects.count() == 1


@pytest.mark.parametrize("code", ["", "0100233480", "x" * 10_000, "🙂", "\x00"])
def test_bad_tax_codes_are_told(owner: User, code: str) -> None:
    answer = browser(owner).post(f"{HERE}them/", {"tax_code": code, "name": "Công ty A"})
    assert set(answer.context["form"].errors) == {"tax_code"}


def test_a_known_tax_code_leads_to_a_choice(firm: Enterprise) -> None:
    client = browser(person("khac"))
    answer = client.post(f"{HERE}them/", {"tax_code": TAX_CODE, "name": "Tên tôi gõ"})
    asked = EnterpriseRequest.objects.get()
    assert answer["Location"] == f"{HERE}yeu-cau/{asked.pk}/"
    page = client.get(answer["Location"]).content.decode()
    assert "Công ty TNHH Minh hoạ" in page
    assert "Nguyễn Văn Chu" not in page  # who acts for it is not told
    assert answer["Location"] in client.get("/trang-ca-nhan/").content.decode()
    client.post(answer["Location"], {"kind": "join"})
    assert answer["Location"] in client.get("/trang-ca-nhan/").content.decode()
    asked.refresh_from_db()
    assert (asked.kind, asked.state) == (RequestKind.JOIN, RequestState.OPEN)
    assert Mail.objects.get().address == "chu@motcua.example"


def test_a_dispute_needs_an_explanation(firm: Enterprise) -> None:
    user = person("khac")
    asked = actions.add_enterprise(user=user, tax_code=TAX_CODE, name="", address=NO_ADDRESS)
    client = browser(user)
    refused = client.post(f"{HERE}yeu-cau/{asked.pk}/", {"kind": "dispute"})
    assert set(refused.context["form"].errors) == {"text"}
    client.post(f"{HERE}yeu-cau/{asked.pk}/", {"kind": "dispute", "text": "Tôi là giám đốc."})
    asked.refresh_from_db()
    assert asked.state == RequestState.OPEN
    actions.settle_dispute(
        request=asked, actor=person("canbo"), is_accepted=True, answer="", now=timezone.now()
    )
    members = {(m.user.username, m.role) for m in firm.members.select_related("user")}
    assert members == {("khac", EnterpriseRole.OWNER)}


def test_an_owner_decides_who_joins(firm: Enterprise, owner: User) -> None:
    user = person("khac")
    asked = actions.add_enterprise(user=user, tax_code=TAX_CODE, name="", address=NO_ADDRESS)
    assert isinstance(asked, EnterpriseRequest)
    actions.send_request(request=asked, kind=RequestKind.JOIN, text="")
    client = browser(owner)
    assert "Nguyễn Văn Khac" in client.get(f"{HERE}{firm.pk}/").content.decode()
    for _click in range(2):
        client.post(f"{HERE}{firm.pk}/yeu-cau/{asked.pk}/", {"accept": "1"})
    assert Membership.objects.get(user=user).role == EnterpriseRole.STAFF
    assert Mail.objects.filter(address="khac@motcua.example").count() == 1


def test_a_request_is_taken_back(firm: Enterprise) -> None:
    user = person("khac")
    asked = actions.add_enterprise(user=user, tax_code=TAX_CODE, name="", address=NO_ADDRESS)
    browser(user).post(f"{HERE}yeu-cau/{asked.pk}/", {"withdraw": "1"})
    asked.refresh_from_db()
    assert asked.state == RequestState.WITHDRAWN
    with pytest.raises(GoneError):
        actions.withdraw_request(request=asked, now=timezone.now())


def test_an_invitation_is_accepted_once(firm: Enterprise, owner: User, links: Links) -> None:
    browser(owner).post(f"{HERE}{firm.pk}/moi/", {"address": "Moi@motcua.example", "role": "staff"})
    (token,) = links.tokens
    assert token not in str(Invitation.objects.values())
    guest = person("moi")
    client = browser(guest)
    assert "Nguyễn Văn Chu" in client.get(f"/loi-moi/{token}/").content.decode()
    answer = client.post(f"/loi-moi/{token}/", {"accept": "1"})
    assert answer["Location"] == f"{HERE}{firm.pk}/"
    assert Membership.objects.get(user=guest).role == EnterpriseRole.STAFF
    late = browser(person("khac"))
    late.post(f"/loi-moi/{token}/", {"accept": "1"})
    assert not Membership.objects.filter(user__username="khac").exists()


def test_whoever_has_no_account_comes_back_to_the_invitation(
    firm: Enterprise, owner: User, links: Links
) -> None:
    actions.invite_member(
        enterprise=firm,
        actor=owner,
        address="+84901234567",
        role=EnterpriseRole.STAFF,
        now=timezone.now(),
    )
    assert Text.objects.get().phone == "+84901234567"
    path = f"/loi-moi/{links.tokens[0]}/"
    assert browser(None).get(path)["Location"] == f"/tai-khoan/dang-nhap/?next={path}"


def test_old_and_taken_back_invitations_count_no_more(
    firm: Enterprise, owner: User, links: Links
) -> None:
    now = timezone.now()
    for days in (8, 0, 0):
        actions.invite_member(
            enterprise=firm,
            actor=owner,
            address=f"a{days}@motcua.example",
            role=EnterpriseRole.STAFF,
            now=now - timedelta(days=days),
        )
    old, replaced, current = links.tokens
    newest = Invitation.objects.order_by("pk").last()
    browser(owner).post(f"{HERE}{firm.pk}/loi-moi/{newest.pk}/")
    client = browser(person("moi"))
    for token in (old, replaced, current, "khong-co"):
        assert "đã kết thúc" in client.get(f"/loi-moi/{token}/").content.decode()
        client.post(f"/loi-moi/{token}/", {"accept": "1"})
    assert Membership.objects.count() == 1


def test_the_last_owner_stays(firm: Enterprise, owner: User, staff: User) -> None:
    mine = Membership.objects.get(user=owner)
    for role in (None, EnterpriseRole.STAFF):
        with pytest.raises(LastOwnerError):
            actions.change_member(member=mine, role=role, actor=owner, now=timezone.now())
    page = browser(owner).post(f"{HERE}{firm.pk}/roi/", follow=True).content.decode()
    assert "chủ duy nhất" in page
    other = Membership.objects.get(user=staff)
    browser(owner).post(f"{HERE}{firm.pk}/thanh-vien/{other.pk}/", {"role": "owner"})
    browser(owner).post(f"{HERE}{firm.pk}/roi/")
    assert [member.user for member in firm.members.all()] == [staff]


def test_acting_for_an_enterprise_is_seen_and_ends_with_membership(
    firm: Enterprise, staff: User
) -> None:
    client = browser(staff)
    client.post("/trang-ca-nhan/thay-mat/", {"enterprise": str(firm.pk)})
    assert "thay mặt Công ty TNHH Minh hoạ" in client.get("/").content.decode()
    request = RequestFactory().get("/")
    request.user, request.session = staff, client.session
    assert get_actor(request).enterprise == firm
    Membership.objects.filter(user=staff).delete()
    assert "thay mặt" not in client.get("/").content.decode()
    client.post("/trang-ca-nhan/thay-mat/")
    assert ACTING_FOR not in client.session


def test_who_acts_for_themself_costs_no_query(
    staff: User, django_assert_num_queries: Callable[[int], Any]
) -> None:
    request = RequestFactory().get("/")
    request.user, request.session = staff, {}
    with django_assert_num_queries(0):
        assert get_actor(request).enterprise is None


OWNERS_ONLY = ["moi/", "thanh-vien/{member}/", "loi-moi/{invitation}/", "yeu-cau/{asked}/"]


def private_addresses(firm: Enterprise, owner: User) -> list[str]:
    invitation = actions.invite_member(
        enterprise=firm,
        actor=owner,
        address="moi@motcua.example",
        role=EnterpriseRole.STAFF,
        now=timezone.now(),
    )
    asked = EnterpriseRequest.objects.create(
        enterprise=firm, user=person("xin"), kind=RequestKind.JOIN
    )
    keys = {
        "member": Membership.objects.get(user=owner).pk,
        "invitation": invitation.pk,
        "asked": asked.pk,
    }
    return ["", "roi/", *[path.format(**keys) for path in OWNERS_ONLY]]


@pytest.mark.parametrize("who", ["stranger", "staff", "other", "officer"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_sees_another_enterprise(
    firm: Enterprise, owner: User, staff: User, who: str, method: str
) -> None:
    paths = private_addresses(firm, owner)
    other = person("nguoikhac")
    actions.add_enterprise(user=other, tax_code="1800543215", name="Khác", address=NO_ADDRESS)
    officer = person("canbo", is_staff=True, is_superuser=True)
    client = browser({"stranger": None, "staff": staff, "other": other, "officer": officer}[who])
    for path in paths:
        answer = getattr(client, method)(f"{HERE}{firm.pk}/{path}", {"role": "staff"})
        if who == "stranger":
            assert answer.status_code == 302
            assert answer["Location"].startswith("/tai-khoan/dang-nhap/")
        elif who != "staff" or path not in ("", "roi/"):
            assert answer.status_code in {404, 405}, path
    assert {m.user for m in firm.members.all()} >= {owner}
    assert Membership.objects.get(user=owner).role == EnterpriseRole.OWNER
    assert Invitation.objects.get().state == RequestState.OPEN


def test_requests_and_acting_are_ones_own(firm: Enterprise) -> None:
    asked = actions.add_enterprise(
        user=person("xin"), tax_code=TAX_CODE, name="", address=NO_ADDRESS
    )
    client = browser(person("nguoikhac"))
    assert client.get(f"{HERE}yeu-cau/{asked.pk}/").status_code == 404
    assert client.post(f"{HERE}yeu-cau/{asked.pk}/", {"withdraw": "1"}).status_code == 404
    assert client.get(f"{HERE}{'9' * 30}/").status_code == 404
    for chosen in (str(firm.pk), "9" * 30, "9" * 19, "²", "x"):
        answer = client.post("/trang-ca-nhan/thay-mat/", {"enterprise": chosen})
        assert answer.status_code == 404, chosen


def test_queries_do_not_grow_with_members(
    firm: Enterprise, owner: User, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    client = browser(owner)
    counts = []
    for number in (1, 20):
        while firm.members.count() < number:
            user = person(f"nguoi{firm.members.count()}")
            Membership.objects.create(enterprise=firm, user=user, role=EnterpriseRole.STAFF)
        with django_assert_max_num_queries(60) as captured:
            client.get(f"{HERE}{firm.pk}/")
        counts.append(len(captured))
    assert counts[0] == counts[1]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_one_invitation_lets_one_in(firm: Enterprise, owner: User) -> None:
    invitation = actions.invite_member(
        enterprise=firm,
        actor=owner,
        address="moi@motcua.example",
        role=EnterpriseRole.STAFF,
        now=timezone.now(),
    )
    people = [person(f"khach{number}") for number in range(8)]
    barrier = threading.Barrier(len(people))
    refused: list[Any] = []

    def accept(user: User) -> None:
        try:
            barrier.wait(30)
            actions.answer_invitation(
                invitation=invitation, user=user, is_accepted=True, now=timezone.now()
            )
        except GoneError:
            refused.append(user)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=accept, args=[user]) for user in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(refused) == 7
    assert firm.members.count() == 2


def test_a_person_adds_an_enterprise_once(firm: Enterprise, owner: User) -> None:
    with pytest.raises(WorksForItError):
        actions.add_enterprise(user=owner, tax_code=TAX_CODE, name="", address=NO_ADDRESS)


@pytest.mark.parametrize(("by_email", "mails", "texts"), [(True, 1, 0), (False, 0, 1)])
def test_news_come_where_they_are_wanted(
    firm: Enterprise, owner: User, by_email: bool, mails: int, texts: int
) -> None:
    owner.phone, owner.phone_proven_at = "+84901234567", timezone.now()
    owner.notify_by_email = by_email
    owner.save()
    asked = EnterpriseRequest.objects.create(
        enterprise=firm, user=person("xin"), kind=RequestKind.JOIN, state=RequestState.DRAFT
    )
    actions.send_request(request=asked, kind=RequestKind.JOIN, text="")
    assert (Mail.objects.count(), Text.objects.count()) == (mails, texts)
