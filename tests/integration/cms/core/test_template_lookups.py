"""Quick look-ups say what Django's own say, for every kind of value and for none."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pytest
from django import forms
from django.core.exceptions import ObjectDoesNotExist
from django.template import Context, Template, engines
from django.template.base import VariableNode
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy, override

from cms.core.template_folding import fold
from cms.core.template_lookups import QuickLiteral, QuickVariable, QuickVariableNode


class Words(NamedTuple):
    text: str
    count: int = 0


class Silent(ObjectDoesNotExist):
    silent_variable_failure = True


@dataclass
class Thing:
    name: str = "<tên>"
    words: Words = field(default_factory=lambda: Words("chữ"))
    more: dict[str, Any] = field(default_factory=lambda: {"items": "khoá", "n": 1234})

    @property
    def safe(self) -> str:
        return mark_safe("<i>")

    @property
    def made(self) -> str:
        return "made"

    @property
    def missing(self) -> str:
        raise AttributeError("inner")

    @property
    def gone(self) -> str:
        raise Silent

    def call(self) -> str:
        return "called"

    def needs(self, value: str) -> str:
        return value

    def delete(self) -> str:
        raise AssertionError("a template must not delete")

    delete.alters_data = True  # type: ignore[attr-defined]


class Form(forms.Form):
    name = forms.CharField(label="Tên")


CONTEXT: dict[str, Any] = {
    "thing": Thing(),
    "rows": [Words("một"), Words("hai", 2)],
    "mapping": {"a": {"b": "c"}, "1": "one"},
    "safe": mark_safe("<b>"),
    "lazy": gettext_lazy("Home"),
    "none": None,
    "empty": {"words": None},
    "number": 1234.5,
    "form": Form(),
    "kind": Thing,
    "function": lambda: "result",
}


@pytest.mark.parametrize(
    "source",
    [
        "{{ thing.name }}",
        "{{ thing.name|upper }}",
        "{{ thing.words.text }}/{{ thing.words.count }}/{{ thing.words.0 }}",
        "{{ thing.more.items }}/{{ thing.more.n }}",
        "{{ thing.made }}/{{ thing.call }}/{{ thing.needs }}/{{ thing.delete }}",
        "{{ thing.gone }}/{{ thing.absent }}/{{ absent }}/{{ absent.more }}",
        "{{ mapping.a.b }}/{{ mapping.1 }}/{{ mapping.items|length }}/{{ mapping.zzz }}",
        "{{ rows.1.text }}/{{ rows.9.text }}",
        "{{ safe }}/{{ lazy }}/{{ none }}/{{ number }}/{{ function }}",
        "{{ none.text }}/{{ thing.more.zzz.text }}/{{ empty.words.text|default:'–' }}",
        "{% if empty.words.text %}yes{% else %}no{% endif %}{% if not none.text %}not{% endif %}",
        "{% if none.text == empty.words %}equal{% endif %}{% firstof none.text empty.words 'x' %}",
        "{{ thing.safe }}{% autoescape off %}{{ safe }}{% endautoescape %}",
        "{{ form.name.label }}/{{ form.name.errors }}/{{ kind.name }}",
        "{% autoescape off %}{{ thing.name }}{% endautoescape %}",
        "{% for row in rows %}{{ forloop.counter }}{{ row.text }}{{ row.count }}{% endfor %}",
        "{% if thing.name == '<tên>' and not absent or none %}yes{% else %}no{% endif %}",
        "{% if absent.name %}yes{% elif 1 < number %}more{% endif %}",
        "{% with inner=thing.words %}{{ inner.text }}{% endwith %}",
        "{{ thing.name|default:none }}/{{ absent|default:thing.made }}",
        "{% firstof absent none thing.made %}",
        "{{ True }}/{{ autoescape }}",
    ],
)
def test_answers_are_those_of_django(source: str) -> None:
    with override("vi"):
        plain = engines["django"].from_string(source)
        expected = plain.render(CONTEXT)
        quick: Template = engines["django"].from_string(source).template
        fold(quick.nodelist, quick)
        assert quick.render(Context(CONTEXT)) == expected


def test_a_failing_property_fails_as_before() -> None:
    template: Template = engines["django"].from_string("{{ thing.missing }}").template
    fold(template.nodelist, template)
    with pytest.raises(AttributeError, match="inner"):
        template.render(Context(CONTEXT))


def test_plain_variables_are_made_quick() -> None:
    template: Template = (
        engines["django"].from_string("{{ a.b }}{{ a|upper }}{% if a == b.c %}{% endif %}").template
    )
    fold(template.nodelist, template)
    plain, filtered, condition = template.nodelist
    assert type(plain) is QuickVariableNode
    assert type(filtered) is VariableNode
    assert type(filtered.filter_expression.var) is QuickVariable
    operator = condition.conditions_nodelists[0][0]
    assert type(operator.second) is QuickLiteral
    assert type(operator.second.value.var) is QuickVariable


def test_a_variable_is_translated_before_and_after_it_was_drawn() -> None:
    """Django tells the variable of `translate` to translate only while it draws it."""
    template = engines["django"].from_string("{% translate word as text %}{{ text }}")
    fold(template.template.nodelist, template.template)
    with override("vi"):
        for _time in range(2):
            assert template.render({"word": "News"}) == "Tin tức"
