"""Files that nobody reaches by an address: they lie outside the public folder of uploads.

A model keeps one with `FileField(storage=private_storage)`. This room gives no address for a
file, so that a template that asks for one fails instead of leading somewhere public.
"""

from __future__ import annotations

from django.core.files.storage import FileSystemStorage, Storage, storages


class PrivateStorage(FileSystemStorage):
    """A folder of its own, which only the portal's processes read."""

    def url(self, name: str | None) -> str:
        """Refuse: a private file is sent by a view that has asked who wants it."""
        raise ValueError("a private file has no address")


def private_storage() -> Storage:
    """Return the storage of private files, as the settings name it."""
    found: Storage = storages["private"]
    return found
