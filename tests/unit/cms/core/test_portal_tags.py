"""Tags of the frame: icons, telephone links, numbers."""

from __future__ import annotations

import json
import re
from types import SimpleNamespace

import pytest
from django.template import Context, Template

from cms.core.templatetags import portal
from tests.architecture.sources import ROOT

SPRITE = (ROOT / "static/img/icons.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("0292 300 0111", "tel:+842923000111"),
        ("1900 1234", "tel:19001234"),
        ("+84 292 300 0111", "tel:+842923000111"),
        ("(0292) 300-0111", "tel:+842923000111"),
    ],
)
def test_tel(number: str, expected: str) -> None:
    assert portal.tel(number) == expected


def test_mailto_keeps_the_address_harmless() -> None:
    assert portal.mailto("a@motcua.example") == "mailto:a@motcua.example"
    assert portal.mailto('a"@motcua.example?bcc=x') == "mailto:a%22@motcua.example%3Fbcc%3Dx"


def test_number_and_roman() -> None:
    assert portal.number(2849) == "2.849"
    assert [portal.roman(n) for n in (1, 4, 9, 11, 39)] == ["I", "IV", "IX", "XI", "XXXIX"]


def test_icon_is_hidden_from_screen_readers() -> None:
    drawn = Template('{% load portal %}{% icon "search" %}').render(Context())
    assert 'aria-hidden="true"' in drawn
    assert 'img/icons.svg#search"' in drawn


def test_every_icon_that_templates_name_is_in_the_sprite() -> None:
    sources = "\n".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.html")
    )
    named = set(re.findall(r'{% icon "([\w-]+)" %}', sources))
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', SPRITE))
    assert named <= drawn


def test_select_options_are_escaped() -> None:
    label = SimpleNamespace(text='<b>"Thuế"', lang="vi")
    option = SimpleNamespace(value='a"b', label=label, count=3, is_selected=True, depth=1)
    assert portal.select_options([option]) == (
        '<option value="a&quot;b" selected lang="vi">– &lt;b&gt;&quot;Thuế&quot; (3)</option>'
    )


def test_tick_boxes_are_escaped() -> None:
    label = SimpleNamespace(text='<b>"Thuế"', lang="vi")
    option = SimpleNamespace(value='a"b', label=label, count=5651, is_selected=True)
    assert portal.tick_boxes("doi-tuong", [option]) == (
        '<label class="mc-opt"><input type="checkbox" name="doi-tuong" value="a&quot;b" checked>'
        '<span lang="vi">&lt;b&gt;&quot;Thuế&quot;</span><span>5.651</span></label>'
    )


def test_fact_list_says_what_is_not_known() -> None:
    assert portal.fact_list("Lệ phí", "<30.000>", True, "Thời hạn", "chưa công bố", None) == (
        '<dl class="mc-facts"><div><dt>Lệ phí</dt><dd>&lt;30.000&gt;</dd></div>'
        '<div class="is-unknown"><dt>Thời hạn</dt><dd>chưa công bố</dd></div></dl>'
    )


def test_shorten_cuts_between_words() -> None:
    assert portal.shorten("Cấp phép", 20) == "Cấp phép"
    assert portal.shorten("Cấp phép hành nghề", 12).startswith("Cấp phép")
    assert len(portal.shorten("Cấp phép hành nghề", 12)) <= 12


def test_pair_walks_two_lists() -> None:
    assert portal.pair(["a", "b"], [1, None]) == [("a", 1), ("b", None)]


def test_structured_data_cannot_close_its_element() -> None:
    drawn = portal.structured_data({"name": "Lệ phí </script><b>&"})
    inner = drawn.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert "<" not in inner
    assert json.loads(inner) == {"name": "Lệ phí </script><b>&"}
