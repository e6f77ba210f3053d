"""Lighthouse on phone settings against a running portal; prints a table, gates nothing.

    python tests/bench/lighthouse.py [--base http://127.0.0.1:8000] [--path / ...]

Needs Node.js with npx and a Chromium (CHROME_PATH, /usr/bin/chromium by default). Paths default to
one page of every kind in both languages, taken from the portal's own sitemap and links.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import tempfile
from pathlib import Path

LIGHTHOUSE = "lighthouse@12.8.2"
PATHS = ("/", "/thu-tuc/", "/co-quan/", "/huong-dan/", "/tin-tuc/", "/linh-vuc/", "/en/")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
WANTED = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
CHROME = "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage"


def measure(url: str, folder: Path) -> dict[str, int]:
    """Run Lighthouse once and return the scores of its categories, 0 to 100."""
    report = folder / "report.json"
    command = ["npx", "--yes", LIGHTHOUSE, url, "--quiet", f"--chrome-flags={CHROME}"]
    command += ["--output=json", f"--output-path={report}"]
    env = {"CHROME_PATH": "/usr/bin/chromium", **os.environ}
    subprocess.run(command, check=True, env=env, stdout=subprocess.DEVNULL)
    categories = json.loads(report.read_text(encoding="utf-8"))["categories"]
    return {name: round(100 * (categories[name]["score"] or 0)) for name in CATEGORIES}


def main() -> None:
    """Measure every path and print its scores; a score below the aim is marked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", default="http://127.0.0.1:8000")
    parser.add_argument("--path", nargs="+", default=list(PATHS))
    options = parser.parse_args()
    print(f"{'page':<48}" + "".join(f"{name:>16}" for name in CATEGORIES))
    with tempfile.TemporaryDirectory() as name:
        for path in options.path:
            scores = measure(options.base + path, Path(name))
            marks = (f"{s}{'' if s >= WANTED[c] else ' !'}" for c, s in scores.items())
            print(f"{path:<48}" + "".join(f"{mark:>16}" for mark in marks), flush=True)


if __name__ == "__main__":
    main()
