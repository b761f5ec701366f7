"""Somebody saves once a second while 100,000 units come into the memory of the same desk, and are indexed.

    python tests/bench/saving.py [UNITS]

prints how long the answers took, and how many were no success.
"""

import statistics
import sys
import tempfile
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.saving import a_bitext, import_memory, saves_beside, tmx


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        desk = Path(folder, "desk.db")
        unit = a_bitext(desk)
        file = tmx(Path(folder, "large.tmx"), count)
        answers = saves_beside(desk, unit, partial(import_memory, file=file), every=1)
    seconds = sorted(answer.seconds for answer in answers)
    failed = sum(answer.status != 200 for answer in answers)
    print(f"{len(answers)} saves beside an import of {count:,} units: {failed} failed")
    print(f"median {statistics.median(seconds):.3f} s, longest {seconds[-1]:.3f} s")


if __name__ == "__main__":
    main()
