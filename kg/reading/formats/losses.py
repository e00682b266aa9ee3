"""Find text of a file that is missing from the document, with counts made without its reader.

Only Chinese characters are counted, because numbering and layout add and remove digits and marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.model import Problem
from kg.reading.structure.document import Block, Paragraph

# Without characters that are used in numbering: 一、 第二章 （三）.
_LETTER = re.compile("(?![一二三四五六七八九十百零〇第章节条款项])[㐀-䶿一-鿿]")


def count_characters(text: str) -> int:
    """Return how many Chinese characters a text has, without those used in numbering.

    >>> count_characters("第一章 新建学校2所")
    5
    """
    return len(_LETTER.findall(text))


def loss_notes(given: int, blocks: Iterable[Block]) -> tuple[Problem, ...]:
    """Return a note if a document has fewer characters than its file.

    Args:
        given: How many visible characters the file has.
        blocks: The blocks of the document.
    """
    read = sum(map(_count_in_block, blocks))
    if given <= read:
        return ()
    reason = (
        f"{given - read} of {given} characters of the file were not read; "
        "compare the result with the file"
    )
    return (Problem(None, None, reason, ""),)


def _count_in_block(block: Block) -> int:
    if isinstance(block, Paragraph):
        return count_characters(block.text)
    return sum(
        count_characters(cell.text) for row in block.rows for cell in row if not cell.continued
    )
