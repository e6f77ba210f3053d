"""Roles become Wagtail's rights: exactly, in both languages, any number of times."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    ModelLogEntry,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from catalogue.models import AgencyPage
from cms.core.ownership import own
from services.accounts import actions
from services.accounts.exceptions import AlreadyMemberError, NoSourcePageError, OwnRoleError
from services.accounts.models import AgencyAccess, AgencyGroup, AgencyMembership, User
from services.accounts.states import RIGHTS, Role
from tests.factories import AgencyFactory, Portal, ProcedureFactory, publish, translate
from tests.factories.members import make_member

pytestmark = pytest.mark.django_db
GRANTED = (
    Group, GroupPagePermission, GroupCollectionPermission, Collection, Workflow,
    GroupApprovalTask, WorkflowTask, WorkflowPage, AgencyGroup, AgencyAccess,
)  # fmt: skip


def snapshot() -> list[Any]:
    return [list(model._base_manager.order_by("pk").values_list()) for model in GRANTED]


@pytest.fixture
def agency(portal: Portal) -> AgencyPage:
    return AgencyFactory(title="Sở Minh hoạ")


@pytest.mark.parametrize("role", list(Role))
def test_role_grants_what_the_table_says(agency: AgencyPage, role: Role) -> None:
    page = ProcedureFactory(parent=agency)
    other = ProcedureFactory()
    user = User.objects.get(pk=make_member(agency, role).pk)
    rights = RIGHTS[role]
    mine, foreign = (item.permissions_for_user(user) for item in (page, other))
    assert mine.can_edit() is ("change" in rights.pages)
    assert mine.can_publish() is ("publish" in rights.pages)
    assert not foreign.can_edit()
    assert not foreign.can_publish()
    assert user.has_perm("wagtailadmin.access_admin")
    assert not user.is_superuser
    assert not user.is_staff
    assert user.has_perms(list(rights.portal))


def test_only_pages_of_the_subtree_are_own(agency: AgencyPage) -> None:
    unit = AgencyFactory(parent=agency, title="Phòng Minh hoạ")
    inside = ProcedureFactory(parent=unit)
    ProcedureFactory()
    user = make_member(agency, Role.EDITOR)
    assert set(own(user, Page).values_list("pk", flat=True)) == {agency.pk, unit.pk, inside.pk}


def test_the_translation_made_later_is_granted(agency: AgencyPage) -> None:
    user = make_member(agency, Role.HEAD)
    english = translate(agency, title="Department")
    page = translate(ProcedureFactory(parent=agency))
    fresh = User.objects.get(pk=user.pk)
    for item in (english, page):
        assert Page.objects.get(pk=item.pk).permissions_for_user(fresh).can_publish()
    assert WorkflowPage.objects.filter(page=english.pk).exists()


def test_syncing_again_changes_nothing(agency: AgencyPage) -> None:
    for role in set(Role) - {Role.TRANSLATOR}:
        make_member(agency, role)
    translate(agency)
    make_member(agency, Role.TRANSLATOR)
    before = snapshot()
    actions.sync_agency_access(agency)
    assert snapshot() == before


def test_syncing_repairs_what_was_changed_by_hand(agency: AgencyPage) -> None:
    user = make_member(agency, Role.EDITOR)
    before = snapshot()
    group = AgencyGroup.objects.get(agency=agency, role=Role.EDITOR).group
    group.page_permissions.all().delete()
    group.user_set.clear()
    stranger = User.objects.create_user("nguoi.la", "la@motcua.example", "x")
    stranger.groups.add(group)
    actions.sync_agency_access(agency)
    assert list(group.user_set.all()) == [user]
    assert [len(rows) for rows in snapshot()] == [len(rows) for rows in before]


def test_revoking_takes_every_right(agency: AgencyPage) -> None:
    user = make_member(agency, Role.HEAD)
    admin = User.objects.create_superuser("quan.tri", "qt@motcua.example", "x")
    membership = AgencyMembership.objects.get(user=user)
    actions.revoke_membership(membership=membership, actor=admin)
    fresh = User.objects.get(pk=user.pk)
    assert not fresh.has_perm("wagtailadmin.access_admin")
    assert not own(fresh, Page).exists()
    assert not WorkflowPage.objects.filter(page=agency.pk).exists()


def test_several_roles_add_up_and_end_apart(agency: AgencyPage) -> None:
    user = make_member(agency, Role.EDITOR)
    head = actions.grant_membership(user=user, agency=agency, role=Role.HEAD, actor=None)
    assert agency.permissions_for_user(User.objects.get(pk=user.pk)).can_publish()
    actions.revoke_membership(membership=head, actor=None)
    rest = agency.permissions_for_user(User.objects.get(pk=user.pk))
    assert rest.can_edit()
    assert not rest.can_publish()


def test_changes_are_logged_with_the_actor(agency: AgencyPage) -> None:
    admin = User.objects.create_superuser("quan.tri", "qt@motcua.example", "x")
    user = User.objects.create_user("nguyen.van.b", "b@motcua.example", "x")
    made = actions.grant_membership(user=user, agency=agency, role=Role.EDITOR, actor=admin)
    actions.change_role(membership=made, role=Role.REVIEWER, actor=admin)
    actions.revoke_membership(membership=AgencyMembership.objects.get(), actor=admin)
    entries = ModelLogEntry.objects.filter(content_type__model="agencymembership")
    assert [entry.action for entry in entries.order_by("pk")] == [
        "wagtail.create", "wagtail.edit", "wagtail.delete",
    ]  # fmt: skip
    assert {entry.user for entry in entries} == {admin}


def test_refusals_change_nothing(agency: AgencyPage) -> None:
    boss = make_member(agency, Role.ADMINISTRATOR)
    own_row = AgencyMembership.objects.get(user=boss)
    before = snapshot()
    with pytest.raises(AlreadyMemberError):
        actions.grant_membership(user=boss, agency=agency, role=Role.ADMINISTRATOR, actor=boss)
    with pytest.raises(OwnRoleError):
        actions.revoke_membership(membership=own_row, actor=boss)
    with pytest.raises(OwnRoleError):
        actions.change_role(membership=own_row, role=Role.HEAD, actor=boss)
    english = translate(agency)
    with pytest.raises(NoSourcePageError):
        actions.grant_membership(user=boss, agency=english, role=Role.HEAD, actor=boss)
    assert len(snapshot()[0]) == len(before[0])


def test_workflow_needs_somebody_who_approves(agency: AgencyPage) -> None:
    make_member(agency, Role.EDITOR)
    assert not WorkflowPage.objects.filter(page=agency.pk).exists()
    make_member(agency, Role.REVIEWER)
    assert agency.get_workflow() == AgencyAccess.objects.get(agency=agency).workflow


def test_a_workflow_chosen_by_hand_stays(agency: AgencyPage) -> None:
    chosen = Workflow.objects.create(name="Riêng")
    WorkflowPage.objects.create(page=agency, workflow=chosen)
    make_member(agency, Role.REVIEWER)
    assert agency.get_workflow() == chosen


def test_editor_submits_and_reviewer_publishes(agency: AgencyPage) -> None:
    editor, reviewer = make_member(agency, Role.EDITOR), make_member(agency, Role.REVIEWER)
    page = ProcedureFactory(parent=agency)
    page.official_name = "Tên đã sửa"
    page.save_revision(user=editor)
    state = page.get_workflow().start(page, editor)
    task = state.current_task_state.specific.task.specific
    assert task.user_can_access_editor(page, reviewer)
    assert not task.get_actions(page, editor)
    state.current_task_state.specific.approve(user=reviewer)
    page.refresh_from_db()
    assert page.official_name == "Tên đã sửa"


def test_groups_follow_the_name_of_the_agency(agency: AgencyPage) -> None:
    make_member(agency, Role.EDITOR)
    agency.title = "Sở Đổi tên"
    agency.save()
    publish(agency)
    assert AgencyGroup.objects.get().group.name == "Sở Đổi tên – biên tập viên"
    assert AgencyAccess.objects.get().collection.name == "Sở Đổi tên"


def test_two_agencies_of_one_long_name(portal: Portal) -> None:
    for number in (1, 2):
        make_member(AgencyFactory(title="Sở " + "rất dài " * 20, slug=f"dai-{number}"), Role.EDITOR)
    names = list(AgencyGroup.objects.values_list("group__name", flat=True))
    assert len(set(names)) == 2
    assert all(len(name) <= 150 for name in names)


def test_deleting_an_agency_takes_its_groups(agency: AgencyPage) -> None:
    user = make_member(agency, Role.HEAD)
    AgencyPage.objects.get(pk=agency.pk).delete()
    assert not Group.objects.filter(name__startswith="Sở Minh hoạ").exists()
    assert not User.objects.get(pk=user.pk).has_perm("wagtailadmin.access_admin")
