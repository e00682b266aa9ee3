"""Separate the last task of a document from the text after it: notes, closings, signatures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.reading.decoding.records import Record
from kg.reading.structure.flat_document import FlatDocument
from kg.tagger.roles import Role

# Roles of the texts that may be followed by the end of the document.
_TEXTS: tuple[Role, ...] = ("task", "target", "progress", "problem", "plan")
# The end of a sentence before a blank line, or before words that begin a note or a closing.
_NOTE = (
    r"[（(]?(?:备?注[：:]|说明[：:]|附[件表注]|以上|上述|特此|欢迎|请[各市区县]|各[^，。]{0,6}单位"
    r"|[—－-]{2}|(?:19|20)\d\d年\d{1,2}月\d{1,2}日)"
)
_PARAGRAPH = re.compile(rf"(?<=[。！？!?）)])\s{{0,40}}?\n[ \t\u3000]{{0,40}}(?:\n|(?={_NOTE}))")
# The fewest other records that show what the last one should be like.
_FEWEST = 2


def cut_closing(document: FlatDocument, records: Sequence[Record]) -> None:
    """Remove the text after the last task from its record, in place.

    The other records show what is too much: if none of them has progress, or several paragraphs or
    several segments of a text, the last one has not either.

    Args:
        document: The document.
        records: Its records.
    """
    *others, last = records or [Record()]
    if len(others) < _FEWEST:
        return
    for role in _TEXTS:
        segments = last.segments_of(role)
        same = [found for record in others if (found := record.segments_of(role))]
        if role == "progress" and not same:
            last.parts.pop(role, None)
        elif role != "task" and len(segments) > 1 and all(len(found) == 1 for found in same):
            last.parts[role] = segments[:1]
        found = [segment for segments in same for segment in segments]
        if found and not any(_PARAGRAPH.search(document.text, s.start, s.end) for s in found):
            last.parts[role] = [
                replace(segment, end=end.start())
                if (end := _PARAGRAPH.search(document.text, segment.start, segment.end))
                else segment
                for segment in last.segments_of(role)
            ]
