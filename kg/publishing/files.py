"""The files of a bundle: what each holds, in which format, how large it is, and its checksum."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from kg.publishing.columns import TABLES


@dataclass(frozen=True, slots=True)
class Format:
    """A format of files.

    Attributes:
        name: What people call it.
        media: Media type, as IANA registers it.
        authority: Its name in the EU's authority table of file types; empty for formats that no
            data file has.
    """

    name: str
    media: str
    authority: str = ""


TURTLE = Format("Turtle", "text/turtle", "RDF_TURTLE")
N_TRIPLES = Format("N-Triples", "application/n-triples", "RDF_N_TRIPLES")
JSON_LD = Format("JSON-LD", "application/ld+json", "JSON_LD")
CSV = Format("CSV", "text/csv", "CSV")
# Neither of the two has a media type of its own at IANA.
GRAPHML = Format("GraphML", "application/xml", "XML")
GEXF = Format("GEXF", "application/xml", "XML")
HTML = Format("HTML", "text/html")
JSON = Format("JSON", "application/json")
MARKDOWN = Format("Markdown", "text/markdown")
SVG = Format("SVG", "image/svg+xml")
TEXT = Format("text", "text/plain")
XML = Format("XML", "application/xml")


@dataclass(frozen=True, slots=True)
class Part:
    """What a file of a bundle holds.

    Attributes:
        path: Where its file stands in the bundle.
        zh: What it holds, in Chinese.
        en: What it holds, in English.
        format: Its format, under its compression if it has one.
    """

    path: str
    zh: str
    en: str
    format: Format


GRAPH = (
    Part("graph.ttl", "整个图谱", "The whole graph", TURTLE),
    Part("graph.nt.gz", "整个图谱（压缩）", "The whole graph, compressed", N_TRIPLES),
    Part("graph.jsonld", "整个图谱", "The whole graph", JSON_LD),
)
NETWORKS = (
    Part("network.graphml", "任务与事物的网络", "The network of tasks and things", GRAPHML),
    Part("network.gexf", "任务与事物的网络", "The network of tasks and things", GEXF),
)
PARTS = (
    *GRAPH,
    *(Part(f"tables/{table.name}.csv", table.zh, table.en, CSV) for table in TABLES),
    *NETWORKS,
)
# The other files that are written before `ro-crate-metadata.json`, which lists them all.
COMPANIONS = (
    Part("README.md", "说明", "Read me", MARKDOWN),
    Part("index.html", "首页", "Index page", HTML),
    Part("summary.svg", "概览图", "Summary as a picture", SVG),
    Part("tables/csv-metadata.json", "表格各栏的含义", "What each column means, in CSVW", JSON_LD),
    Part("datapackage.json", "数据包描述", "Description as a data package", JSON),
    Part("dcat.ttl", "数据门户目录", "Description for data portals, DCAT-AP", TURTLE),
    Part("dcat.jsonld", "数据门户目录", "Description for data portals, DCAT-AP", JSON_LD),
    Part("gbt21063.xml", "政务信息资源核心元数据", "Core metadata, GB/T 21063.3", XML),
    Part("ontology/taskkg.ttl", "本体", "The ontology", TURTLE),
    Part("ontology/alignments.ttl", "与其他词汇的对应", "Alignments with others", TURTLE),
    Part("ontology/concepts.ttl", "概念表", "Concept schemes", TURTLE),
    Part("ontology/shapes.ttl", "校验规则", "SHACL shapes", TURTLE),
    Part("ontology/context.jsonld", "JSON-LD 上下文", "JSON-LD context", JSON_LD),
    Part("ontology/diagram.svg", "本体结构图", "Diagram of the ontology", SVG),
    Part("ontology/index.html", "本体文档", "Documentation of the ontology", HTML),
)
CHECKSUMS = Part("SHA256SUMS", "校验和", "Checksums", TEXT)


@dataclass(frozen=True, slots=True)
class File:
    """A part as it was written: its size in bytes and its SHA-256 in hexadecimal digits."""

    part: Part
    size: int
    sha256: str


def written(folder: Path, part: Part) -> File:
    """Return a part with the size and the checksum of its file."""
    path = folder / part.path
    return File(part, path.stat().st_size, sha256(path))


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
