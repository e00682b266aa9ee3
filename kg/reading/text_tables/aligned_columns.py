"""Read a table whose columns are aligned by white space."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from kg.reading.tables.columns import ColumnHead, ColumnMeaning
from kg.reading.tables.headings import meanings_of
from kg.reading.text_tables.column_cuts import (
    FAR,
    METRICS,
    ColumnCuts,
    WordStack,
    character_positions,
    find_column_cuts,
    inner_gaps,
    stack_words,
)
from kg.reading.text_tables.table_lines import TableLine, make_table_line

_SHARE = 0.1
_NO_GAP, _EQUAL = 1.5, 0.5


def is_aligned(lines: Sequence[str], body: Sequence[int]) -> bool:
    """Return whether the white space in lines is that of aligned columns.

    Args:
        lines: The lines of the text.
        body: Indexes of the lines below the header that are not blank.
    """
    wide = sum("   " in lines[index].strip() or "\t" in lines[index].strip() for index in body)
    return wide >= 2 and wide >= _SHARE * len(body)


def aligned_lines(
    lines: Sequence[str], header: Sequence[str], body: Sequence[int]
) -> tuple[list[TableLine], list[ColumnHead], list[str]]:
    """Return the lines cut into columns, the headings of the columns, and notes on doubts.

    Args:
        lines: The lines of the text.
        header: The lines of its header.
        body: Indexes of the lines below it, without those that belong to the pages.
    """
    filled = [index for index in body if lines[index].strip()]
    fits = [_fit_columns([lines[i] for i in filled], header, metric) for metric in METRICS]
    least = min(column_cuts.doubt for column_cuts, _ in fits)
    column_cuts, heads = next(fit for fit in fits if fit[0].doubt <= least + _EQUAL)
    pages: list[tuple[Sequence[int], ColumnCuts]] = [(body, column_cuts)]
    notes: list[str] = []
    if not column_cuts.is_certain:
        cut = [(page, _page_cuts(lines, page, heads)) for page in _split_pages(lines, body)]
        if len(cut) > 1 and all(found.is_certain for _, found in cut):
            pages = list(cut)
        else:
            notes.append("there is no gap between some columns; words may be in the wrong one")
    columns = [ColumnHead(meaning, stack.text) for stack, meaning in heads]
    table_lines = [
        found for page, column_cuts in pages for found in _cut_lines(lines, page, column_cuts)
    ]
    return table_lines, columns, notes


Heads = list[tuple[WordStack, ColumnMeaning]]


def _fit_columns(
    body: Sequence[str], header: Sequence[str], metric: str
) -> tuple[ColumnCuts, Heads]:
    """Return the cuts below a header, and the headings that have a column of their own."""
    heads = list(_heading_stacks(header, metric))
    column_cuts = find_column_cuts(body, _heading_spans(heads), metric)
    position = 0
    while position + 1 < len(heads):
        (left, meaning), (right, other) = heads[position : position + 2]
        if meaning == other:
            # Adjacent words of the same meaning are one heading, unless there is a gap below.
            joined = (WordStack(left.start, right.end, left.text + right.text), meaning)
            fewer = [*heads[:position], joined, *heads[position + 2 :]]
            found = find_column_cuts(body, _heading_spans(fewer), metric)
            if found.doubt < column_cuts.doubt - _NO_GAP:
                heads, column_cuts = fewer, found
                continue
        position += 1
    return _split_category_column(column_cuts, heads, body)


def _split_category_column(
    column_cuts: ColumnCuts, heads: Heads, body: Sequence[str]
) -> tuple[ColumnCuts, Heads]:
    """Split the column below a single heading of categories into one for each level."""
    meanings = [meaning for _, meaning in heads]
    if not column_cuts.is_certain or meanings.count("category") != 1:
        return column_cuts, heads
    place = meanings.index("category")
    start = column_cuts.cuts[place - 1] if place else -1
    following = heads[place + 1][0].start if place + 1 < len(heads) else start
    gaps = inner_gaps(column_cuts, body, max(start, 0), following + 1)
    gaps = [gap for gap in gaps if gap > start]
    if not gaps:
        return column_cuts, heads
    stack = heads[place][0]
    cuts = (*column_cuts.cuts[:place], *gaps, *column_cuts.cuts[place + 1 :])
    levels: Heads = [(stack, "category")] * len(gaps)
    return replace(column_cuts, cuts=cuts), [*heads[:place], *levels, *heads[place + 1 :]]


def _heading_spans(heads: Heads) -> list[tuple[int, int]]:
    return [(stack.start, stack.end) for stack, _ in heads]


def _heading_stacks(
    header: Sequence[str], metric: str
) -> Iterator[tuple[WordStack, ColumnMeaning]]:
    """Yield the headings with their positions; unknown words join the nearer heading."""
    stacks = stack_words(header, metric)
    groups: list[WordStack] = []
    waiting = False
    for index, stack in enumerate(stacks):
        gap = stack.start - stacks[index - 1].end if index else FAR
        after = stacks[index + 1].start - stack.end if index + 1 < len(stacks) else FAR
        meant = bool(meanings_of(stack.text))
        if groups and (waiting or (not meant and gap <= after)):
            last = groups[-1]
            groups[-1] = WordStack(last.start, stack.end, last.text + stack.text)
        else:
            groups.append(stack)
        waiting = not meanings_of(groups[-1].text)
    for group in groups:
        meanings = meanings_of(group.text)
        share = (group.end - group.start) // max(len(meanings), 1)
        for number, meaning in enumerate(meanings):
            begin = group.start + number * share
            yield WordStack(begin, begin + share, group.text if len(meanings) == 1 else ""), meaning


def _split_pages(lines: Sequence[str], body: Sequence[int]) -> list[list[int]]:
    """Return the lines of each page; form feeds, headers and page numbers separate pages."""
    pages: list[list[int]] = [[]]
    for index in body:
        apart = pages[-1] and index > pages[-1][-1] + 1
        if apart or "\f" in lines[index]:
            pages.append([])
        pages[-1].append(index)
    return pages


def _page_cuts(lines: Sequence[str], page: Sequence[int], heads: Heads) -> ColumnCuts:
    body = [lines[index] for index in page if lines[index].strip()]
    spans = _heading_spans(heads)
    return min((find_column_cuts(body, spans, metric) for metric in METRICS), key=lambda b: b.doubt)


def _cut_lines(
    lines: Sequence[str], page: Sequence[int], column_cuts: ColumnCuts
) -> Iterator[TableLine]:
    """Yield the lines of a page, cut into columns; a word belongs to the column of its start."""
    blank = True
    for index in page:
        line = lines[index]
        if not line.strip():
            blank = True
            continue
        at = character_positions(line, column_cuts.metric)
        edges = [
            0,
            *(_word_start(line, bisect_left(at, cut)) for cut in column_cuts.cuts),
            len(line),
        ]
        yield make_table_line([[(index, line[start:end])] for start, end in pairwise(edges)], blank)
        blank = False


def _word_start(line: str, index: int) -> int:
    """Return an index, moved to the end of the word if it is inside one."""
    if not 0 < index < len(line) or line[index - 1].isspace():
        return min(index, len(line))
    word = re.compile(r"\S*").match(line, index)
    return word.end() if word else index
