"""One form for text that looks the same: what shows nothing is left out, radicals are characters.

Text layers of PDFs, browsers and word processors hold invisible marks inside words, and radicals in
the place of the characters that look like them. Signs that mean something of their own (½, ㎡, ①,
full-width letters) stay as they are.
"""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from functools import lru_cache
from unicodedata import normalize

from kg.reading.structure.document import Block, Document, Paragraph
from kg.resources import resource

# Unicode's Default_Ignorable_Code_Point without fillers, which are as wide as a letter: soft
# hyphens, zero-width spaces and joiners, marks of direction and byte order, selectors of variants.
_INVISIBLE = re.compile(
    r"[\xad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    r"\U000e0000-\U000e0fff]+"
)
# Radicals, and ideographs that Unicode has twice for the sake of older character sets.
_DOUBLES = re.compile(r"[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]")


def normalise(text: str) -> str:
    r"""Return a text without characters that show nothing, radicals as ordinary characters.

    >>> normalise("⺠政\u200b局、⽔利\xad局"), normalise("½、㎡、①、Ａ")
    ('民政局、水利局', '½、㎡、①、Ａ')
    """
    return _DOUBLES.sub(lambda found: _ordinary(found[0]), _INVISIBLE.sub("", text))


def normalised(document: Document) -> Document:
    """Return a document with its texts normalised; paragraphs that show nothing are left out."""
    blocks = tuple(_block(block) for block in document.blocks)
    return replace(
        document,
        blocks=tuple(b for b in blocks if not isinstance(b, Paragraph) or b.text.strip()),
        title=normalise(document.title),
    )


def _block(block: Block) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, text=normalise(block.text))
    rows = (tuple(replace(cell, text=normalise(cell.text)) for cell in row) for row in block.rows)
    return replace(block, rows=tuple(rows), name=normalise(block.name))


def _ordinary(character: str) -> str:
    """Return the character that looks like a radical or a double."""
    return _supplement().get(character) or normalize("NFKC", character)


@lru_cache(maxsize=1)
def _supplement() -> dict[str, str]:
    """Return the radicals for which NFKC has no character, with the characters that they are."""
    with resource("data", "lexicon", "radicals.csv").open(encoding="utf-8") as lines:
        return {row["radical"]: row["ideograph"] for row in csv.DictReader(lines)}
