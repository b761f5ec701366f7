"""How long the command line takes to begin: the CPU seconds, of user and system, of some helps.

    python tests/bench/startup.py [RUNS]

prints the median of several runs for each.
"""

import os
import statistics
import subprocess
import sys
from pathlib import Path

WORKBENCH = Path(sys.executable).with_name("workbench")
COMMANDS = ("--help", "memory --help", "mt --help", "memory lookup --help", "segment --help", "serve --help")


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    for command in COMMANDS:
        print(f"{statistics.median(cpu(command) for _ in range(runs)):.3f} s  workbench {command}")


def cpu(command: str) -> float:
    """The CPU seconds of one run."""
    before = os.times()
    subprocess.run([WORKBENCH, *command.split()], check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


if __name__ == "__main__":
    main()
