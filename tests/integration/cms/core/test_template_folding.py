"""Constants of a template are rendered once a language; what reads the context is not."""

from __future__ import annotations

import pytest
from django.template import engines
from django.template.base import NodeList, TextNode
from django.utils.translation import override

from cms.core.template_folding import fold


def compiled(source: str) -> NodeList:
    """The nodes of a template after folding."""
    template = engines["django"].from_string(source).template
    fold(template.nodelist, template)
    return template.nodelist


def test_constants_become_one_text() -> None:
    with override("vi"):
        nodes = compiled("<p>{% translate 'Home' %}</p>{# note #}<b>{% translate 'News' %}</b>")
    assert [type(node) for node in nodes] == [TextNode]
    assert nodes[0].s == "<p>Trang chủ</p><b>Tin tức</b>"


def test_each_language_has_its_own_text() -> None:
    with override("en"):
        nodes = compiled("{% translate 'Home' %}")
    assert nodes[0].s == "Home"


WORDS = {"word": "News", "mark": "<"}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{% translate word %}", "Tin tức"),
        ("{% translate 'Home' as name %}[{{ name }}]", "[Trang chủ]"),
        (
            "{% if word %}{% translate 'Home' %}{% else %}{% translate 'News' %}{% endif %}",
            "Trang chủ",
        ),
        ("{% for x in 'ab' %}{{ x }}{% translate 'Home' %}{% endfor %}", "aTrang chủbTrang chủ"),
        ("{% blocktranslate %}News{% endblocktranslate %}{{ word }}", "Tin tứcNews"),
        ("{% translate word|upper %}", "TIN TỨC"),
        ("{{ mark }}{% translate '<b>' %}", "&lt;<b>"),
    ],
)
def test_a_folded_template_says_the_same(source: str, expected: str) -> None:
    with override("vi"):
        template = engines["django"].from_string(source)
        before = template.render(WORDS)
        fold(template.template.nodelist, template.template)
        assert template.render(WORDS) == before == expected
