"""Where a procedure belongs: below which agency, and which counters receive it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from catalogue.choices import AgencyKind, AuthorityLevel
from catalogue.importers.directory import Directory
from catalogue.importers.sources import Candidate
from cms.core.vietnamese import fold


@dataclass(slots=True)
class Placement:
    """Decides owners and counters."""

    directory: Directory

    def owner_path(self, candidate: Candidate) -> str | None:
        """Return the path of the owner; None means the holding page."""
        named = candidate.record.get("agency")
        if named:
            return self.directory.find_agency(named)
        authority = candidate.record.get("authority", "")
        return self.directory.match_agency(authority) or self._register_owner(candidate.owner)

    def _register_owner(self, name: str) -> str | None:
        """Return the one agency whose name is or begins with that of a register's owner."""
        if not name:
            return None
        exact = self.directory.match_agency(name)
        start = fold(name) + " "
        like = {path for folded, path in self.directory.names.items() if folded.startswith(start)}
        return exact or (like.pop() if len(like) == 1 else None)

    def count_unmatched(self, candidates: list[Candidate]) -> Counter[str]:
        """Return how many procedures name each published body that no agency is."""
        return Counter(
            candidate.record.get("authority", "")
            for candidate in candidates
            if "agency" not in candidate.record and self.owner_path(candidate) is None
        )

    def counter_paths(self, candidate: Candidate, owner: str) -> list[str]:
        """Return the paths of the counters that receive a procedure."""
        record = candidate.record
        if not candidate.derives_counters:
            found = (self.directory.find_agency(name) for name in record.get("handled_at", []))
            return sorted({path for path in found if path})
        if self.directory.agencies[owner].kind == AgencyKind.GROUP:
            return [owner]
        kind = self.directory.agencies[owner].kind
        if kind == AgencyKind.GROUP:
            return [owner]  # counters of its own, for example those of the commune police
        levels = set(record.get("authority_levels", []))
        group = self.directory.commune_counters()
        paths = {group} if group and AuthorityLevel.COMMUNE in levels else set()
        is_holding = kind == AgencyKind.HOLDING
        if not is_holding and (not paths or levels - {AuthorityLevel.COMMUNE}):
            paths.add(owner)
        return sorted(paths)
