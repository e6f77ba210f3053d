"""A form that points only at what its editor may choose.

Choosers offer nothing else, so a foreign key, picture, file or link in a POST is either a stale
form or an attack; it is refused before anything is saved *or drawn*, because a form that is
shown again would show the title of what it points at. What the page pointed at before stays.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist, PermissionDenied
from django.db.models import Model, Q, QuerySet
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.widgets import BaseChooser
from wagtail.models import Page, ReferenceIndex

from cms.core.ownership import choosable, is_media

Reference = tuple[type[Model], str]


def is_guarded(model: type[Model]) -> bool:
    """Whether objects of `model` belong to somebody: pages, pictures, files."""
    return issubclass(model, Page) or is_media(model)


def _base(model: type[Model]) -> type[Model]:
    return Page if issubclass(model, Page) else model


def held_references(instance: Any) -> Iterator[Reference]:
    """Yield what `instance` and its child rows point at now."""
    for type_id, key, *_path in ReferenceIndex._extract_references_from_object(instance):
        model = ContentType.objects.get_for_id(type_id).model_class()
        if model is not None and is_guarded(model):
            yield _base(model), key
    for field in instance._meta.many_to_many:
        if isinstance(field, ParentalManyToManyField) and is_guarded(field.related_model):
            for found in getattr(instance, field.name).all():
                yield _base(field.related_model), str(found.pk)


def posted_references(form: Any) -> Iterator[Reference]:
    """Yield what the fields of `form` and of its child forms point at, valid or not."""
    clean = getattr(form, "cleaned_data", {})
    for name, field in form.fields.items():
        if name in clean:
            value = clean[name]
        else:
            value = field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
        if isinstance(field, forms.ModelChoiceField):
            yield from _chosen(field, value)
        else:
            yield from _mentioned(form, name, value)
    for formset in getattr(form, "formsets", {}).values():
        for child in formset.forms:
            yield from posted_references(child)


def _chosen(field: forms.ModelChoiceField[Any], value: Any) -> Iterator[Reference]:
    model = field.queryset.model  # type: ignore[union-attr]
    if not value or not is_guarded(model):
        return
    values = value if isinstance(value, (list, tuple, QuerySet)) else [value]
    for item in values:
        key = item.pk if isinstance(item, Model) else item
        yield _base(model), str(key)


def _mentioned(form: Any, name: str, value: Any) -> Iterator[Reference]:
    """Yield what rich text and streams mention."""
    try:
        field = form._meta.model._meta.get_field(name)
    except FieldDoesNotExist:
        return
    if value is None or not hasattr(field, "extract_references"):
        return
    for model, key, *_path in field.extract_references(value):
        if is_guarded(model):
            yield _base(model), str(key)


class OwnReferencesMixin:
    """For admin model forms: refuses new references to what the editor may not choose."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self._is_limited():
            for field in self.fields.values():  # type: ignore[attr-defined]
                self._limit(field)

    def _is_limited(self) -> bool:
        user = getattr(self, "for_user", None)
        return user is not None and not user.is_superuser

    def _limit(self, field: Any) -> None:
        """Leave in a list of choices what may be chosen and what is chosen already."""
        if not isinstance(field, forms.ModelChoiceField) or isinstance(field.widget, BaseChooser):
            return
        model = field.queryset.model  # type: ignore[union-attr]
        if is_guarded(model):
            allowed = choosable(self.for_user, model).values("pk")  # type: ignore[attr-defined]
            held = [key for kind, key in self._held() if kind is _base(model)]
            field.queryset = field.queryset.filter(  # type: ignore[union-attr]
                Q(pk__in=allowed) | Q(pk__in=held)
            )

    def _held(self) -> frozenset[Reference]:
        if not hasattr(self, "_held_references"):
            self._held_references = frozenset(held_references(self.instance))  # type: ignore[attr-defined]
        return self._held_references

    def full_clean(self) -> None:
        """Remember what the object pointed at before the form changes it."""
        if self._is_limited():
            self._held()
        super().full_clean()  # type: ignore[misc]

    def is_valid(self) -> bool:
        """Validate as usual; raise PermissionDenied for a foreign reference."""
        valid: bool = super().is_valid()  # type: ignore[misc]
        if self._is_limited():
            self._refuse_foreign()
        return valid

    def _refuse_foreign(self) -> None:
        new: dict[type[Model], set[str]] = defaultdict(set)
        for model, key in set(posted_references(self)) - self._held():
            new[model].add(key)
        for model, keys in new.items():
            numbers = {key for key in keys if key.isdecimal()}
            known = model._default_manager.filter(pk__in=numbers)
            allowed = choosable(self.for_user, model).values("pk")  # type: ignore[attr-defined]
            if known.exclude(pk__in=allowed).exists():
                raise PermissionDenied


class OwnReferencesPageForm(OwnReferencesMixin, WagtailAdminPageForm):
    """The page form of every page type of the portal."""
