"""What an editor may touch and choose, read from Wagtail's own permissions and nothing else.

*Own* is what somebody may add to, change, publish or lock. *Choosable* is what they may point
at: live pages of everybody and their own drafts; pictures and files of their collections. This
room knows no agency, and changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.admin.utils import unquote
from django.db.models import Model, Q, QuerySet
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, Page
from wagtail.permissions import policy_registry

PAGE_ACTIONS = frozenset({"add", "change", "publish", "bulk_delete", "lock", "unlock"})
MEDIA_ACTIONS = frozenset({"change", "delete", "choose"})
OTHER_ACTIONS = frozenset({"add", "change", "delete", "publish", "view"})


def is_media(model: type[Model]) -> bool:
    """Whether `model` is the portal's picture or file, which live in collections."""
    return issubclass(model, (get_image_model(), get_document_model()))


def own(user: Any, model: type[Model]) -> QuerySet[Any]:
    """Return the objects of `model` on which `user` may do anything but look."""
    if issubclass(model, Page):
        actions = PAGE_ACTIONS
    else:
        actions = MEDIA_ACTIONS if is_media(model) else OTHER_ACTIONS
    if user.is_superuser and user.is_active:
        return model._default_manager.all()
    policy = policy_registry.get_by_type(Page if issubclass(model, Page) else model)
    found: QuerySet[Any] = policy.instances_user_has_any_permission_for(user, actions)
    if issubclass(model, Page) and model is not Page:
        return model._default_manager.filter(pk__in=found.values("pk"))
    return found


def choosable(user: Any, model: type[Model]) -> QuerySet[Any]:
    """Return the objects of `model` at which `user` may point from a page of theirs."""
    if not issubclass(model, Page):
        return own(user, model)
    mine = own(user, Page).values("pk")
    return model._default_manager.filter(Q(live=True) | Q(pk__in=mine))


def reads_drafts(user: Any, page: Page) -> bool:
    """Whether `user` may read what `page` does not show in public. No user: a task of ours."""
    if user is None:
        return True
    policy = policy_registry.get_by_type(Page)
    allowed: bool = policy.user_has_any_permission_for_instance(user, PAGE_ACTIONS, page)
    return allowed


def explorable(user: Any) -> QuerySet[Any]:
    """Return the pages through which the explorer leads `user`: their own and those above."""
    found: QuerySet[Any] = policy_registry.get_by_type(Page).explorable_instances(user)
    return found


def own_collections(user: Any) -> QuerySet[Any]:
    """Return the collections into which `user` may put pictures or files."""
    pictures, files = (
        policy_registry.get_by_type(model).collections_user_has_any_permission_for(
            user, ["add", "change"]
        )
        for model in (get_image_model(), get_document_model())
    )
    return Collection.objects.filter(Q(pk__in=pictures.values("pk")) | Q(pk__in=files.values("pk")))


def includes(found: QuerySet[Any], keys: Iterable[Any]) -> bool:
    """Whether every one of `keys`, as addresses and forms give them, is a key of `found`."""
    wanted = set()
    for key in keys:
        try:
            wanted.add(found.model._meta.pk.to_python(unquote(str(key))))
        except Exception:
            return False
    return found.filter(pk__in=wanted).order_by().distinct().count() == len(wanted)
