"""The report of an import, and the problems of what it left out: for each reason how often, and the first places."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from corpus.errors import NothingImported
from corpus.memory import MemoryImportReport
from corpus.text.messages import Message

# So many places are listed, and so many reasons told apart: a report stays small however bad the file.
LISTED = 1000
_REASONS = 100


@dataclass(frozen=True)
class Problem:
    """A problem in a line of a file (0 where the line is not known)."""

    line: int
    reason: Message


@dataclass
class ImportReport(MemoryImportReport):
    """The report of a file's import, in units: those read are new, merged or skipped.

    `skipped` counts by reason; `problems` has the first of these with their lines, and what was dropped of units that
    were imported all the same, counted in `remarks`.
    """

    skipped: Counter[Message] = field(default_factory=Counter)  # type: ignore[assignment]
    remarks: Counter[Message] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)

    @property
    def imported(self) -> int:
        return self.new + self.merged

    def check(self, name: str) -> None:
        """Raises NothingImported where no unit of the file came in."""
        if not self.read:
            raise NothingImported("{name} has no units: nothing was imported.", name=name)
        if not self.imported:
            raise NothingImported(
                "Nothing of {name} was imported: its {count} units were all skipped.", name=name, count=self.read
            )

    def skip(self, line: int, reason: Message) -> None:
        """Counts a unit that is left out."""
        self._count(self.skipped, line, reason)

    def skip_unread(self, line: int, reason: Message) -> None:
        """Counts a unit that is left out because it could not be read."""
        self.read += 1
        self.skip(line, reason)

    def remark(self, line: int, reason: Message) -> None:
        """Counts what is dropped without leaving the unit out."""
        self._count(self.remarks, line, reason)

    def _count(self, counter: Counter[Message], line: int, reason: Message) -> None:
        if reason not in counter and len(counter) >= _REASONS:
            counter[Message("another reason")] += 1
        else:
            counter[reason] += 1
        if len(self.problems) < LISTED:
            self.problems.append(Problem(line, reason))

    def described(self) -> dict[str, Any]:
        """The report as plain data, in English."""
        return {
            "read": self.read,
            "new": self.new,
            "merged": self.merged,
            "skipped": dict(self.skipped),
            "remarks": dict(self.remarks),
            "problems": [{"line": problem.line, "reason": str(problem.reason)} for problem in self.problems],
        }
