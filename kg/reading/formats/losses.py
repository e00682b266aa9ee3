"""What a file holds and a reader did not give on, counted apart from how it is read.

Only Chinese characters are counted: digits and marks come and go with numbering and layout.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.model import Problem
from kg.reading.structure.document import Block, Paragraph

# Without those that numbering makes: 一、 第二章 （三）.
_LETTER = re.compile("(?![一二三四五六七八九十百零〇第章节条款项])[㐀-䶿一-鿿]")


def count_letters(text: str) -> int:
    """Return how many characters of a text are counted.

    >>> count_letters("第一章 新建学校2所")
    5
    """
    return len(_LETTER.findall(text))


def loss_notes(given: int, blocks: Iterable[Block]) -> tuple[Problem, ...]:
    """Return a note where a document gives on less than its file holds.

    Args:
        given: How many characters the file holds that one sees.
        blocks: What is given on.
    """
    kept = sum(map(_letters_of, blocks))
    if given <= kept:
        return ()
    reason = (
        f"{given - kept} of {given} characters of the file are not in what was read; compare them"
    )
    return (Problem(None, None, reason, ""),)


def _letters_of(block: Block) -> int:
    if isinstance(block, Paragraph):
        return count_letters(block.text)
    return sum(count_letters(cell.text) for row in block.rows for cell in row if not cell.continued)
