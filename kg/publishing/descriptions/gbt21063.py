"""Describe a bundle with the core metadata of GB/T 21063.3-2007, for catalogues in China.

Source: the twelve elements of the standard (政务信息资源目录体系 第3部分：核心元数据) with their
short names, as the catalogue software drdms lists them (GitHub, chenwei93/zzd-cw,
`EntryMetadata.js`). No public schema was found: elements are named by short names, and `zh` has the
Chinese name. Elements whose values are not known are left out; docs/publish.md lists them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import XMLGenerator

from kg.publishing.contents import KEYWORDS, Contents
from kg.publishing.files import File
from kg.publishing.formats.xml_writer import document, element, text
from kg.publishing.options import Options

STANDARD = "GB/T 21063.3-2007"


def write_core_metadata(
    contents: Contents, files: Sequence[File], options: Options, path: Path
) -> None:
    """Write the core metadata of a bundle.

    Args:
        contents: What the bundle is about.
        files: The files that hold the data.
        options: Who publishes it, under which licence, and where.
        path: The file to write.
    """
    with document(path) as xml, element(xml, "Metadata", standard=STANDARD):
        xml.ignorableWhitespace("\n")
        _value(
            xml, "mdId", "元数据标识符", str(uuid5(NAMESPACE_URL, f"{options.base}/{path.name}"))
        )
        _value(xml, "resTitle", "信息资源名称", contents.title_zh)
        if options.issued:
            _value(xml, "pubDate", "信息资源发布日期", options.issued)
        abstract = f"{contents.description_zh}{contents.provenance_zh}"
        _value(xml, "abstract", "信息资源摘要", abstract)
        with _group(xml, "IdPoC", "信息资源提供方"):
            _value(xml, "rpOrgName", "信息资源提供单位", options.publisher)
        with _group(xml, "DescKeys", "关键字说明"):
            for keyword in (*KEYWORDS["zh"], *(place.name for place in contents.places)):
                _value(xml, "keyword", "关键字", keyword)
        for name in ("index.html", *(file.part.path for file in files)):
            _value(xml, "onLineSrc", "在线资源链接地址", _uri(f"{options.base}/{name}"))
        _value(xml, "resID", "信息资源标识符", _uri(options.description_iri("dataset")))
        if options.sparql:
            with _group(xml, "ServInfo", "服务信息"):
                _value(xml, "servURL", "服务地址", _uri(options.sparql))
        with _group(xml, "MdContact", "元数据维护方"):
            _value(xml, "rpOrgName", "元数据联系单位", options.publisher)


@contextmanager
def _group(xml: XMLGenerator, name: str, chinese: str) -> Iterator[None]:
    """Write an element that holds others, on lines of its own."""
    with element(xml, name, zh=chinese):
        xml.ignorableWhitespace("\n")
        yield


def _value(xml: XMLGenerator, name: str, chinese: str, content: str) -> None:
    text(xml, name, " ".join(content.split()), zh=chinese)


def _uri(iri: str) -> str:
    """Return an IRI as a URI of ASCII characters, as RFC 2396 has them.

    >>> _uri("https://example.org/数据?a=1#b")
    'https://example.org/%E6%95%B0%E6%8D%AE?a=1#b'
    """
    return quote(iri, safe="%/:?#[]@!$&'()*+,;=~")
