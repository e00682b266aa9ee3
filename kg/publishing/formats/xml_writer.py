"""Write XML element by element, without keeping the document in memory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

# Characters that XML 1.0 does not allow, not even as character references.
_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """Replace characters that XML does not allow with U+FFFD."""
    return _FORBIDDEN.sub("\ufffd", text)


@contextmanager
def document(path: Path) -> Iterator[XMLGenerator]:
    """Open an XML document for writing."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        xml = XMLGenerator(file, encoding="utf-8", short_empty_elements=True)
        xml.startDocument()
        yield xml
        xml.endDocument()


@contextmanager
def element(xml: XMLGenerator, name: str, **attributes: str) -> Iterator[None]:
    """Write an element around what is written in the context."""
    cleaned = {key: clean(value) for key, value in attributes.items()}
    xml.startElement(name, AttributesImpl(cleaned))
    yield
    xml.endElement(name)
    xml.ignorableWhitespace("\n")


def text(xml: XMLGenerator, name: str, content: str, **attributes: str) -> None:
    """Write an element with text."""
    with element(xml, name, **attributes):
        if content:
            xml.characters(clean(content))
