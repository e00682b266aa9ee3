"""Normalise text: remove invisible characters and replace radicals with ordinary characters.

Text from PDFs, browsers and word processors may contain invisible characters inside words, and
radicals instead of the characters that look like them. Characters with a meaning of their own
(½, ㎡, ①, full-width letters) are kept.
"""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from functools import lru_cache
from unicodedata import normalize

from kg.reading.structure.document import Block, Document, Paragraph
from kg.resources import resource

# Unicode's Default_Ignorable_Code_Point without fillers, which have a width: soft hyphens,
# zero-width spaces and joiners, direction and byte order marks, variation selectors.
_INVISIBLE = re.compile(
    r"[\xad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    r"\U000e0000-\U000e0fff]+"
)
# Radicals, and ideographs that Unicode duplicates for compatibility with older character sets.
_DOUBLES = re.compile(r"[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]")


def normalise(text: str) -> str:
    r"""Return a text without invisible characters, with radicals as ordinary characters.

    >>> normalise("⺠政\u200b局、⽔利\xad局"), normalise("½、㎡、①、Ａ")
    ('民政局、水利局', '½、㎡、①、Ａ')
    """
    return _DOUBLES.sub(lambda found: _ordinary_character(found[0]), _INVISIBLE.sub("", text))


def normalise_document(document: Document) -> Document:
    """Return a document with its texts normalised and without empty paragraphs."""
    blocks = tuple(_normalise_block(block) for block in document.blocks)
    return replace(
        document,
        blocks=tuple(b for b in blocks if not isinstance(b, Paragraph) or b.text.strip()),
        title=normalise(document.title),
    )


def _normalise_block(block: Block) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, text=normalise(block.text))
    rows = (tuple(replace(cell, text=normalise(cell.text)) for cell in row) for row in block.rows)
    return replace(block, rows=tuple(rows), name=normalise(block.name))


def _ordinary_character(character: str) -> str:
    """Return the ordinary character for a radical or duplicate."""
    return _radicals().get(character) or normalize("NFKC", character)


@lru_cache(maxsize=1)
def _radicals() -> dict[str, str]:
    """Return the ordinary characters of radicals that NFKC does not replace."""
    with resource("data", "lexicon", "radicals.csv").open(encoding="utf-8") as lines:
        return {row["radical"]: row["ideograph"] for row in csv.DictReader(lines)}
