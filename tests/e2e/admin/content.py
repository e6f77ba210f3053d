"""One object of each kind that the admin's screens show, named in Vietnamese throughout."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Locale, Site, Workflow
from wagtail_localize.models import Translation, TranslationSource

from catalogue.models import AgencyPage, BulkChange, ImportRun, ImportState, ProcedurePage
from cms.core.models import PortalDocument, PortalImage
from search.models import SearchClick, SearchedQuery, SearchPin, SearchScore, SearchSynonym
from services.accounts.actions import open_enterprise, open_person
from services.accounts.models import (
    AgencyMembership,
    Enterprise,
    EnterpriseRequest,
    Membership,
    Person,
)
from services.accounts.states import EnterpriseRole, RequestKind, Role
from tests.factories import (
    AgencyFactory,
    GuideFactory,
    LegalDocumentFactory,
    LifeEventFactory,
    NewsFactory,
    OutageFactory,
    ProcedureFactory,
    SectorFactory,
)
from tests.factories.members import make_member


def make_image() -> PortalImage:
    """This function will make a small picture."""
    held = BytesIO()
    Image.new("RGB", (60, 40), "#005a9c").save(held, "PNG")
    file = ContentFile(held.getvalue(), name="hinh.png")
    return PortalImage.objects.create(title="Hình minh hoạ", file=file)


def make_users(agency: AgencyPage) -> dict[str, Any]:
    """This function will make the administrator and an editor of the agency."""
    users = get_user_model().objects
    administrator = users.create_superuser("quantri", "quantri@example.vn", first_name="Quản")
    editor = make_member(agency, Role.EDITOR, "bientap", first_name="Biên")
    membership = AgencyMembership.objects.get(user=editor)
    return {"administrator": administrator, "editor": editor, "membership": membership}


def make_content() -> dict[str, Any]:
    """This function will make the objects and return them by name."""
    agency = AgencyFactory(title="Sở Minh hoạ")
    made: dict[str, Any] = {"agency": agency, **make_users(agency)}
    made["procedure"] = ProcedureFactory(parent=agency, three_cases=True)
    made["image"] = make_image()
    file = ContentFile(b"%PDF-1.4", name="mau.pdf")
    made["document"] = PortalDocument.objects.create(title="Mẫu tờ khai", file=file)
    made["collection"] = Collection.get_first_root_node().add_child(name="Bộ sưu tập minh hoạ")
    made["legaldocument"] = LegalDocumentFactory()
    made["sector"] = SectorFactory()
    made["lifeevent"] = LifeEventFactory()
    made["outagenotice"] = OutageFactory()
    made["bulk_change"] = BulkChange.objects.create(user=made["administrator"])
    made["bulk_change"].rows.create(page=made["procedure"], title=made["procedure"].title)
    made["import_run"] = make_import(made)
    made["synonym"] = SearchSynonym.objects.create(said="bìa hồng", means="quyền sử dụng đất")
    made["pin"] = SearchPin.objects.create(query="giấy hồng", page=made["procedure"])
    make_searches(made)
    make_openings(made)
    made["guide"] = GuideFactory()
    made["news"] = NewsFactory()
    made["redirect"] = Redirect.objects.create(old_path="/cu", redirect_link="/moi/")
    made["site"] = Site.objects.get(is_default_site=True)
    made["locale"] = Locale.objects.get(language_code="en")
    made["group"] = made["editor"].groups.first()
    make_history(made)
    make_translation(made)
    return made


def make_openings(made: dict[str, Any]) -> None:
    """This function will open a citizen's record and an enterprise with a complaint."""
    owner, other = (
        get_user_model().objects.create_user(name, full_name=full_name, needs_activation=True)
        for name, full_name in (("congdan", "Đỗ Văn S"), ("khieunai", "Đỗ Thị T"))
    )
    for number, user in enumerate((owner, other)):
        Person.objects.create(user=user, identity_number=f"09219000123{number}")
    firm = Enterprise.objects.create(tax_code="0100109106", name="Công ty Minh hoạ")
    Membership.objects.create(enterprise=firm, user=owner, role=EnterpriseRole.OWNER)
    EnterpriseRequest.objects.create(
        enterprise=firm, user=other, kind=RequestKind.DISPUTE, text="Tôi là giám đốc."
    )
    given = {"viewer": made["administrator"], "reason": "Công dân đến quầy"}
    made["opening"] = open_person(user=owner, **given)
    made["opened_enterprise"] = open_enterprise(enterprise=firm, **given)


def make_searches(made: dict[str, Any]) -> None:
    """This function will make a query that was asked and opened, and a score."""
    when = {"day": timezone.localdate(), "language": "vi", "text": "bia hong"}
    SearchedQuery.objects.create(**when, spelling="bìa hồng", times=3, results=0)
    SearchClick.objects.create(**when, page_id=made["procedure"].pk, times=2)
    figures = {
        "queries": 2,
        **dict.fromkeys(("hit@1", "hit@5", "hit@10", "MRR@10", "nDCG@10"), 0.5),
        **dict.fromkeys(("p50 ms", "p95 ms"), 9.0),
    }
    SearchScore.objects.create(
        started_by=made["administrator"],
        finished_at=timezone.now(),
        figures={"all": figures, "styles": {}, "left_out": 1, "misses": [["", "bìa hồng"]]},
    )


def make_import(made: dict[str, Any]) -> ImportRun:
    """This function will make an import that is waiting for a decision, with a row of each kind."""
    run = ImportRun.objects.create(
        user=made["administrator"],
        agency=made["agency"],
        file_name="thu-tuc.xlsx",
        file_format="xlsx",
        checksum="0" * 64,
        state=ImportState.PREVIEWED,
        problems=[
            {"line": 3, "sheet": "fees", "field": "fees[0].amount", "key": "1", "reason": "Sai."}
        ],
    )
    page = made["procedure"]
    fee = {"place": "fees", "about": ["online"], "field": "amount", "before": "1", "after": "2"}
    run.rows.create(page=page, key="1", title=page.title, difference=[fee])
    run.rows.create(key="2", title="Thủ tục mới", is_new=True)
    return run


def make_history(made: dict[str, Any]) -> None:
    """This function will save, schedule, lock and submit, so that lists have rows."""
    page: ProcedurePage = made["procedure"]
    for words in ("Lần đầu", "Lần sau"):
        page.summary = words
        revision = page.save_revision(user=made["editor"], log_action=True)
    made["revision"] = revision
    workflow = Workflow.objects.filter(active=True).first()
    made["workflow"], made["task"] = workflow, workflow.tasks.first()
    made["state"] = workflow.start(page, made["editor"])
    made["task_state"] = made["state"].current_task_state
    scheduled = NewsFactory(title="Tin hẹn giờ")
    scheduled.go_live_at = timezone.now() + timedelta(days=3)
    scheduled.save_revision(user=made["administrator"]).publish()
    made["locked"] = NewsFactory(title="Tin đang khoá")
    made["locked"].locked = True
    made["locked"].locked_by = made["administrator"]
    made["locked"].locked_at = timezone.now()
    made["locked"].save()


def make_translation(made: dict[str, Any]) -> None:
    """This function will translate the news item into English by the translation editor."""
    source, _ = TranslationSource.update_or_create_from_instance(made["news"])
    translation, _ = Translation.objects.get_or_create(
        source=source, target_locale=made["locale"], defaults={"enabled": True}
    )
    translation.save_target(user=made["administrator"])
    made["source"], made["translation"] = source, translation
    made["english"] = made["news"].get_translation(made["locale"])
