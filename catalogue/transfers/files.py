"""The uploaded file: its limits, its checksum, and how a private file is read again."""

from __future__ import annotations

import hashlib
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from catalogue.interchange.files import format_of, read_file
from catalogue.interchange.problems import UnreadableFileError
from catalogue.models import ImportRun, ImportState

LARGEST_FILE = 20 * 1024 * 1024  # bytes
READ_AT_ONCE = 256 * 1024  # bytes; a file of this size is read while the person waits
UNPACKED_AT_ONCE = 8 * 1024 * 1024  # bytes; a small archive may hold much
A_PART = 1024 * 1024


def checksum_of(parts: Iterator[bytes]) -> str:
    """Return the SHA-256 of a file."""
    found = hashlib.sha256()
    for part in parts:
        found.update(part)
    return found.hexdigest()


def check_upload(upload: Any) -> str:
    """Return the format of an uploaded file; raise `UnreadableFileError` for what is none.

    A small one is read to its end, so that its faults as a whole are told beside the field.
    """
    file_format = format_of(Path(upload.name))
    if upload.size > LARGEST_FILE:
        raise UnreadableFileError(
            _("The file is too large: at most %(limit)d MB. Split it into several files.")
            % {"limit": LARGEST_FILE // A_PART}
        )
    if upload.size <= READ_AT_ONCE:
        with copied(upload, file_format) as path:
            if _unpacked_size(path) <= UNPACKED_AT_ONCE:
                read_file(path, file_format)
    return file_format


def _unpacked_size(path: Path) -> int:
    """Return how large a workbook is when unpacked; zero for what is no archive."""
    try:
        with zipfile.ZipFile(path) as archive:
            return sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return 0  # reading it will say so


@contextmanager
def copied(file: Any, file_format: str) -> Iterator[Path]:
    """Give a file of any storage a place in the file system for a while."""
    with tempfile.TemporaryDirectory(prefix="import-") as folder:
        path = Path(folder) / f"file.{file_format}"
        with path.open("wb") as target:
            for part in file.chunks(A_PART):
                target.write(part)
        yield path


@contextmanager
def kept_file(run: ImportRun) -> Iterator[Path]:
    """Give the kept file; raise `UnreadableFileError` if it is not the one that was uploaded."""
    if not run.file:
        raise UnreadableFileError(_("The file has been deleted. Upload it again."))
    try:
        with run.file.open("rb") as kept, copied(kept, run.file_format) as path:
            with path.open("rb") as copy:
                found = checksum_of(iter(lambda: copy.read(A_PART), b""))
            if found != run.checksum:
                raise UnreadableFileError(
                    _("The kept file is not the one that was uploaded. Upload it again.")
                )
            yield path
    except FileNotFoundError as error:
        raise UnreadableFileError(_("The file has been deleted. Upload it again.")) from error


def forget_file(run: ImportRun) -> None:
    """Delete the kept file of an import; without it nothing can be decided any more."""
    name = run.file.name
    ImportRun.objects.filter(pk=run.pk, state=ImportState.PREVIEWED).update(
        state=ImportState.EXPIRED
    )
    forgotten = ImportRun.objects.filter(pk=run.pk).exclude(
        state__in=(ImportState.PREPARING, ImportState.APPLYING)
    )
    if name and forgotten.update(file=""):
        run.file.storage.delete(name)
