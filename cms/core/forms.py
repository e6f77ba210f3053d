"""Forms of public pages in the portal's design: labels, hints and errors beside each field.

`PortalForm` draws itself (`{{ form.name.as_field_group }}`) and lists its errors for the summary
above it. What somebody typed stays, passwords excepted.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.functional import cached_property
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

MARKED = ("govuk-input", "govuk-select", "govuk-textarea")
INPUTS = (forms.TextInput, forms.EmailInput, forms.NumberInput, forms.URLInput)


def name_missing(field: forms.Field) -> None:
    """Let a field that was left empty say its name, unless it says something better itself."""
    words = _("Fill in “{label}”.")
    if isinstance(field, forms.BooleanField):
        words = _("Tick “{label}”.")
    elif isinstance(field, forms.ChoiceField):
        words = _("Choose an answer: “{label}”.")
    if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
        field.error_messages["required"] = format_lazy(words, label=field.label)


class PortalFormRenderer(TemplatesSetting):
    """Draws fields with the portal's templates."""

    field_template_name = "forms/field.html"


class Radios(forms.RadioSelect):
    """A choice of few, all visible. `hints` is {value: words below the label}."""

    template_name = "forms/radios.html"

    def __init__(self, *args: Any, hints: dict[str, Any] | None = None, **kwargs: Any) -> None:
        self.hints = hints or {}
        super().__init__(*args, **kwargs)

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return an option with its hint."""
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        option["hint"] = self.hints.get(str(value), "")
        if option["hint"]:
            option["attrs"]["aria-describedby"] = f"{option['attrs'].get('id', name)}_hint"
        return option


class PasswordInput(forms.PasswordInput):
    """A password with a button that shows it (where there is JavaScript)."""

    template_name = "forms/password.html"


class PortalForm(forms.Form):
    """A form of a public page. `widths` is {field: width in characters}."""

    default_renderer = PortalFormRenderer
    widths: dict[str, int] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dress()

    def dress(self) -> None:
        """Give the inputs their classes; again when fields were replaced."""
        for name, field in self.fields.items():
            field.widget.attrs.setdefault("class", _class_of(field.widget, self.widths.get(name)))
            name_missing(field)

    def add_error(self, field: str | None, error: Any) -> None:
        """Note an error, whoever found it, and mark the fields that were refused."""
        super().add_error(field, error)
        for name in self.errors:
            if name in self.fields:
                attrs = self.fields[name].widget.attrs
                words = attrs.get("class", "").split(" ")
                mark = f"{words[0]}--error"
                if words[0] in MARKED and mark not in words:
                    attrs["class"] += f" {mark}"

    @cached_property
    def summary(self) -> list[dict[str, str]]:
        """All errors as {text, url}, each leading to its field, in the order of the fields."""
        rows = [{"text": str(text), "url": "#noi-dung"} for text in self.non_field_errors()]
        for bound in self:
            several = isinstance(bound.field.widget, (forms.RadioSelect,))
            anchor = f"{bound.auto_id}_0" if several else bound.id_for_label or bound.auto_id
            rows += [{"text": str(text), "url": f"#{anchor}"} for text in bound.errors]
        return rows


def _class_of(widget: forms.Widget, width: int | None) -> str:
    if isinstance(widget, forms.Select) and not isinstance(widget, forms.RadioSelect):
        return "govuk-select"
    if isinstance(widget, forms.CheckboxInput):
        return "govuk-checkboxes__input"
    if isinstance(widget, forms.Textarea):
        return "govuk-textarea"
    if isinstance(widget, PasswordInput):
        return "govuk-input govuk-password-input__input govuk-js-password-input-input"
    if isinstance(widget, INPUTS):
        return "govuk-input" + (f" govuk-input--width-{width}" if width else "")
    return ""
