"""Turn an agency's memberships into groups, permissions, a collection and a workflow of Wagtail.

Everything is compared with what stands and only differences are written, so that the action may
run at any time and any number of times. What a portal administrator adds to these groups by hand
on *other* pages or collections is left alone.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from catalogue.models import AgencyPage
from services.accounts.models import AgencyAccess, AgencyGroup, AgencyMembership
from services.accounts.states import RIGHTS, Role

GROUP_NAME_LENGTH = 150
SOURCE_LANGUAGE = "vi"  # names of groups are data: they do not change with the reader


@transaction.atomic
def sync_agency_access(agency: AgencyPage) -> None:
    """Make Wagtail grant exactly what the memberships of `agency` say, in every language."""
    agency = AgencyPage.objects.select_for_update(of=("self",), no_key=True).get(pk=agency.pk)
    people: dict[str, set[int]] = defaultdict(set)
    for role, user in AgencyMembership.objects.filter(agency=agency).values_list("role", "user_id"):
        people[role].add(user)
    if people.get(Role.TRANSLATOR.value):
        _ensure_translations(agency)
    groups = {row.role: row.group for row in _group_rows(agency)}
    if not people and not groups:
        return
    pages = list(AgencyPage.objects.filter(translation_key=agency.translation_key))
    access = _ensure_access(agency)
    with translation.override(SOURCE_LANGUAGE):
        for role in Role:
            if role.value in people or role.value in groups:
                group = groups.get(role.value) or _make_group(agency, role)
                groups[role.value] = group
                _name_group(group, agency, role)
                _sync_people(group, people[role.value])
                _sync_portal(group, role)
                _sync_pages(group, role, pages)
                _sync_media(group, role, access.collection)
        _sync_workflow(access, agency, pages, people, groups)


def sync_all_access() -> None:
    """Name and grant anew everything that stands, after an update of the portal or its words."""
    for agency in AgencyPage.objects.filter(pk__in=AgencyAccess.objects.values("agency")):
        sync_agency_access(agency)


def sync_translation(page: AgencyPage) -> None:
    """Grant on a translated agency page what is granted on its source."""
    source = AgencyPage.objects.filter(
        translation_key=page.translation_key, locale=Locale.get_default()
    ).first()
    if source is not None:
        sync_agency_access(source)


@transaction.atomic
def forget_agency(agency: AgencyPage) -> None:
    """Delete the groups and end the workflow of an agency that is being deleted.

    Its collection stays: pictures and files in it may stand on other pages.
    """
    Group.objects.filter(agency_role__agency=agency).delete()
    access = AgencyAccess.objects.filter(agency=agency).first()
    if access is not None and access.workflow is not None:
        access.workflow.deactivate()


def _ensure_translations(agency: AgencyPage) -> None:
    """Give translators a page to stand on: a mirror of the source, until it is translated."""
    for locale in Locale.objects.exclude(pk=agency.locale_id):
        if agency.live and not agency.has_translation(locale):
            agency.copy_for_translation(locale, copy_parents=True, alias=True)


def _group_rows(agency: AgencyPage) -> Any:
    return AgencyGroup.objects.filter(agency=agency).select_related("group")


def _ensure_access(agency: AgencyPage) -> AgencyAccess:
    access, _created = AgencyAccess.objects.get_or_create(agency=agency)
    if access.collection is None:
        root = Collection.get_first_root_node()
        access.collection = root.add_child(instance=Collection(name=agency.title))
        access.save(update_fields=["collection"])
    elif access.collection.name != agency.title:
        access.collection.name = agency.title
        access.collection.save(update_fields=["name"])
    return access


def _make_group(agency: AgencyPage, role: Role) -> Group:
    group = Group.objects.create(name=f"accounts-{agency.pk}-{role.value}")
    AgencyGroup.objects.create(agency=agency, role=role, group=group)
    return group


def _name_group(group: Group, agency: AgencyPage, role: Role) -> None:
    """Name a group after its agency; two agencies of one name are told apart by their key."""
    end = f" – {role.label}"
    name = agency.title[: GROUP_NAME_LENGTH - len(end)] + end
    if Group.objects.filter(name=name).exclude(pk=group.pk).exists():
        end = f" – {role.label} ({agency.pk})"
        name = agency.title[: GROUP_NAME_LENGTH - len(end)] + end
    if group.name != name:
        group.name = name
        group.save(update_fields=["name"])


def _sync_people(group: Group, wanted: set[int]) -> None:
    group.user_set.set(wanted)


def _sync_portal(group: Group, role: Role) -> None:
    wanted = []
    for name in RIGHTS[role].portal:
        app, codename = name.split(".")
        wanted.append(Permission.objects.get(content_type__app_label=app, codename=codename))
    group.permissions.set(wanted)


def _sync_pages(group: Group, role: Role, pages: list[AgencyPage]) -> None:
    kind = ContentType.objects.get_for_model(Page)
    held = dict(Permission.objects.filter(content_type=kind).values_list("codename", "pk"))
    wanted = {
        (page.pk, held[f"{action}_page"]) for page in pages for action in _page_actions(role, page)
    }
    rows = GroupPagePermission.objects.filter(group=group, page__in=pages)
    found = {(row.page_id, row.permission_id): row.pk for row in rows}
    surplus = [key for pair, key in found.items() if pair not in wanted]
    GroupPagePermission.objects.filter(pk__in=surplus).delete()
    GroupPagePermission.objects.bulk_create(
        GroupPagePermission(group=group, page_id=page, permission_id=right)
        for page, right in sorted(wanted - set(found))
    )


def _page_actions(role: Role, page: AgencyPage) -> frozenset[str]:
    rights = RIGHTS[role]
    is_source = page.locale_id == Locale.get_default().pk
    return rights.pages if is_source else rights.pages | rights.translations


def _sync_media(group: Group, role: Role, collection: Collection) -> None:
    rights = set()
    for model in (Image, Document):
        kind = ContentType.objects.get_for_model(model)
        codenames = [f"{action}_{model._meta.model_name}" for action in RIGHTS[role].media]
        found = Permission.objects.filter(content_type=kind, codename__in=codenames)
        rights |= set(found.values_list("pk", flat=True))
    rows = GroupCollectionPermission.objects.filter(group=group, collection=collection)
    held = set(rows.values_list("permission_id", flat=True))
    rows.exclude(permission_id__in=rights).delete()
    GroupCollectionPermission.objects.bulk_create(
        GroupCollectionPermission(group=group, collection=collection, permission_id=right)
        for right in sorted(rights - held)
    )


def _sync_workflow(
    access: AgencyAccess,
    agency: AgencyPage,
    pages: list[AgencyPage],
    people: dict[str, set[int]],
    groups: dict[str, Group],
) -> None:
    """Let reviewers and heads approve. Without any, what is above the agency decides."""
    roles = [role for role in Role if RIGHTS[role].approves]
    if not any(people.get(role.value) for role in roles):
        if access.workflow is not None:
            WorkflowPage.objects.filter(workflow=access.workflow, page__in=pages).delete()
        return
    workflow, task = _ensure_workflow(access, agency)
    task.groups.set([groups[role.value] for role in roles if role.value in groups])
    placed = dict(WorkflowPage.objects.filter(page__in=pages).values_list("page_id", "workflow_id"))
    for page in pages:
        if page.pk not in placed:  # another workflow there is a portal administrator's choice
            WorkflowPage.objects.create(page=page, workflow=workflow)


def _ensure_workflow(
    access: AgencyAccess, agency: AgencyPage
) -> tuple[Workflow, GroupApprovalTask]:
    name = _("%(agency)s – approval") % {"agency": agency.title}
    task, workflow = access.task, access.workflow
    if task is None:
        task = GroupApprovalTask.objects.create(name=name, active=True)
    if workflow is None:
        workflow = Workflow.objects.create(name=name, active=True)
    for item in (task, workflow):
        if item.name != name or not item.active:
            item.name, item.active = name, True
            item.save()
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    if access.task_id != task.pk or access.workflow_id != workflow.pk:
        access.task, access.workflow = task, workflow
        access.save(update_fields=["task", "workflow"])
    return workflow, task
