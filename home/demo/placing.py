"""Whose a procedure of a register is in the demo province, and which counters receive it."""

from __future__ import annotations

from typing import Any

from catalogue.importers.directory import Directory
from home.demo.sources import read

COMMUNE, PROVINCE = "commune", "province"


class DemoPlacing:
    """Places procedures by the body that the register names, else by sector and level."""

    def __init__(self, directory: Directory) -> None:
        self.directory = directory
        self.rules: dict[str, Any] = read("placing")

    def place_national(self, record: dict[str, Any]) -> None:
        """Name owner and counters in a record of the national register."""
        bodies = self._bodies(record.get("authority", ""))
        levels = set(record.get("authority_levels", []))
        owner = bodies[0] if bodies else self._owner_by_sector(record, levels)
        counters = set(bodies or [owner])
        if COMMUNE in levels and not self._has_own_counters(record):
            counters.add(self.rules["communes"])
        record["agency"], record["handled_at"] = owner, sorted(counters)

    def place_health(self, record: dict[str, Any]) -> None:
        """Name owner and counters in a record of the health department's list."""
        levels = set(record.get("authority_levels", []))
        units = self.rules["health_units"]
        unit = next((units[name] for name in record["sectors"] if name in units), "so-y-te")
        record["agency"] = "so-y-te"
        record["handled_at"] = [self.rules["communes"]] if levels == {COMMUNE} else [unit]

    def _bodies(self, authority: str) -> list[str]:
        """The agencies of the province that the register names, in its order."""
        whole = self.directory.match_agency(authority)
        if whole:
            return [whole]
        parts = [self.directory.match_agency(part.strip()) for part in authority.split(",")]
        return list(dict.fromkeys(path for path in parts if path))

    def _owner_by_sector(self, record: dict[str, Any], levels: set[str]) -> str:
        if COMMUNE in levels and PROVINCE not in levels and not self._has_own_counters(record):
            return str(self.rules["communes"])
        owners = self.rules["owners"]
        found = (owners[name] for name in record.get("sectors", []) if name in owners)
        return str(next(found, self.rules["otherwise"]))

    def _has_own_counters(self, record: dict[str, Any]) -> bool:
        return bool(set(record.get("sectors", [])) & set(self.rules["without_commune_counters"]))
