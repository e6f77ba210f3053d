"""Every address of the admin, filled with the objects of one agency."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.urls.resolvers import ResolverMatch

from services.accounts.states import Role
from tests.integration.services.accounts.wall.world import Side, World

PAGE_ARGUMENTS = (
    "page_id", "parent_page_id", "page_to_move_id", "destination_id", "page_pk",
)  # fmt: skip
UNNAMED = {
    "wagtail.admin.views.home.default": "/admin/khong-co/",
    "django.views.generic.base.TemplateView": "/admin/test404/",
}
LABELS = [
    ("catalogue", "procedurepage"), ("wagtailcore", "page"), ("core", "portalimage"),
    ("core", "portaldocument"), ("catalogue", "outagenotice"), ("catalogue", "sector"),
    ("accounts", "agencymembership"),
]  # fmt: skip
BULK = ["delete", "move", "publish", "unpublish", "add_to_collection", "add_tags"]
ACTIONS = ["approve", "reject", "cancel", "publish", "delete", "copy", "copy_for_translation"]


def walk(
    resolver: URLResolver, prefix: str = "", spaces: tuple[str, ...] = ()
) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """This function will yield route, view name and argument names of all patterns."""
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from walk(pattern, route, inner)
        elif isinstance(pattern, URLPattern):
            match = ResolverMatch(
                pattern.callback, (), {}, pattern.name, [], [s for s in spaces if s], route
            )
            names = tuple(pattern.pattern.regex.groupindex)
            yield route, match.view_name, names


def admin_views() -> dict[str, list[tuple[str, ...]]]:
    """This function will return the argument names of each view name of the admin."""
    start = reverse("wagtailadmin_home").lstrip("/")
    found: dict[str, list[tuple[str, ...]]] = {}
    for route, name, arguments in walk(get_resolver()):
        if route.startswith(start):
            found.setdefault(name, []).append(arguments)
    return found


def keys_of(name: str, side: Side, world: World) -> list[Any]:
    """This function will return what `pk` may be in the address `name`."""
    extra = side.extra
    by_prefix = {
        "wagtailimages": [side.image.pk],
        "wagtailadmin_api:images": [side.image.pk],
        "wagtaildocs": [side.document.pk],
        "wagtailadmin_api:documents": [side.document.pk],
        "wagtailadmin_collections": [extra["collection"].pk],
        "wagtailusers_users": [side.people[Role.EDITOR].pk],
        "wagtailusers_groups": [extra["group"].pk],
        "agency_members": [extra["membership"].pk],
        "citizen_desk": [extra["opening"].pk],
        "bulk_changes": [change.pk for change in extra["changes"]],
        "transfers": [run.pk for run in extra["imports"]],
        "wagtailsnippets_catalogue_outagenotice": [extra["outage"].pk],
        "wagtailsnippetchoosers_catalogue_outagenotice": [extra["outage"].pk],
        "wagtailadmin_workflows": [extra["access"].workflow_id, extra["access"].task_id],
    }
    for model, key in (("sector", "sector"), ("lifeevent", "life_event"), ("legaldocument", "law")):
        for kind in ("wagtailsnippets", "wagtailsnippetchoosers"):
            by_prefix[f"{kind}_catalogue_{model}"] = [world.shared[key].pk]
    for prefix in sorted(by_prefix, key=len, reverse=True):
        if name.startswith(prefix):
            return by_prefix[prefix]
    return [page.pk for page in side.pages] if "pages" in name else [1]


def values_of(argument: str, name: str, side: Side, world: World) -> list[Any]:
    """This function will return what an argument of the address `name` may be."""
    extra, page = side.extra, [item.pk for item in side.pages]
    revision = [item.latest_revision_id or 1 for item in side.pages]
    fixed: dict[str, list[Any]] = {
        **dict.fromkeys(PAGE_ARGUMENTS, page),
        "image_id": [side.image.pk],
        "document_id": [side.document.pk],
        "doc_id": [side.document.pk],
        "collection_id": [extra["collection"].pk],
        **dict.fromkeys(("revision_id", "revision_id_a", "revision_id_b"), revision),
        "task_id": [extra["access"].task_id],
        "task_state_id": [extra["task_state"].pk],
        "workflow_state_id": [extra["workflow_state"].pk],
        "workflow_pk": [extra["access"].workflow_id],
        "uploaded_file_id": [extra["uploaded"].pk],
        "translation_id": [found.pk for found in extra["translations"]],
        "translation_source_id": [found.source_id for found in extra["translations"]],
        "string_segment_id": [segment.pk for segment in extra["segments"]],
        "overridable_segment_id": [1],
        "session_id": [1],
        "redirect_id": [1],
        "mode": ["default"],
        "filter_spec": ["max-165x165"],
        "uidb64": ["MQ"],
        "token": ["x-y"],
        "action_name": ACTIONS[:2],
        "action": BULK if "bulk" in name else ACTIONS,
    }
    return fixed[argument] if argument in fixed else keys_of(name, side, world)


def labels_of(arguments: tuple[str, ...], name: str) -> list[dict[str, str]]:
    """This function will return pairs of app and model for addresses that name them."""
    for app, model in (
        ("app_label", "model_name"),
        ("app_name", "model_name"),
        ("content_type_app_name", "content_type_model_name"),
    ):
        if app in arguments:
            labels = LABELS
            if "settings" in name:
                labels = [("core", "portalsettings")]
            elif "tag" in name:
                labels = [("taggit", "tag")]
            elif "workflows" in name:
                labels = [("wagtailcore", "groupapprovaltask")]
            elif "bulk" in name:
                labels = LABELS[1:5]
            elif app == "content_type_app_name" or "choose_parent" in name:
                labels = [("catalogue", "procedurepage")]
            return [{app: label[0], model: label[1]} for label in labels]
    return [{}]


def objects_of(label: dict[str, str], side: Side) -> list[Any]:
    """This function will return keys of `side` for the model that an address names."""
    extra = side.extra
    known = {
        "portalimage": [side.image.pk],
        "portaldocument": [side.document.pk],
        "outagenotice": [extra["outage"].pk],
        "agencymembership": [extra["membership"].pk],
        "sector": [1],
    }
    model = next((v for k, v in label.items() if "model" in k), "")
    return known.get(model, [page.pk for page in side.pages])


def fill(
    name: str, arguments: tuple[str, ...], sides: tuple[Side, ...], world: World
) -> Iterator[str]:
    """This function will yield the address with the objects of `sides`, one side an argument.

    A shorter list of sides is repeated by its last one, so that mixed addresses can be asked for.
    """
    if name in UNNAMED:
        yield UNNAMED[name]
        return
    for label in labels_of(arguments, name):
        free = [a for a in arguments if a not in label]
        choices = []
        for number, argument in enumerate(free):
            side = sides[min(number, len(sides) - 1)]
            if label and argument in {"object_id", "pk"}:
                choices.append(objects_of(label, side))
            else:
                choices.append(values_of(argument, name, side, world))
        crossed = "action" in free or "action_name" in free
        for row in rows_of(choices, crossed=crossed):
            yield address_of(name, {**label, **dict(zip(free, row, strict=True))})


def rows_of(choices: list[list[Any]], *, crossed: bool) -> Iterator[tuple[Any, ...]]:
    """This function will combine values: each with each, or side by side."""
    if crossed or not choices:
        yield from itertools.product(*choices)
        return
    width = max(len(values) for values in choices)
    columns = [list(itertools.islice(itertools.cycle(values), width)) for values in choices]
    yield from zip(*columns, strict=True)


def address_of(name: str, arguments: dict[str, Any]) -> str:
    """This function will reverse an address; its API wraps regular expressions in paths."""
    try:
        return reverse(name, kwargs=arguments)
    except NoReverseMatch:
        return reverse(name, kwargs={k: str(v) for k, v in arguments.items()})
