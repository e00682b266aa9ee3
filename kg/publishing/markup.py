"""Write XML element by element, so that no document is held in memory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

# What XML 1.0 has no room for, not even as a character reference.
_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """Return a text without the characters that XML forbids; U+FFFD stands in their place."""
    return _FORBIDDEN.sub("\ufffd", text)


@contextmanager
def document(path: Path) -> Iterator[XMLGenerator]:
    """Open a document to write."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        xml = XMLGenerator(file, encoding="utf-8", short_empty_elements=True)
        xml.startDocument()
        yield xml
        xml.endDocument()


@contextmanager
def element(xml: XMLGenerator, name: str, **attributes: str) -> Iterator[None]:
    """Write an element around what is written meanwhile."""
    cleaned = {key: clean(value) for key, value in attributes.items()}
    xml.startElement(name, AttributesImpl(cleaned))
    yield
    xml.endElement(name)
    xml.ignorableWhitespace("\n")


def text(xml: XMLGenerator, name: str, content: str, **attributes: str) -> None:
    """Write an element that holds a text."""
    with element(xml, name, **attributes):
        if content:
            xml.characters(clean(content))
