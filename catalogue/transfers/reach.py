"""What one import may touch, read from Wagtail's own permissions on pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from wagtail.models import Locale, Page
from wagtail.permissions import policy_registry

from catalogue.bulk.permissions import editable_procedures, work_of
from catalogue.importers.directory import Known
from catalogue.models import AgencyPage, ImportRun, ProcedurePage


def runs_visible_to(user: Any) -> QuerySet[ImportRun]:
    """Return the imports that `user` made; all of them for the portal's administrators."""
    return work_of(user, ImportRun)


def is_administrator(user: Any) -> bool:
    """Whether `user` may do anything in the whole portal."""
    return bool(user.is_superuser and user.is_active)


def importable_agencies(user: Any) -> QuerySet[AgencyPage]:
    """Return the agencies and units below which `user` may add or edit pages, as the tree has
    them."""
    found = AgencyPage.objects.filter(locale=Locale.get_default()).order_by("path")
    if is_administrator(user):
        return found
    policy = policy_registry.get_by_type(Page)
    allowed = policy.instances_user_has_any_permission_for(user, ["add", "change"])
    return found.filter(pk__in=allowed.order_by().values("pk"))


def may_transfer(user: Any) -> bool:
    """Whether the screens of import and export are for `user`."""
    return is_administrator(user) or importable_agencies(user).exists()


def is_importable(user: Any, page: Page) -> bool:
    """Whether a page is an agency below which `user` may add or edit pages."""
    return page.specific_class is AgencyPage and (
        importable_agencies(user).filter(pk=page.pk).exists()
    )


@dataclass(frozen=True, slots=True)
class Reach:
    """The pages that an import may touch: below one agency, and within the person's rights.

    `everything` is true for portal administrators, who may also make what procedures share.
    `tree` is the place of the bounding agency in the tree of pages, empty without one.
    """

    everything: bool
    tree: str
    changeable: frozenset[int]
    addable: frozenset[int]

    @classmethod
    def of(cls, user: Any, agency: AgencyPage | None) -> Reach:
        """Read what `user` may do, bounded by `agency`."""
        tree = agency.path if agency else ""
        if is_administrator(user):
            return cls(True, tree, frozenset(), frozenset())
        policy = policy_registry.get_by_type(Page)
        adds = policy.instances_user_has_permission_for(user, "add")
        agencies = AgencyPage.objects.filter(pk__in=adds.order_by().values("pk"))
        return cls(
            False,
            tree,
            frozenset(editable_procedures(user).values_list("pk", flat=True)),
            frozenset(agencies.values_list("pk", flat=True)),
        )

    def changes(self, page: Known) -> bool:
        """Whether a procedure that exists may be changed."""
        return page.parent_path.startswith(self.tree) and self.owns(page)

    def owns(self, page: Known) -> bool:
        """Whether a procedure is the person's own, also outside the bounding agency."""
        return self.everything or page.pk in self.changeable

    def adds_below(self, agency: AgencyPage) -> bool:
        """Whether a procedure may be made below an agency."""
        allowed = self.everything or agency.pk in self.addable
        return allowed and agency.path.startswith(self.tree)


def translated_pages(user: Any, keys: list[Any]) -> dict[Any, bool]:
    """Return for each of these translation keys that has a translation whether it may be
    changed."""
    found = ProcedurePage.objects.filter(translation_key__in=keys, alias_of=None)
    found = found.exclude(locale=Locale.get_default())
    if is_administrator(user):
        return dict.fromkeys(found.values_list("translation_key", flat=True), True)
    policy = policy_registry.get_by_type(Page)
    allowed = policy.instances_user_has_permission_for(user, "change").order_by().values("pk")
    mine = set(found.filter(pk__in=allowed).values_list("pk", flat=True))
    return {key: pk in mine for key, pk in found.values_list("translation_key", "pk")}
