"""The table of role × address × own and foreign: who opens what.

`openings.txt` holds a line an address: its name, the letters of those who open it with objects of
their own agency, and of those who open it with the other agency's. An address that is not in the
table fails, so that whoever adds one decides who may open it. What an open address shows of the
other agency, and that nothing changes, is for `test_attack` to say.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, TestCase
from django.urls import reverse
from django.utils.http import urlencode

from services.accounts.states import Role
from tests.integration.services.accounts.wall.addresses import admin_views, fill
from tests.integration.services.accounts.wall.test_attack import SKIPPED, listed_ids, quiet
from tests.integration.services.accounts.wall.world import Side, World, make_world

TABLE = Path(__file__).with_name("openings.txt")
# One letter a role; a citizen has an account and no role, a stranger is not signed in.
LETTERS = {
    "editor": "E",
    "reviewer": "R",
    "officer": "O",
    "head": "H",
    "administrator": "A",
    "translator": "T",
    "citizen": "C",
    "stranger": "S",
}
NOBODY, NO_OBJECT = "-", "."
Openings = tuple[str, str]


def read_table() -> dict[str, Openings]:
    """This function will return the letters for own and for foreign objects, by address."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    rows = (line.split() for line in lines if line and not line.startswith("#"))
    return {name: (own, foreign) for name, own, foreign in rows}


def is_opened(answer: HttpResponse) -> bool:
    """Whether a view answered: neither refused, nor sent back to the desk."""
    if answer.status_code in {403, 404}:
        return False
    refused = {reverse("wagtailadmin_home"), reverse("account_login")}
    location = answer.headers.get("Location", "").split("?")[0]
    return not (answer.status_code == 302 and location in refused)


def test_the_table_names_every_address() -> None:
    named, found = set(read_table()), set(admin_views()) - SKIPPED
    assert not found - named, f"say in {TABLE.name} who opens {sorted(found - named)}"
    assert not named - found, f"{TABLE.name} names what is gone: {sorted(named - found)}"


def test_every_role_has_a_letter() -> None:
    assert {role.value for role in Role} <= set(LETTERS)


@pytest.mark.slow
class Roles(TestCase):
    """Each role, a citizen and a stranger at every address of both agencies."""

    world: World

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.world = make_world()
        cls.enterClassContext(quiet())

    def openings(self, client: Client, side: Side) -> set[str]:
        """Return the names of the addresses that somebody opens with one of this side's objects."""
        found = set()
        for name, signatures in admin_views().items():
            for arguments in signatures if name not in SKIPPED else ():
                for address in fill(name, arguments, (side,), self.world):
                    ids = listed_ids(name, address, side)
                    where = f"{address}?{urlencode(ids, doseq=True)}" if ids else address
                    if name not in found and self.opens(client, where):
                        found.add(name)
        return found

    def opens(self, client: Client, address: str) -> bool:
        with transaction.atomic():
            opened = is_opened(client.get(address))
            transaction.set_rollback(True)
        return opened

    def readers(self) -> dict[str, Client]:
        people: dict[str, Any] = {r.value: user for r, user in self.world.ours.people.items()}
        people |= {"citizen": self.world.shared["citizen"], "stranger": None}
        found = {}
        for who in sorted(people, key=list(LETTERS).index):
            found[LETTERS[who]] = client = Client(raise_request_exception=False)
            if people[who] is not None:
                client.force_login(people[who])
        return found

    def test_table(self) -> None:
        names = set(admin_views()) - SKIPPED
        own, foreign = (dict.fromkeys(names, "") for _side in range(2))
        for letter, client in self.readers().items():
            for side, table in ((self.world.ours, own), (self.world.theirs, foreign)):
                for name in self.openings(client, side):
                    table[name] += letter
        expected, differences = read_table(), []
        for name in sorted(names):
            has_object = any(admin_views()[name]) or name.endswith("chosen_multiple")
            other = foreign[name] or NOBODY if has_object else NO_OBJECT
            found = (own[name] or NOBODY, other)
            if found != expected.get(name):
                differences.append(f"{name} {' '.join(found)}   # not {expected.get(name)}")
        assert not differences, "\n".join(["who opens these is not as written:", *differences])
