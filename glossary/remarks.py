"""Remarks on a file that came in all the same: values kept as they are, cells that are no terms."""

from collections import Counter
from typing import Any

from corpus.text.messages import UserError

# So many are listed: a report stays small however odd the file.
LISTED = 100


class Remark(UserError):
    """Something left out of a file, or read otherwise than it stands there, in one sentence; it is never raised."""


class Remarks:
    """The remarks on one file: how many of each kind, and the first of all."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.first: list[Remark] = []
        self._last = ""

    def add(self, remark: Remark) -> None:
        """Takes up a remark; what is said twice in a row, such as of both terms of a row, is said once."""
        if self._last == str(remark):
            return
        self._last = str(remark)
        self.counts[remark.template] += 1
        if len(self.first) < LISTED:
            self.first.append(remark)

    @property
    def total(self) -> int:
        return self.counts.total()

    def described(self) -> list[dict[str, Any]]:
        """The first of them, as plain data."""
        return [{"template": remark.template, "values": remark.values} for remark in self.first]
