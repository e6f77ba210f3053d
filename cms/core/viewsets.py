"""Admin viewsets that ask the permission policy about each object.

Wagtail's own views ask the policy about the model alone. Every viewset of something that belongs
to somebody takes this mixin first.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest

from cms.core.ownership import includes, own


class ScopedObject:
    """A view with a key in its address: a foreign object is not there."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Raise Http404 for an object that is not the user's."""
        key = kwargs.get("pk") or (args[0] if args else None)
        model = getattr(self, "model", None)
        if key is not None and model is not None and not includes(own(request.user, model), [key]):
            raise Http404
        super().setup(request, *args, **kwargs)  # type: ignore[misc]


class ScopedList(ScopedObject):
    """A list, its results and its export: foreign objects are left out."""

    request: HttpRequest
    model: Any

    def get_base_queryset(self) -> Any:
        """Return what the view lists, without foreign objects."""
        found = super().get_base_queryset()  # type: ignore[misc]
        if found.model is not self.model:
            return found
        return found.filter(pk__in=own(self.request.user, self.model).values("pk"))


class ScopedViewSetMixin:
    """Before ModelViewSet or SnippetViewSet: scopes each of its views."""

    def construct_view(self, view_class: type[Any], **kwargs: Any) -> Any:
        """Wrap the view class in the scope that fits it."""
        scope = ScopedList if hasattr(view_class, "get_base_queryset") else ScopedObject
        scoped = type(view_class.__name__, (scope, view_class), {"__module__": __name__})
        return super().construct_view(scoped, **kwargs)  # type: ignore[misc]
