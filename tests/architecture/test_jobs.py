"""The operators' list of jobs names the same jobs as the table that runs them."""

from __future__ import annotations

import re

from cms.core.clock.jobs import list_jobs
from tests.architecture.sources import ROOT


def test_every_job_is_documented() -> None:
    text = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    section = text.split("## The clock", 1)[1].split("\n## ", 1)[0]
    assert set(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)) == {
        j.name for j in list_jobs()
    }
