"""Two agencies with everything that an agency can have, the second's full of planted words.

Every word of `TOKEN` stands in something that only the second agency may see. Names of its live
pages do not hold it: those are public.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import connection
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Comment, Page, Workflow
from wagtail.models.media import UploadedFile
from wagtail_localize.models import StringSegment, Translation, TranslationSource

from catalogue.models import (
    AgencyPage,
    BulkChange,
    ChangeKind,
    ChangeState,
    ImportRun,
    ImportState,
    ProcedurePage,
    RowState,
)
from cms.core.models import PortalDocument, PortalImage
from services.accounts import actions
from services.accounts.models import (
    AgencyAccess,
    AgencyGroup,
    AgencyMembership,
    Person,
    User,
)
from services.accounts.states import Role
from tests.factories import (
    AgencyFactory,
    LegalDocumentFactory,
    LifeEventFactory,
    OutageFactory,
    ProcedureFactory,
    SectorFactory,
)
from tests.factories.members import make_member
from tests.factories.trees import locale

TOKEN = "zqx7bimat"
SEARCHED = "matkhoa"  # stands beside the token, so that a search echoes another word


@dataclass
class Side:
    """An agency and what belongs to it."""

    agency: AgencyPage
    people: dict[Role, User] = field(default_factory=dict)
    live: ProcedurePage | None = None
    draft: ProcedurePage | None = None
    submitted: ProcedurePage | None = None
    english: list[Page] = field(default_factory=list)
    image: PortalImage | None = None
    document: PortalDocument | None = None
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def pages(self) -> list[Page]:
        return [self.draft, self.live, self.submitted, self.agency, *self.english]


def make_side(name: str, secret: str) -> Side:
    """This function will make an agency; `secret` is in all that is not public of it."""
    side = Side(AgencyFactory(title=f"Sở {name}", slug=f"so-{name.lower()}"))
    for role in Role:
        username = f"{secret}-{role.value}" if secret else f"{role.value}.{name.lower()}"
        side.people[role] = make_member(side.agency, role, username, last_name=secret or "Trần")
    make_pages(side, name, secret)
    make_media(side, secret)
    make_translations(side, secret)
    make_rest(side, secret)
    return side


def make_pages(side: Side, name: str, secret: str) -> None:
    editor = side.people[Role.EDITOR]
    side.live = ProcedureFactory(
        parent=side.agency, official_name=f"Cấp giấy phép {name}", owner=editor
    )
    side.live.official_name = f"Cấp giấy phép {name} {secret} {SEARCHED} đổi"
    side.live.title = f"Cấp phép {secret} {SEARCHED}"
    side.live.save_revision(user=editor, log_action=True)
    side.draft = ProcedureFactory(
        parent=side.agency, official_name=f"Nháp {secret} {SEARCHED} {name}", quiet=True
    )
    side.submitted = ProcedureFactory(
        parent=side.agency, official_name=f"Trình {secret} {SEARCHED} {name}", quiet=True
    )
    for page in (side.draft, side.submitted):
        Page.objects.filter(pk=page.pk).update(live=False, owner=editor)
        page.refresh_from_db()
        page.save_revision(user=editor, log_action=True)
    workflow = AgencyAccess.objects.get(agency=side.agency).workflow
    Workflow.objects.filter(pk=workflow.pk).update(name=f"Quy trình {secret} {name}")
    side.extra["workflow_state"] = workflow.start(side.submitted, editor)
    side.extra["task_state"] = side.submitted.current_workflow_task_state
    Comment.objects.create(
        page=side.draft, user=editor, text=f"Góp ý {secret}", contentpath="official_name"
    )
    Page.objects.filter(pk=side.draft.pk).update(locked=True, locked_by=editor)


def make_media(side: Side, secret: str) -> None:
    collection = AgencyAccess.objects.get(agency=side.agency).collection
    title = f"Tệp {secret} {SEARCHED} {side.agency.pk}"
    own = {"title": title, "collection": collection}
    own["uploaded_by_user"] = side.people[Role.EDITOR]
    file = get_test_image_file(filename=f"anh-{secret}-{side.agency.pk}.png")
    side.image = PortalImage.objects.create(file=file, **own)
    side.document = PortalDocument.objects.create(
        file=ContentFile(b"%PDF-1.4 " + secret.encode(), f"don-{secret}-{side.agency.pk}.pdf"),
        **own,
    )
    for item in (side.image, side.document):
        item.tags.add(f"nhan-{secret}-{SEARCHED}")
    side.extra["collection"] = collection
    side.extra["uploaded"] = UploadedFile.objects.create(
        uploaded_by_user=side.people[Role.EDITOR],
        file=ContentFile(b"x", f"cho-{secret}.png"),
        for_content_type=ContentType.objects.get_for_model(PortalImage),
    )


def make_translations(side: Side, secret: str) -> None:
    for page in (side.agency, side.live, side.draft):
        stored = Page.objects.get(pk=page.pk).specific
        source, _made = TranslationSource.update_or_create_from_instance(stored)
        found = Translation.objects.create(source=source, target_locale=locale("en"))
        found.save_target(publish=False)
        target = found.get_target_instance()
        if page != side.draft:
            target.get_latest_revision().publish()
        side.english.append(Page.objects.get(pk=target.pk))
        side.extra["translation"], side.extra["source"] = found, source
        side.extra.setdefault("translations", []).append(found)
    sources = [found.source for found in side.extra["translations"]]
    segments = [StringSegment.objects.filter(source=source).first() for source in sources]
    side.extra["segments"], side.extra["segment"] = segments, segments[-1]


def make_rest(side: Side, secret: str) -> None:
    side.extra["outage"] = OutageFactory(
        headline=f"Gián đoạn {secret} {SEARCHED}", procedures=[side.live]
    )
    side.extra["membership"] = AgencyMembership.objects.get(agency=side.agency, role=Role.OFFICER)
    side.extra["group"] = AgencyGroup.objects.get(agency=side.agency, role=Role.EDITOR).group
    subject = User.objects.create_user(f"dan-{side.agency.pk}", full_name=f"Trần {secret} Bình")
    Person.objects.create(user=subject, identity_number=f"0921900{side.agency.pk:05d}")
    side.extra["opening"] = actions.open_person(
        viewer=side.people[Role.OFFICER], user=subject, reason=f"Vì {secret}"
    )
    side.extra["access"] = AgencyAccess.objects.get(agency=side.agency)
    side.extra["changes"] = [make_change(side, secret, *row) for row in CHANGES]
    side.extra["imports"] = [make_import(side, secret, state) for state in IMPORTS]


# How far the changes have come: one may be described, one carried out, one begun anew.
CHANGES = (
    (ChangeState.CHOSEN, RowState.WAITING),
    (ChangeState.PREVIEWED, RowState.PENDING),
    (ChangeState.DONE, RowState.CONFLICT),
)


def make_change(side: Side, secret: str, state: ChangeState, row: RowState) -> BulkChange:
    """This function will make a bulk change of the editor's, which waits for a decision."""
    kind = "" if state == ChangeState.CHOSEN else ChangeKind.SECTOR_ADD
    change = BulkChange.objects.create(user=side.people[Role.EDITOR], kind=kind, state=state)
    change.values = {"sector": 1, "sector_name": f"Lĩnh vực {secret}"} if kind else {}
    change.save()
    for page in (side.live, side.draft):
        title = f"Đổi {secret} {page.pk}"
        change.rows.create(page=page, title=title, detail=f"Vì {secret}", state=row)
    return change


# One may be carried out, one begun anew.
IMPORTS = (ImportState.PREVIEWED, ImportState.DONE)


def make_import(side: Side, secret: str, state: ImportState) -> ImportRun:
    """This function will make an import of the editor's with its kept file."""
    run = ImportRun(
        user=side.people[Role.EDITOR],
        agency=side.agency,
        file_name=f"{secret}.jsonl",
        file_format="jsonl",
        checksum="0" * 64,
        state=state,
        problems=[{"line": 1, "sheet": "", "field": "key", "key": "", "reason": f"Lỗi {secret}"}],
    )
    run.file.save("x", ContentFile(secret.encode()))
    for page in (side.live, side.draft):
        run.rows.create(page=page, key=str(page.key), title=f"Nhập {secret} {page.pk}")
    return run


@dataclass
class World:
    """Our agency, the other one, and what all share."""

    ours: Side
    theirs: Side
    shared: dict[str, Any]


def make_world() -> World:
    """This function will make both agencies, the terms, and pages of theirs that use ours."""
    shared = {
        "sector": SectorFactory(),
        "life_event": LifeEventFactory(),
        "law": LegalDocumentFactory(),
        "citizen": User.objects.create_user("cong.dan", "dan@motcua.example", "x"),
    }
    ours, theirs = make_side("An", ""), make_side("Binh", TOKEN)
    shared["demo"] = make_member(theirs.agency, Role.HEAD, "trinh.dien", is_demo=True)
    draft = theirs.draft
    draft.related_procedures = [ours.live]
    draft.successor = ours.live
    draft.save()
    shared["portal_outage"] = OutageFactory(headline=f"Toàn cổng {TOKEN}")
    return World(ours, theirs, shared)


VOLATILE = {
    "sessions.Session",
    "wagtailadmin.EditingSession",  # holds who looks at what, for a minute
    "core.FrameState",
    "core.PortalRendition",  # thumbnails of one's own pictures
}


def fingerprint() -> dict[str, str]:
    """This function will return a digest of every table."""
    found = {}
    tables = set(connection.introspection.table_names())
    for model in apps.get_models(include_auto_created=True):
        if model._meta.label in VOLATILE or model._meta.db_table not in tables:
            continue
        rows = model._base_manager.order_by("pk").values_list()
        found[model._meta.label] = hashlib.sha256(repr(list(rows)).encode()).hexdigest()
    return found


class Writes:
    """Notes the tables that statements write, so that digests are made only when there are some."""

    VOLATILE = ("django_session", "wagtailadmin_editingsession", "core_portalrendition")

    def __init__(self) -> None:
        self.found: list[str] = []

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")) and not any(
            name in sql.split(" WHERE ", maxsplit=1)[0] for name in self.VOLATILE
        ):
            self.found.append(sql)
        return execute(sql, params, many, context)


def changes(before: dict[str, str]) -> list[str]:
    """This function will name the tables that differ from `before`."""
    after = fingerprint()
    return sorted(label for label in before if before[label] != after[label])
