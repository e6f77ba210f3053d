"""The screens of the search desk: for portal administrators and whoever a group gives the right."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from search import scoring, tasks
from search.evaluation import Judged, read
from search.models import SearchClick, SearchedQuery, SearchPin, SearchScore, SearchSynonym
from services.accounts.states import Role
from tests.factories import AgencyFactory, Portal, ProcedureFactory
from tests.factories.members import make_member
from tests.integration.html import get, main_text
from tests.integration.search.test_lists import rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(portal: Portal, django_user_model: Any) -> dict[str, Any]:
    """A procedure, an editor, a superuser, and somebody whose group may look after the search."""
    agency = AgencyFactory(title="Sở Minh hoạ")
    page = ProcedureFactory(parent=agency, official_name="Đăng ký khai sinh", key="1.000001")
    group = Group.objects.create(name="Tìm kiếm")
    names = ("manage_search", "access_admin")
    group.permissions.set(Permission.objects.filter(codename__in=names))
    keeper = django_user_model.objects.create_user("giutimkiem", "giu@example.vn")
    keeper.groups.add(group)
    return {
        "page": page,
        "synonym": SearchSynonym.objects.create(said="bìa hồng", means="quyền sử dụng đất"),
        "pin": SearchPin.objects.create(query="giấy hồng", page=page),
        "keeper": keeper,
        "administrator": django_user_model.objects.create_superuser("qt", "qt@example.vn"),
        "editor": make_member(agency, Role.ADMINISTRATOR, "donvi"),
    }


def seen(text: str, times: int, results: int) -> None:
    SearchedQuery.objects.create(
        day=timezone.localdate(),
        language="vi",
        text=text,
        spelling=text,
        times=times,
        results=results,
    )


def addresses(desk: dict[str, Any]) -> list[str]:
    found = [reverse(f"search_desk:{name}") for name in ("queries", "try", "score")]
    for space, key in (("search_synonyms", "synonym"), ("search_pins", "pin")):
        found += [reverse(f"{space}:{name}") for name in ("index", "add")]
        names = ("edit", "delete", "history")
        found += [reverse(f"{space}:{name}", args=[desk[key].pk]) for name in names]
    return found


@pytest.mark.parametrize(
    ("who", "status"), [("keeper", 200), ("administrator", 200), ("editor", 404)]
)
def test_who_opens_the_screens(client: Client, desk: dict[str, Any], who: str, status: int) -> None:
    client.force_login(desk[who])
    for address in addresses(desk):
        assert client.get(address).status_code == status, address
    menu = client.get("/admin/").content.decode()
    assert ("search-desk" in menu) is (status == 200)


def test_nobody_else_changes_anything(client: Client, desk: dict[str, Any]) -> None:
    client.force_login(desk["editor"])
    client.post(reverse("search_synonyms:add"), {"said": "sổ", "means": "đất"})
    client.post(reverse("search_synonyms:delete", args=[desk["synonym"].pk]))
    client.post(reverse("search_pins:delete", args=[desk["pin"].pk]))
    assert client.post(reverse("search_desk:start_score")).status_code == 404
    assert (SearchSynonym.objects.count(), SearchPin.objects.count()) == (1, 1)
    assert not SearchScore.objects.exists()


def test_a_synonym_is_added_under_the_name_of_who_adds_it(
    client: Client, desk: dict[str, Any]
) -> None:
    client.force_login(desk["keeper"])
    form = get(client, f"{reverse('search_synonyms:add')}?said=cún+con")
    assert form.select_one("[name=said]")["value"] == "cún con"
    answer = client.post(
        reverse("search_synonyms:add"), {"said": "cún con", "means": "khai sinh\r\n"}
    )
    assert answer.status_code == 302
    row = SearchSynonym.objects.get(said="cún con")
    assert (row.updated_by, row.meanings) == (desk["keeper"], ["khai sinh"])
    assert rows(client, "/thu-tuc/?q=cun+con") == ["Đăng ký khai sinh"]
    assert "giutimkiem" in main_text(get(client, reverse("search_synonyms:index")))


def test_words_without_accents_are_saved_with_a_warning(
    client: Client, desk: dict[str, Any]
) -> None:
    client.force_login(desk["keeper"])
    for said, is_warned in (("cun con", True), ("cún con", False), ("vneid", False)):
        data = {"said": said, "means": "khai sinh"}
        answer = client.post(reverse("search_synonyms:add"), data, follow=True)
        assert ("không có dấu" in answer.content.decode()) is is_warned, said


def test_faults_stand_beside_their_fields(client: Client, desk: dict[str, Any]) -> None:
    client.force_login(desk["keeper"])
    answer = client.post(reverse("search_synonyms:add"), {"said": "BÌA HỒNG", "means": "ở đâu"})
    text = answer.content.decode()
    assert "Cụm từ này đã có rồi." in text
    assert "Chỉ toàn từ đệm" in text
    answer = client.post(reverse("search_pins:add"), {"query": "…", "position": "1"})
    assert "Hãy viết ít nhất một từ." in answer.content.decode()


def test_a_pin_is_added_and_its_state_told(client: Client, desk: dict[str, Any]) -> None:
    client.force_login(desk["keeper"])
    data = {"query": "Con Chó", "page": desk["page"].pk, "position": "1", "language": ""}
    assert client.post(reverse("search_pins:add"), data).status_code == 302
    assert rows(client, "/thu-tuc/?q=con+cho") == ["Đăng ký khai sinh"]
    assert "Có hiệu lực" in main_text(get(client, reverse("search_pins:index")))
    desk["page"].unpublish()
    listed = main_text(get(client, reverse("search_pins:index")))
    assert "Không có hiệu lực: trang chưa được đăng" in listed


def test_whoever_pins_can_choose_any_public_page(client: Client, desk: dict[str, Any]) -> None:
    client.force_login(desk["keeper"])
    draft = ProcedureFactory(parent=desk["page"].get_parent(), official_name="Nháp")
    draft.unpublish()
    types = "catalogue.procedurepage,catalogue.agencypage,catalogue.guidepage"
    assert client.get("/admin/choose-page/", {"page_type": types}).status_code == 200
    found = client.get("/admin/choose-page/search/", {"q": "khai", "page_type": types})
    assert "Đăng ký khai sinh" in found.content.decode()
    found = client.get("/admin/choose-page/search/", {"q": "nháp", "page_type": types})
    assert f"/admin/pages/{draft.pk}/" not in found.content.decode()


def test_a_query_is_explained(client: Client, desk: dict[str, Any]) -> None:
    client.force_login(desk["keeper"])
    text = main_text(get(client, f"{reverse('search_desk:try')}?q=khai+xinh+o+dau"))
    for words in ("Kết quả cho:", "Từ để hỏi, hầu như không tính", "Đăng ký khai sinh"):
        assert words in text
    text = main_text(get(client, f"{reverse('search_desk:try')}?q=giấy+hồng"))
    assert "được ghim" in text
    assert "Không có kết quả nào" in main_text(get(client, f"{reverse('search_desk:try')}?q=zzz"))
    for hostile in ('"', "…", "x" * 500, "\u202e", "%", "a OR b*"):
        answer = client.get(reverse("search_desk:try"), {"q": hostile, "language": "zz"})
        assert answer.status_code == 200


def test_lists_ask_as_often_for_many_as_for_one(client: Client, desk: dict[str, Any]) -> None:

    client.force_login(desk["administrator"])

    def count(name: str) -> int:
        client.get(reverse(name))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(name))
        return len(queries)

    names = ("search_synonyms:index", "search_pins:index", "search_desk:queries")
    seen("khai sinh", 1, 1)
    before = [count(name) for name in names]
    for number in range(12):
        user = desk["keeper"]
        SearchSynonym.objects.create(said=f"từ {number}", means="đất", updated_by=user)
        SearchPin.objects.create(query=f"từ {number}", page=desk["page"], updated_by=user)
        seen(f"tu {number}", 2, 2)
    assert [count(name) for name in names] == before


def test_queries_lead_to_what_mends_them(client: Client, desk: dict[str, Any]) -> None:
    client.force_login(desk["keeper"])
    seen("bìa đỏ", 7, 0)
    seen("khai sinh", 9, 3)
    address = reverse("search_desk:queries")
    document = get(client, address)
    assert "Hiện chưa đếm từ khoá" in main_text(document)
    assert [cell.get_text() for cell in document.select("td.title")] == ["khai sinh", "bìa đỏ"]
    assert document.select_one("[name=days] [selected]")["value"] == "30"
    document = get(client, f"{address}?list=empty&days=7&language=vi")
    links = [link["href"] for link in document.select("td a")]
    assert links[1] == "/admin/search/synonyms/new/?said=b%C3%ACa%20%C4%91%E1%BB%8F"
    assert get(client, links[1]).select_one("[name=said]")["value"] == "bìa đỏ"
    assert get(client, links[2]).select_one("[name=query]")["value"] == "bìa đỏ"
    SearchClick.objects.create(
        day=timezone.localdate(), language="vi", text="khai sinh", page_id=desk["page"].pk, times=3
    )
    assert "Đăng ký khai sinh" in main_text(get(client, f"{address}?list=opened"))
    assert "Không có mục nào" in main_text(get(client, f"{address}?list=unopened&days=7"))
    for odd in ("list=zz&days=zz&language=zz&p=zz", "days=-1", "list=opened&p=99"):
        assert client.get(f"{address}?{odd}").status_code == 200


def test_the_judged_set_is_measured_by_the_worker(
    client: Client, desk: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(desk["keeper"])
    queue: list[int] = []
    monkeypatch.setattr(tasks, "measure_search", SimpleNamespace(enqueue=queue.append))
    address = reverse("search_desk:score")
    assert "Chưa chấm lần nào." in main_text(get(client, address))
    client.post(reverse("search_desk:start_score"))
    client.post(reverse("search_desk:start_score"))
    run = SearchScore.objects.get()
    assert set(queue) == {run.pk}
    assert "Đang chấm điểm." in main_text(get(client, address))
    judged = [
        Judged("khai sinh", {"1.000001": 2}, "accented"),
        Judged("xyz", {"1.000001": 2}, "typo"),
        Judged("gì đó", {"9.999999": 2}, "typo"),
    ]
    monkeypatch.setattr(scoring, "read", lambda path: judged)
    scoring.run_score(run.pk)
    run.refresh_from_db()
    assert run.figures["all"]["hit@1"] == 0.5
    assert (run.figures["left_out"], run.figures["misses"]) == (1, [["typo", "xyz"]])
    text = main_text(get(client, address))
    for words in ("50 %", "Bỏ qua 1 câu", "xyz Sai chính tả", "Có dấu 1", "nDCG@10 0,50"):
        assert words in text
    scoring.run_score(run.pk)  # a task that comes again changes nothing


def test_a_killed_measurement_can_be_repeated(client: Client, desk: dict[str, Any]) -> None:
    client.force_login(desk["keeper"])
    run = scoring.begin_score(desk["keeper"])
    long_ago = timezone.now() - scoring.LONGEST_RUN * 2
    SearchScore.objects.filter(pk=run.pk).update(started_at=long_ago)
    assert "bị ngắt" in main_text(get(client, reverse("search_desk:score")))
    assert scoring.begin_score(desk["keeper"]).pk != run.pk


def test_the_judged_set_of_the_code_is_read() -> None:
    assert len(read(scoring.FILE)) >= 200
