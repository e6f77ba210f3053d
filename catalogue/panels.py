"""Panels and row forms that keep the UUID of a child row through the page editor.

A draft-only row has no primary key, so nothing but its UUID names it: the form carries it in a
hidden field. Cases are named by a short code within their page; rows choose among them.
"""

from __future__ import annotations

import secrets
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import InlinePanel
from wagtail.admin.panels.base import get_form_for_model
from wagtail.admin.staticfiles import versioned_static

from cms.core.own_references import OwnReferencesPageForm

CASE_RELATIONS = ("offers", "fees", "documents")


def new_case_code() -> str:
    """Return a random code of six hexadecimal digits that names a case within its page."""
    return secrets.token_hex(3)


def trim_decimal(value: Decimal) -> Decimal:
    """Return the number without the zeros that its column adds: 430000, not 430000.00."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


class StableChildForm(WagtailAdminModelForm):
    """Carries ``translation_key`` through the POST; refuses one of another page's row."""

    child_key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The empty template of the browser script must stay blank.
        if self.instance.pk is not None or not self.empty_permitted:
            self.initial["child_key"] = self.instance.translation_key

    def clean_child_key(self) -> UUID | None:
        """Refuse a key that a row of another page already has."""
        key: UUID | None = self.cleaned_data.get("child_key")
        if key is None:
            return None
        page_id = self.instance.page_id
        rows = type(self.instance)._default_manager.filter(translation_key=key)
        if rows.exclude(page_id=page_id).exclude(page__translation_key=self._page_key()).exists():
            raise ValidationError(_("This row belongs to another page."))
        return key

    def _page_key(self) -> UUID | None:
        page = getattr(self, "parent_page", None)
        return page.translation_key if page is not None else None

    def _post_clean(self) -> None:
        super()._post_clean()
        key = self.cleaned_data.get("child_key")
        if key and self.instance.pk is None:
            self.instance.translation_key = key

    def get_field_updates_for_resave(self) -> list[tuple[str, str]]:
        """Tell the open editor the key of a row that autosave has just stored."""
        updates: list[tuple[str, str]] = super().get_field_updates_for_resave()
        name = self.add_prefix("child_key")
        if not self.data.get(name):
            updates.append((name, str(self.instance.translation_key)))
        return updates


class StableChildFormSet(BaseChildFormSet):
    """Tells each row form which page it stands on."""

    def __init__(
        self, data: Any = None, files: Any = None, instance: Any = None, **kwargs: Any
    ) -> None:
        if instance is not None:
            # Read the rows once: what the forms number anew must be what the page saves, also
            # where a row of an older revision stands between rows that have not changed.
            getattr(instance, self.fk.remote_field.get_accessor_name()).get_object_list()
        super().__init__(data, files, instance=instance, **kwargs)

    def add_fields(self, form: Any, index: int | None) -> None:
        """Add the formset's own fields and the page."""
        super().add_fields(form, index)
        form.parent_page = self.instance

    def clean(self) -> None:
        """Refuse a key that two rows claim: one would silently replace the other."""
        super().clean()
        seen: set[UUID] = set()
        for form in self.forms:
            data = getattr(form, "cleaned_data", None) or {}
            key = form.instance.translation_key if form.instance.pk else data.get("child_key")
            if key is None or data.get("DELETE"):
                continue
            if key in seen:
                raise ValidationError(_("Two rows have the same key. Reload the page."))
            seen.add(key)


class StableInlinePanel(InlinePanel):
    """An inline panel whose rows keep their UUID."""

    child_form_class: type[StableChildForm] = StableChildForm
    formset_class: type[BaseChildFormSet] = StableChildFormSet

    def get_form_options(self) -> dict[str, Any]:
        """Wagtail's options with our row form and formset."""
        options: dict[str, Any] = super().get_form_options()
        formset = options["formsets"][self.relation_name]
        deferred = self.child_edit_handler.get_form_options().get("defer_required_on_fields")
        formset["form"] = get_form_for_model(
            self.db_field.related_model,
            form_class=self.child_form_class,
            defer_required_on_fields=deferred or [],
        )
        formset["formset"] = self.formset_class
        return options

    class BoundPanel(InlinePanel.BoundPanel):
        """Rows as lines of a table: half the markup of Wagtail's own."""

        template_name = "catalogue/panels/rows.html"

        @property
        def media(self) -> forms.Media:
            """The row fields' own scripts, and the one that keeps choices of cases right."""
            return super().media + forms.Media(js=[versioned_static("js/admin-cases.js")])


class CaseForm(StableChildForm):
    """A case; its code is made once and never typed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The model's default would give every row made from one template the same code.
        if self.instance.pk is None and self.empty_permitted:
            self.initial["code"] = ""

    def clean_code(self) -> str:
        """Return the code, made when the row is new."""
        return self.cleaned_data.get("code") or self.instance.code or new_case_code()


class CasesPanel(StableInlinePanel):
    """The cases of a procedure."""

    child_form_class = CaseForm


class CaseRowForm(StableChildForm):
    """A row that holds for one case, for some, or for all."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, value in self.initial.items():
            if isinstance(value, Decimal):
                self.initial[name] = trim_decimal(value)
        if "case_code" in self.fields:
            self.fields["case_code"] = forms.ChoiceField(required=False, label=_("Case"))
        if "case_codes" in self.fields:
            self.fields["case_codes"] = forms.MultipleChoiceField(
                required=False,
                label=_("Cases"),
                widget=forms.CheckboxSelectMultiple,
                help_text=_("None ticked means every case."),
            )


class CaseRowFormSet(StableChildFormSet):
    """Offers the cases of the page, also those that arrive in the same POST."""

    @cached_property
    def case_choices(self) -> list[tuple[str, str]]:
        """Pairs of code and name."""
        found = {case.code: case.name for case in self.instance.cases.all()}
        if self.is_bound:
            try:
                total = min(int(self.data.get("cases-TOTAL_FORMS") or 0), 1000)
            except ValueError:
                total = 0
            for index in range(total):
                code = self.data.get(f"cases-{index}-code")
                if code and not self.data.get(f"cases-{index}-DELETE"):
                    found[code] = self.data.get(f"cases-{index}-name", "")
        return list(found.items())

    def add_fields(self, form: Any, index: int | None) -> None:
        """Add the formset's own fields and the choices of cases."""
        super().add_fields(form, index)
        if "case_code" in form.fields:
            form.fields["case_code"].choices = [("", _("Every case")), *self.case_choices]
        if "case_codes" in form.fields:
            form.fields["case_codes"].choices = self.case_choices


class CaseRowPanel(StableInlinePanel):
    """Rows that point at cases."""

    child_form_class = CaseRowForm
    formset_class = CaseRowFormSet


class ProcedurePageForm(OwnReferencesPageForm):
    """Refuses rows that point at a case which is being deleted."""

    def is_valid(self) -> bool:
        """Validate the page, its rows, and the rows' cases."""
        if not super().is_valid():
            return False
        kept = {
            form.cleaned_data.get("code")
            for form in self.formsets["cases"].forms
            if form.cleaned_data and not form.cleaned_data.get("DELETE")
        }
        valid = True
        for relation in CASE_RELATIONS:
            for form in self.formsets[relation].forms:
                valid = self._check_cases(form, kept) and valid
        return valid

    def _check_cases(self, form: Any, kept: set[str]) -> bool:
        data = form.cleaned_data
        if not data or data.get("DELETE"):
            return True
        used = set(data.get("case_codes") or [])
        if data.get("case_code"):
            used.add(data["case_code"])
        if used <= kept:
            return True
        field = "case_codes" if "case_codes" in form.fields else "case_code"
        form.add_error(field, _("This case has been deleted. Choose another."))
        return False
