"""Questions about a request to the admin: is what its address and its form name the user's own?

A rule takes the request and the arguments of the address and answers yes or no. Superusers are
never asked. Permissions beyond *own or not* stay Wagtail's business, which asks after us.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.http import HttpRequest
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.models.media import UploadedFile
from wagtail.permissions import policy_registry
from wagtail_localize.models import Translation, TranslationSource

from cms.core.ownership import choosable, explorable, includes, own, own_collections
from services.accounts.models import RecordView
from services.accounts.permissions import user_can_serve_citizens

Arguments = Mapping[str, Any]
Rule = Callable[[HttpRequest, Arguments], bool]

BULK_ACTIONS = {
    "wagtailcore.page": {"delete", "move", "publish", "unpublish"},
    "core.portalimage": {"delete", "add_to_collection"},
    "core.portaldocument": {"delete", "add_to_collection"},
}
BULK_TARGETS = {"move": "chooser", "add_to_collection": "collection"}


def anonymous(request: HttpRequest, arguments: Arguments) -> bool:
    """For everybody, signed in or not: the way to sign in and out."""
    return True


def anyone(request: HttpRequest, arguments: Arguments) -> bool:
    """For everybody who may enter the admin: the view itself shows only what is theirs."""
    return True


def nobody(request: HttpRequest, arguments: Arguments) -> bool:
    """For portal administrators only."""
    return False


def permitted(permission: str) -> Rule:
    """Make a rule: a group gives the user this right; it concerns no agency."""

    def rule(request: HttpRequest, arguments: Arguments) -> bool:
        user: Any = request.user
        return bool(user.has_perm(permission))

    return rule


def officer(request: HttpRequest, arguments: Arguments) -> bool:
    """For who serves citizens at a counter, in whatever agency."""
    return user_can_serve_citizens(request.user)


def opened(request: HttpRequest, arguments: Arguments) -> bool:
    """An opening of a record that the officer wrote down."""
    found = RecordView.objects.filter(viewer_id=request.user.pk)
    return officer(request, arguments) and includes(found, [arguments["pk"]])


def every(*rules: Rule) -> Rule:
    """Make a rule of several that must all say yes."""

    def rule(request: HttpRequest, arguments: Arguments) -> bool:
        return all(one(request, arguments) for one in rules)

    return rule


def owned(label: str, *names: str) -> Rule:
    """Make a rule: the objects of `label` that these arguments name are the user's own."""

    def rule(request: HttpRequest, arguments: Arguments) -> bool:
        keys = [arguments[name] for name in names if name in arguments]
        return bool(keys) and includes(own(request.user, apps.get_model(label)), keys)

    return rule


def pages(*names: str) -> Rule:
    """Make a rule: the pages that these arguments name are the user's own."""
    return owned("wagtailcore.page", *names)


def publishable(name: str) -> Rule:
    """Make a rule: the user may publish the page that this argument names."""

    def rule(request: HttpRequest, arguments: Arguments) -> bool:
        return _may_publish(request.user, [arguments[name]])

    return rule


def posted_pages(*names: str) -> Rule:
    """Make a rule: pages that a form names in these fields are the user's own."""

    def rule(request: HttpRequest, arguments: Arguments) -> bool:
        keys = [k for name in names for k in request.POST.getlist(name) if k]
        return includes(own(request.user, Page), keys)

    return rule


def explored(name: str) -> Rule:
    """Make a rule: the page is the user's own or lies above one that is."""

    def rule(request: HttpRequest, arguments: Arguments) -> bool:
        return includes(explorable(request.user), [arguments[name]])

    return rule


def browsed(request: HttpRequest, arguments: Arguments) -> bool:
    """The chooser opens a page that is live, the user's own, or above one that is."""
    if "parent_page_id" not in arguments:
        return True
    keys = [arguments["parent_page_id"]]
    user = request.user
    return includes(choosable(user, Page), keys) or includes(explorable(user), keys)


def listed(label: str) -> Rule:
    """Make a rule: what `?id=…` asks a chooser about may be chosen."""

    def rule(request: HttpRequest, arguments: Arguments) -> bool:
        return includes(choosable(request.user, apps.get_model(label)), request.GET.getlist("id"))

    return rule


def labelled(request: HttpRequest, arguments: Arguments) -> bool:
    """The address names a model and a key: the object is the user's own."""
    try:
        model = apps.get_model(arguments["app_label"], arguments["model_name"])
    except LookupError:
        return False
    return includes(own(request.user, model), [arguments["object_id"]])


def bulk(request: HttpRequest, arguments: Arguments) -> bool:
    """A known action on objects that are all the user's own; *all* only of an own parent."""
    label = f"{arguments['app_label']}.{arguments['model_name']}"
    action = arguments["action"]
    if action not in BULK_ACTIONS.get(label, ()):
        return False
    keys = request.GET.getlist("id")
    user, model = request.user, apps.get_model(label)
    is_page = label == "wagtailcore.page"
    parents = own(user, Page) if is_page else own_collections(user)
    if "all" in keys and not request.GET.get("childOf"):
        return False
    if request.GET.get("childOf") and not includes(parents, [request.GET["childOf"]]):
        return False
    target = request.POST.get(BULK_TARGETS.get(action, ""))
    if target and not includes(parents, [target]):
        return False
    keys = [key for key in keys if key != "all"]
    return includes(own(user, model), keys)


def uploaded(request: HttpRequest, arguments: Arguments) -> bool:
    """A file that waits for its data was uploaded by the user."""
    found = UploadedFile.objects.filter(uploaded_by_user_id=request.user.pk)
    return includes(found, [arguments["uploaded_file_id"]])


def page_task(request: HttpRequest, arguments: Arguments) -> bool:
    """The task or its state is one that the page is or was in."""
    states = WorkflowState.objects.filter(
        base_content_type__app_label="wagtailcore",
        base_content_type__model="page",
        object_id=str(arguments["page_id"]),
    )
    found = TaskState.objects.filter(workflow_state__in=states)
    if "task_state_id" in arguments:
        return includes(found, [arguments["task_state_id"]])
    return found.filter(task_id=arguments["task_id"]).exists()


def page_revisions(request: HttpRequest, arguments: Arguments) -> bool:
    """The numbered revisions of the address belong to the page."""
    names = ("revision_id", "revision_id_a", "revision_id_b")
    keys = [arguments[name] for name in names if str(arguments.get(name, "")).isdecimal()]
    page = Page.objects.filter(pk=arguments.get("page_id", arguments.get("pk"))).first()
    return page is not None and includes(page.revisions.all(), keys)


def translation(request: HttpRequest, arguments: Arguments) -> bool:
    """Source and target of a translation are the user's own."""
    found = Translation.objects.filter(pk=arguments["translation_id"])
    item = found.select_related("source", "target_locale").first()
    return item is not None and _own_sides(request.user, item.source, [item])


def translatable(name: str) -> Rule:
    """Make a rule: the page is the user's own, or public and theirs to translate.

    A translator has rights on the English pages only: the page above has such a translation.
    """

    def rule(request: HttpRequest, arguments: Arguments) -> bool:
        if includes(own(request.user, Page), [arguments[name]]):
            return True
        page = Page.objects.filter(pk=arguments[name], live=True).first()
        parent = page.get_parent() if page is not None else None
        if page is None or parent is None:
            return False
        keys = [page.translation_key, parent.translation_key]
        found = own(request.user, Page).filter(translation_key__in=keys)
        return bool(found.exclude(locale_id=page.locale_id).exists())

    return rule


def translation_source(request: HttpRequest, arguments: Arguments) -> bool:
    """The source and all its targets are the user's own; publishing needs that right on each."""
    source = TranslationSource.objects.filter(pk=arguments["translation_source_id"]).first()
    if source is None:
        return False
    items = list(source.translations.select_related("source", "target_locale"))
    if not _own_sides(request.user, source, items):
        return False
    if not request.POST.get("publish_translations"):
        return True
    targets = [_target(item) for item in items if item.enabled]
    return all(
        isinstance(target, Page) and _may_publish(request.user, [target.pk]) for target in targets
    )


def _own_sides(user: Any, source: TranslationSource, items: Iterable[Translation]) -> bool:
    """Whether all targets are the user's own, and the source too, or public."""
    origin = source.object.get_instance_or_none(source.locale)
    targets = [_target(item) for item in items]
    if targets and isinstance(origin, Page) and origin.live:
        return all(_is_own(user, target) for target in targets)
    return all(_is_own(user, side) for side in [origin, *targets])


def _is_own(user: Any, item: Model | None) -> bool:
    return item is not None and includes(own(user, type(item)), [item.pk])


def _target(item: Translation) -> Model | None:
    target: Model | None = item.source.object.get_instance_or_none(item.target_locale)
    return target


def _may_publish(user: Any, keys: list[Any]) -> bool:
    policy = policy_registry.get_by_type(Page)
    return includes(policy.instances_user_has_permission_for(user, "publish"), keys)
