"""Whether two stored values of a field mean the same to an editor.

A form writes `430000` where an import wrote `430000.00`, an empty text where there was none, and
gives every paragraph a new key: nobody has changed anything.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from modelcluster.models import get_all_child_relations
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.fields import RichTextField, StreamField
from wagtail.models import COMMENTS_RELATION_NAME, Page, TranslatableMixin
from wagtail.rich_text import features as known_features

from cms.core.editing.merging import ORDER, Content, Path

BLOCK_KEY = re.compile(r'\s*data-block-key=\\?"[^"\\]*\\?"')
EMPTY: tuple[Any, ...] = (None, "", [], {}, "[]")


def content_of(page: Page) -> Content:
    """Return what a revision of `page` would hold, without the comments in its margin."""
    content: Content = json.loads(json.dumps(page.serializable_data(), cls=DjangoJSONEncoder))
    content.pop(COMMENTS_RELATION_NAME, None)
    return content


def relations_of(model: type[Page]) -> dict[str, type[models.Model]]:
    """Return the models of the rows of a page type by the name of their relation."""
    found = {rel.get_accessor_name(): rel.related_model for rel in get_all_child_relations(model)}
    found.pop(COMMENTS_RELATION_NAME, None)
    return found


def row_keys(model: type[Page]) -> dict[str, str]:
    """Return what names a row of each relation: its UUID where it has one, else its number."""
    return {
        name: "translation_key" if issubclass(row, TranslatableMixin) else "pk"
        for name, row in relations_of(model).items()
    }


class Sameness:
    """Compares stored values of the fields of one page type."""

    def __init__(self, model: type[Page]) -> None:
        self.model = model
        self.relations = relations_of(model)

    def __call__(self, path: Path, first: Any, second: Any) -> bool:
        """Whether both values at `path` mean the same."""
        if first == second or (first in EMPTY and second in EMPTY):
            return True
        if path[0] in self.relations and len(path) < 3:
            return _bare_rows(first) == _bare_rows(second)
        field = self.field_at(path)
        return bool(_normal(field, first) == _normal(field, second))

    def field_at(self, path: Path) -> models.Field[Any, Any] | None:
        """Return the model field at `path`, if there is one."""
        model = self.relations.get(path[0], self.model) if len(path) == 3 else self.model
        try:
            found: Any = model._meta.get_field(path[-1])
        except FieldDoesNotExist:
            return None
        return found


def _bare_rows(rows: Any) -> Any:
    """Return rows without their numbers and places."""
    if not isinstance(rows, list):
        return rows
    skipped = {"pk", ORDER}
    return [{name: value for name, value in row.items() if name not in skipped} for row in rows]


def _normal(field: Any, value: Any) -> Any:
    if value in EMPTY:
        return None
    if isinstance(value, list):
        return sorted(map(str, value))  # ticked codes, chosen objects: their order says nothing
    for kind, normal in _NORMAL.items():
        if isinstance(field, kind) and isinstance(value, str):
            return normal(field, value)
    return value


def _normal_number(field: Any, value: str) -> Any:
    try:
        return Decimal(field.to_python(value))
    except ValidationError:
        return value


def _normal_stream(field: Any, value: str) -> Any:
    return json.loads(BLOCK_KEY.sub("", value))


def _normal_html(field: Any, value: str) -> str:
    """Return rich text as the editor would write it."""
    allowed = field.features or known_features.get_default_features()
    converter = ContentstateConverter(allowed)
    written: str = converter.to_database_format(converter.from_database_format(value))
    return BLOCK_KEY.sub("", written)


_NORMAL: dict[type[models.Field[Any, Any]], Callable[[Any, str], Any]] = {
    RichTextField: _normal_html,
    StreamField: _normal_stream,
    models.DecimalField: _normal_number,
}
