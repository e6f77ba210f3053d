"""`make bench ARGS="serving --procedures 250"`: run one measurement, or list them."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
NOT_MEASUREMENTS = {"__init__", "__main__", "bare", "fill", "search_entries", "search_raw"}


def main() -> None:
    """Run the named script with the rest of the arguments."""
    names = sorted(p.stem for p in HERE.glob("*.py") if p.stem not in NOT_MEASUREMENTS)
    if len(sys.argv) < 2 or sys.argv[1] not in names:
        print("Measurements: " + ", ".join(names))
        print('For example: make bench ARGS="serving --procedures 250 10000"')
        return
    name = sys.argv.pop(1)
    runpy.run_path(str(HERE / f"{name}.py"), run_name="__main__")


if __name__ == "__main__":
    main()
