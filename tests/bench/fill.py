"""Fill the configured database with N published procedures made from the real register.

Rows beyond the register's own are copies under codes of their own. Prints the address of the
procedure whose stored snapshot is the median one in size.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from itertools import islice
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent.parent
REGISTER = ROOT / "home/demo/data/national_procedures.jsonl"


def rows(number: int) -> list[dict[str, object]]:
    """The first `number` rows of the register, and then copies of them."""
    with REGISTER.open(encoding="utf-8") as file:
        real = [json.loads(line) for line in file]
    copies = (
        {**row, "code": f"{9 - round_}.9{index:05d}", "name": f"{row['name']} ({round_ + 2})"}
        for round_ in range(4)
        for index, row in enumerate(real)
    )
    return [*real[:number], *islice(copies, max(0, number - len(real)))]


def main(number: int) -> None:
    """Import and print the address to measure."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")
    sys.path.insert(0, str(ROOT))
    django.setup()
    from django.core.management import call_command
    from django.db.models.functions import Length

    from catalogue.models import ProcedureListing

    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        for row in rows(number):
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
        file.flush()
        call_command("import_procedures", file.name, "--publish")
    listed = ProcedureListing.objects.annotate(size=Length("snapshot")).order_by("size", "key")
    middle = listed.values_list("url", flat=True)[number // 2]
    print(middle)


if __name__ == "__main__":
    main(int(sys.argv[1]))
