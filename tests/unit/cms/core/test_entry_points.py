"""The register of links and boxes that apps offer."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import NoReverseMatch, path
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from cms.core import entry_points
from cms.core.entry_points import EntryPoint, Place, list_entry_points

pytestmark = pytest.mark.urls(__name__)
urlpatterns = [path("tra-cuu/", lambda _request: HttpResponse(), name="tracking")]


@pytest.fixture(autouse=True)
def _empty_register(monkeypatch):
    monkeypatch.setattr(entry_points, "_entries", {})


@pytest.fixture
def request_at():
    return RequestFactory().get


def link(label="Link", url="", **options):
    entry = EntryPoint(place=Place.HEADER, label=label, url=url, **options)
    entry_points.register(entry)
    return entry


def labels(request, place=Place.HEADER, **context):
    return [entry.label for entry in list_entry_points(place, request, **context)]


def test_what_nobody_offers_is_absent(request_at):
    assert list_entry_points(Place.FOOTER_USE, request_at("/")) == []


def test_entries_come_in_their_order(request_at):
    for label, order in (("c", 30), ("a", 10), ("b", 10)):
        link(label, order=order)
    assert labels(request_at("/")) == ["a", "b", "c"]


def test_registering_twice_changes_nothing_and_unregistering_removes(request_at):
    entry = link()
    entry_points.register(entry)
    assert labels(request_at("/")) == ["Link"]
    entry_points.unregister(entry)
    assert labels(request_at("/")) == []


def test_a_label_speaks_the_language_of_the_request(request_at):
    link(_("not published yet"))
    with translation.override("vi"):
        assert labels(request_at("/")) == ["chưa công bố"]
    with translation.override("en"):
        assert labels(request_at("/")) == ["not published yet"]


def test_a_place_may_be_given_by_its_word(request_at):
    link()
    assert labels(request_at("/"), "header") == ["Link"]


def test_visibility_is_asked_for_each_request_with_the_context(request_at):
    link(is_visible=lambda request, procedure: procedure == "open" and request.path == "/")
    assert labels(request_at("/"), procedure="open") == ["Link"]
    assert labels(request_at("/"), procedure="closed") == []
    assert labels(request_at("/x/"), procedure="open") == []


def test_an_address_is_a_name_or_made_from_the_context(request_at):
    link("named", "tracking")
    link("made", lambda _request, key="": f"/nop/{key}/")
    link("nowhere", lambda _request, **_context: None)
    with pytest.raises(TypeError):
        list_entry_points(Place.HEADER, request_at("/"), unknown=1)
    offered = list_entry_points(Place.HEADER, request_at("/nop/1/"), key="1")
    assert [(entry.label, entry.url, entry.is_current) for entry in offered] == [
        ("named", "/tra-cuu/", False),
        ("made", "/nop/1/", True),
    ]


def test_a_name_that_does_not_exist_is_an_error(request_at):
    link(url="no_such_name")
    with pytest.raises(NoReverseMatch):
        list_entry_points(Place.HEADER, request_at("/"))


def test_a_box_brings_its_template_and_context(request_at):
    entry_points.register(
        EntryPoint(
            place=Place.HOME_BOX,
            label="Tra cứu",
            template="tracking/box.html",
            get_context=lambda _request, **context: {"count": context["count"] + 1},
        )
    )
    [box] = list_entry_points(Place.HOME_BOX, request_at("/"), count=1)
    assert (box.template, box.context, box.url) == ("tracking/box.html", {"count": 2}, "")
