"""The wall around an import: rows that reach beyond what the person may touch are faults.

A row of another agency is told to be one, and nothing else of it: neither its name nor whether it
is public. What such a row holds is not looked at any further.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from catalogue.importers.directory import Directory, Known
from catalogue.importers.placing import Placement
from catalogue.importers.plans import Plan
from catalogue.importers.shared import adds_shared, find_term
from catalogue.importers.sources import Candidate, Content
from catalogue.interchange.raw import Reading
from catalogue.models import AgencyPage, GuidePage, RequiredDocument
from catalogue.transfers.reach import Reach, translated_pages
from cms.core.models import PortalDocument
from cms.core.ownership import choosable, own

SHARED = "shared"  # a note: records that procedures share were not read


class Wall:
    """Bounds one import; `bound` is the path of the agency to which it is bounded, or empty."""

    def __init__(
        self, user: Any, reach: Reach, bound: str, directory: Directory, reading: Reading
    ) -> None:
        self.user, self.reach, self.bound = user, reach, bound
        self.directory, self.reading = directory, reading
        self.paths = {agency.path: path for path, agency in directory.agencies.items()}
        self.notes: list[str] = []

    def bind(self, content: Content, plan: Plan) -> None:
        """Report and take out rows that are not the person's; give new ones their agency."""
        coming = set(content.shared.get("agency", {}))
        foreign = set()
        for candidate in plan.new:
            if not self._places(candidate, coming):
                foreign.add(candidate.key)
        for candidate in (*plan.changed, *plan.same):
            if not self._keeps(candidate, plan.pages[candidate.key]):
                foreign.add(candidate.key)
        _take_out(content, plan, foreign)
        if not self.reach.everything:
            self._hide()
            self._check_shared(content)
            self._check_links(content)
            self._check_translations(content, plan)

    def _refuse(self, candidate: Candidate, name: str, reason: str) -> None:
        self.reading.refuse_in(candidate.raw, name, reason)

    def _places(self, candidate: Candidate, coming: set[str]) -> bool:
        """Whether a new procedure may be made where it belongs."""
        named = candidate.record.get("agency")
        if named in coming and named not in self.directory.agencies and self.reach.everything:
            within = not self.bound or named.startswith(f"{self.bound}/")
            return within or self._refuse_agency(candidate)
        path = Placement(self.directory).owner_path(candidate)
        if named and path is None:
            return True  # said by the checks of the importers
        if path and self.reach.adds_below(self.directory.agencies[path]):
            return True
        if named or not self.bound:
            return (not named and self.reach.everything) or self._refuse_agency(candidate)
        candidate.record["agency"] = self.bound
        allowed = self.reach.adds_below(self.directory.agencies[self.bound])
        return allowed or self._refuse_agency(candidate)

    def _refuse_agency(self, candidate: Candidate) -> bool:
        reason = _("is another agency's: you may not add procedures there")
        if self.bound:
            reason = _("is not within “%(name)s”, into which this file is imported") % {
                "name": self.directory.agencies[self.bound].title
            }
        self._refuse(candidate, "agency", reason)
        return False

    def _keeps(self, candidate: Candidate, page: Known) -> bool:
        """Whether a procedure that exists may be changed, and stays where it is."""
        if not self.reach.changes(page):
            reason = _("is not yours: this code belongs to another agency. Take the row out")
            if self.reach.owns(page):
                reason = _("lies outside the agency into which this file is imported")
            self._refuse(candidate, "key", reason)
            return False
        named = candidate.record.get("agency")
        wanted = self.directory.find_agency(named) if named else None
        if wanted and self.directory.agencies[wanted].path != page.parent_path:
            here = self.paths.get(page.parent_path, "")
            reason = _("differs: the page lies at “%(path)s”. Move the page first, or write that")
            self._refuse(candidate, "agency", reason % {"path": here})
        return True

    def _hide(self) -> None:
        """Forget what the person may not point at: drafts and files of others."""
        hidden = {
            known.pk
            for known in self.directory.by_uuid.values()
            if not known.live and not self.reach.owns(known)
        }
        foreign = [k for k in self.directory.by_uuid.values() if not self.reach.owns(k)]
        self.directory.unnamed = {known.key for known in foreign}
        known_keys = self.directory.procedures
        self.directory.procedures = {k: v for k, v in known_keys.items() if v.pk not in hidden}
        guides = choosable(self.user, GuidePage).filter(locale=self.directory.locale)
        self.directory.guides = dict(guides.values_list("slug", "pk"))
        rows = RequiredDocument.objects.filter(page_id__in=self.reach.changeable)
        used = rows.exclude(form_file=None).values("form_file_id")
        mine = own(self.user, PortalDocument).order_by().values("pk")
        self.directory.load_forms(PortalDocument.objects.filter(Q(pk__in=mine) | Q(pk__in=used)))

    def _check_shared(self, content: Content) -> None:
        """Everything that procedures share must be there: only administrators make it."""
        if adds_shared(content, self.directory):
            self.notes.append(SHARED)
        content.shared = {}
        directory = self.directory
        for candidate in content.candidates:
            record = candidate.record
            missing = [
                ("sectors", name)
                for name in record.get("sectors", [])
                if find_term(directory.sectors, name) is None
            ]
            missing += [
                ("life_events", name)
                for name in record.get("life_events", [])
                if find_term(directory.life_events, name) is None
            ]
            missing += [
                ("legal_bases", number)
                for number in record.get("legal_bases", [])
                if number not in directory.documents
            ]
            for field, name in missing:
                reason = _(
                    "names “%(name)s”, which the portal has not: choose one that it has, "
                    "or ask the administrators of the portal to add it"
                )
                self._refuse(candidate, field, reason % {"name": name[:120]})

    def _check_links(self, content: Content) -> None:
        """Counters may be named that are public or the person's own."""
        shown = set(choosable(self.user, AgencyPage).values_list("pk", flat=True))
        for candidate in content.candidates:
            for name in candidate.record.get("handled_at", []):
                path = self.directory.find_agency(name)
                if path and self.directory.agencies[path].pk not in shown:
                    reason = _("there is no agency “%(name)s”") % {"name": name}
                    self._refuse(candidate, "handled_at", reason)

    def _check_translations(self, content: Content, plan: Plan) -> None:
        """A translation is changed by who may change it, and begun by who may translate."""
        translated = [c for c in content.candidates if c.record.get("translations")]
        uuids = {c.key: plan.pages[c.key].uuid for c in translated if c.key in plan.pages}
        known = translated_pages(self.user, list(uuids.values()))
        may_begin = self.user.has_perm("wagtail_localize.submit_translation")
        for candidate in translated:
            if not known.get(uuids.get(candidate.key), may_begin):
                reason = _("you may not change this translation. Leave it out")
                self._refuse(candidate, "translations", reason)


def _take_out(content: Content, plan: Plan, keys: set[str]) -> None:
    content.candidates = [c for c in content.candidates if c.key not in keys]
    plan.new = [c for c in plan.new if c.key not in keys]
    plan.changed = [c for c in plan.changed if c.key not in keys]
    plan.same = [c for c in plan.same if c.key not in keys]
