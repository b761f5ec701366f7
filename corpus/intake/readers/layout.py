"""The reading order of lines with positions: columns, what spans them, and the paragraphs in a column.

Positions are in points from the upper left corner of the page as it is seen.
"""

import re
import statistics
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from math import inf

from corpus.intake.readers import lines

# Shares of the size of the letters (em), measured on newspaper pages.
_GUTTER = 0.9
_INDENT = (0.7, 5.0)
_SAME_SIZE = 0.1
_HEADLINE = 1.2
# A gap between lines that is this much wider than between most is a gap between paragraphs.
_PARAGRAPH_GAP = 1.4
# Fewer lines than this beside one another are no columns: justified lines have wide spaces, too.
_COLUMN_LINES = 3
_COLUMN_EMS = 5
_DROP_CAP = 1.8
_ITEM = re.compile(r"[•●▪■◆◦‣]\s*\S")
_MAX_SPLITS = 12


@dataclass(frozen=True)
class Line:
    """A stretch of letters on one line; `size` is that of its letters, `baseline` what they stand on."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool = False

    @property
    def top(self) -> float:
        return self.baseline - 0.8 * self.size

    @property
    def bottom(self) -> float:
        return self.baseline + 0.2 * self.size


def columns(page: list[Line], splits: int = _MAX_SPLITS) -> list[list[Line]]:
    """Returns the lines of a page column by column in reading order.

    Columns that stand side by side are read from left to right, what spans them before or after them as it stands.
    """
    if not page:
        return []
    best = _best_split(page) if splits else None
    if best is None:
        return [_rows(page)]
    parts = (best.above, best.left, best.right, best.below)
    return [column for part in parts for column in columns(part, splits - 1)]


def numbers(found: list[list[Line]]) -> list[int]:
    """Returns for each column, as `columns` gives them, which one of the page it is, counted from the left.

    A headline or another short stretch counts as a part of the column that it begins over.
    """
    edges: list[float] = []
    for left in sorted(min(line.left for line in column) for column in found if len(column) >= _COLUMN_LINES):
        if not edges or left - edges[-1] > _COLUMN_EMS * min(line.size for column in found for line in column) / 2:
            edges.append(left)
    return [max(1, sum(edge <= min(line.left for line in column) + 1 for edge in edges)) for column in found]


def paragraphs(column: list[Line]) -> list[list[Line]]:
    """Returns the lines of a column paragraph by paragraph."""
    column = _with_drop_caps(column)
    if not column:
        return []
    shape = _Shape(_left(column), max(line.right for line in column), _pitch(column))
    found = [[column[0]]]
    for line in column[1:]:
        if _starts_paragraph(found[-1], line, shape):
            found.append([])
        found[-1].append(line)
    return found


def is_item(line: Line) -> bool:
    """Returns whether a line begins with the mark of an item of a list."""
    return bool(_ITEM.match(line.text))


@dataclass(frozen=True)
class _Shape:
    """The edges of a column, and how far its lines are apart."""

    left: float
    right: float
    pitch: float


@dataclass(frozen=True)
class _Split:
    """A part of a page in two columns, and what is above and below it."""

    above: list[Line]
    left: list[Line]
    right: list[Line]
    below: list[Line]

    @property
    def height(self) -> int:
        """The number of lines of the shorter of its columns."""
        return min(_height(self.left), _height(self.right))


def _best_split(page: list[Line]) -> _Split | None:
    """The gutter with the tallest columns at its sides, over the stretch of the page that no line crosses it in."""
    em = statistics.median(line.size for line in page)
    bands = _bands(page)
    free = [_free(band, em) for band in bands]
    edges = {round(end) for band_free in free for _, end in band_free if end < inf}
    splits = (split for edge in sorted(edges) for split in _splits(bands, free, edge, em))
    return max(splits, key=lambda split: split.height, default=None)


def _bands(page: list[Line]) -> list[list[Line]]:
    """The lines between stretches of blank paper that go right across."""
    bands: list[list[Line]] = []
    bottom = 0.0
    for line in sorted(page, key=lambda line: line.top):
        if not bands or line.top >= bottom:
            bands.append([])
            bottom = line.bottom
        bands[-1].append(line)
        bottom = max(bottom, line.bottom)
    return bands


def _free(band: list[Line], em: float) -> list[tuple[float, float]]:
    """The stretches from left to right that no line of a band covers, wide enough for a gutter, and the margins."""
    free = []
    edge = -inf
    for line in sorted(band, key=lambda line: line.left):
        if line.left - edge >= _GUTTER * em:
            free.append((edge, line.left))
        edge = max(edge, line.right)
    return [*free, (edge, inf)]


def _splits(bands: list[list[Line]], free: list[list[tuple[float, float]]], edge: float, em: float) -> Iterator[_Split]:
    """The stretches of a page that have columns at both sides of a gutter that ends at `edge`."""
    start = 0
    for crosses, group in groupby(range(len(bands)), key=lambda band: not _is_free(free[band], edge, em)):
        end = stop = start + len(list(group))
        # A headline at the end belongs to what is below.
        while stop > start and any(line.size >= _HEADLINE * em for line in bands[stop - 1]):
            stop -= 1
        inside = _flat(bands[start:stop])
        left, right = _halves(inside, edge)
        if not crosses and _is_column(left, em) and _is_column(right, em):
            yield _Split(_flat(bands[:start]), left, right, _flat(bands[stop:]))
        start = end


def _is_free(free: list[tuple[float, float]], edge: float, em: float) -> bool:
    return any(start <= edge + 1 - _GUTTER * em and edge - 1 <= end for start, end in free)


def _halves(inside: list[Line], edge: float) -> tuple[list[Line], list[Line]]:
    return [line for line in inside if line.left < edge - 1], [line for line in inside if line.left >= edge - 1]


def _flat(bands: list[list[Line]]) -> list[Line]:
    return [line for band in bands for line in band]


def _height(side: list[Line]) -> int:
    return len({round(line.baseline) for line in side})


def _is_column(side: list[Line], em: float) -> bool:
    """Returns whether lines are enough and long enough for a column: the numbers of a list beside its items are not."""
    if _height(side) < _COLUMN_LINES:
        return False
    rows: dict[int, tuple[float, float]] = {}
    for line in side:
        left, right = rows.get(round(line.baseline), (inf, -inf))
        rows[round(line.baseline)] = min(left, line.left), max(right, line.right)
    return statistics.median(right - left for left, right in rows.values()) >= _COLUMN_EMS * em


def _rows(column: list[Line]) -> list[Line]:
    """Lines from top to bottom, stretches on one baseline put together from left to right."""
    rows: list[list[Line]] = []
    for line in sorted(column, key=lambda line: (line.baseline, line.left)):
        if rows and abs(rows[-1][0].baseline - line.baseline) < 0.3 * min(line.size, rows[-1][0].size):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [_row(sorted(row, key=lambda line: line.left)) for row in rows]


def _row(row: list[Line]) -> Line:
    return replace(
        row[0],
        text=" ".join(line.text.strip() for line in row),
        right=max(line.right for line in row),
        size=max(line.size for line in row),
        bold=all(line.bold for line in row),
    )


def _with_drop_caps(column: list[Line]) -> list[Line]:
    """Puts a letter that is several lines high back before the line it begins; the lines beside it begin under it."""
    usual = statistics.median(line.size for line in column) if column else 0
    for cap in [line for line in column if line.size >= _DROP_CAP * usual and line.text.strip().isalpha()]:
        beside = [line for line in column if _is_beside(cap, line)] if len(cap.text.strip()) <= 2 else []
        if beside:
            first = replace(beside[0], text=cap.text.strip() + beside[0].text, left=cap.left)
            moved = {id(line): replace(line, left=cap.left) for line in beside} | {id(beside[0]): first}
            column = [moved.get(id(line), line) for line in column if line is not cap]
    return column


def _is_beside(cap: Line, line: Line) -> bool:
    is_near = 0 <= line.left - cap.right + line.size <= 3 * line.size
    return line.size < cap.size and is_near and cap.top - line.size <= line.top < cap.baseline


def _left(column: list[Line]) -> float:
    """Returns the left edge of a column's lines: the leftmost one that more than a few of them have."""
    edges = Counter(round(line.left) for line in column)
    shared = (edge for edge in edges if edges[edge] + edges[edge + 1] >= 2 + len(column) // 8)
    return min(shared, default=min(edges))


def _pitch(column: list[Line]) -> float:
    """Returns the distance from baseline to baseline that is most frequent within the paragraphs of the column."""
    steps = [after.baseline - before.baseline for before, after in pairwise(column)]
    em = statistics.median(line.size for line in column)
    return statistics.median([step for step in steps if step < 2.2 * em] or [1.2 * em])


def _starts_paragraph(paragraph: list[Line], line: Line, shape: _Shape) -> bool:
    before, em = paragraph[-1], line.size
    if abs(before.size - em) > _SAME_SIZE * max(before.size, em) or before.bold != line.bold or is_item(line):
        return True
    if line.baseline - before.baseline > _PARAGRAPH_GAP * max(shape.pitch, 1.1 * em):
        return True
    if before.right < shape.right - 3 * em and lines.ends_sentence(before.text):
        return True
    if is_item(paragraph[0]):
        return line.left < paragraph[0].left - em / 3
    if _is_centred(before, line, shape.left, em):
        return False
    is_indented = _INDENT[0] * em <= line.left - shape.left <= _INDENT[1] * em
    return is_indented and (before.left - shape.left < _INDENT[0] * em or before.right < shape.right - em)


def _is_centred(before: Line, line: Line, left: float, em: float) -> bool:
    """Returns whether two lines are centred on each other, so that the start of the second is no indent."""
    if min(before.left, line.left) - left < _INDENT[0] * em:
        return False
    return abs(before.left + before.right - line.left - line.right) < em
