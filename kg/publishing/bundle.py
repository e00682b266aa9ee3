"""Publish a graph as a folder for data portals, spreadsheets and network tools."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import RdfFormat, Store, parse, serialize

from kg.errors import InputError
from kg.graph.stores.embedded import about_build, all_statements, open_graph
from kg.output import draft_folder, exchange_paths, flush_folder, flush_path
from kg.publishing.columns import TABLES
from kg.publishing.contents import Contents, contents
from kg.publishing.descriptions.dcat import describe_bundle
from kg.publishing.descriptions.dcat_terms import DCAT_PREFIXES
from kg.publishing.descriptions.frictionless import data_package
from kg.publishing.descriptions.gbt21063 import write_core_metadata
from kg.publishing.descriptions.rocrate import DESCRIPTOR, research_crate
from kg.publishing.descriptions.table_metadata import csvw_metadata
from kg.publishing.export import convert
from kg.publishing.files import CHECKSUMS, COMPANIONS, GRAPH, PARTS, File, describe_file, sha256
from kg.publishing.formats.jsonld import write_jsonld
from kg.publishing.formats.networks import write_gexf, write_graphml
from kg.publishing.formats.tables import write_table
from kg.publishing.options import Options
from kg.publishing.pages.diagram import write_diagram
from kg.publishing.pages.index import write_pages
from kg.publishing.pages.ontology import write_documentation
from kg.publishing.pages.summary import write_summary
from kg.publishing.statements import read_triples, write_triples
from kg.publishing.statistics import Statistics, statistics
from kg.resources import resource

_ONTOLOGY = ("taskkg.ttl", "alignments.ttl", "concepts.ttl", "shapes.ttl", "context.jsonld")


@dataclass(frozen=True, slots=True)
class PublishedBundle:
    """A bundle that was written.

    Attributes:
        folder: Its folder.
        files: The number of its files.
        size: Their total size in bytes.
        backup: The folder with the previous content, if that was not a bundle.
    """

    folder: Path
    files: int
    size: int
    backup: Path | None = None

    @property
    def kept(self) -> Path | None:
        """The former name of `backup`, which still works."""
        return self.backup


def publish(
    store: str | Path,
    output: str | Path,
    publisher: str,
    licence: str,
    base: str,
    contact: str | None = None,
    sparql: str | None = None,
    issued: str | None = None,
    force: bool = False,
) -> PublishedBundle:
    """Write the bundle of a graph into a folder.

    The same graph and options give the same bytes. The bundle is written to a draft folder and
    moved into place when it is complete, so that an interruption leaves no partial bundle. Memory
    use does not grow with the graph.

    Args:
        store: The folder of the graph.
        output: The folder of the bundle; it must be new or empty, and contain neither the graph nor
            the working directory.
        publisher: The name of the publisher.
        licence: The SPDX identifier of its licence.
        base: The IRI of the folder where it will be published.
        contact: An e-mail address or page for questions.
        sparql: The IRI of a SPARQL endpoint for the same graph.
        issued: The date of publication, such as 2020-01-31; none by default.
        force: Whether to replace an existing folder: an earlier bundle is removed, anything else is
            renamed with the suffix `.before`.

    Raises:
        InputError: There is no graph, an option is not valid, or the folder has files or cannot be
            written.
    """
    options = Options.of(publisher, licence, base, contact, sparql, issued)
    graph, about = open_graph(Path(store)), about_build(store)
    folder = Path(output).resolve()
    try:
        _check_free(folder, Path(store).resolve(), force)
        with draft_folder(folder) as draft:
            _write_bundle(graph, about, options, draft)
            kept = _move_into_place(draft, folder)
    except OSError as error:
        why = error.strerror or error
        raise InputError(f"{output}: cannot be written ({why}); name another") from None
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return PublishedBundle(Path(output), len(sizes), sum(sizes), kept)


def _write_bundle(graph: Store, about: Mapping[str, Any], options: Options, draft: Path) -> None:
    """Write a bundle into an empty folder."""
    counts = _write_graph(graph, draft, about["base"])
    _write_tables(graph, draft, options)
    write_graphml(graph, draft / "network.graphml")
    write_gexf(graph, draft / "network.gexf")
    _write_ontology(draft / "ontology")
    subject = contents(graph, counts, about)
    files = [describe_file(draft, part) for part in PARTS]
    _write_descriptions(subject, files, options, about["base"], draft)
    _write_checksums(draft)


def _check_free(folder: Path, store: Path, force: bool) -> None:
    for place, what in ((store, "contains the graph"), (Path.cwd(), "is the working directory")):
        if folder == place or folder in place.parents:
            raise InputError(f"{folder}: {what}; name another folder for the bundle")
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder}: is a file; name a folder for the bundle")
    if not force and folder.exists() and any(folder.iterdir()):
        raise InputError(f"{folder}: is not empty; name a new folder, or replace it with --force")
    kept = _backup_folder(folder)
    if force and kept.exists() and not _is_bundle(folder):
        raise InputError(f"{kept}: is where the files of {folder} would be kept; move it away")


def _backup_folder(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.before")


def _is_bundle(folder: Path) -> bool:
    """Return whether a folder is empty or missing, or contains only a bundle."""
    if not folder.exists():
        return True
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
    checksums = folder / CHECKSUMS.path
    if checksums.is_file():
        lines = checksums.read_text(encoding="utf-8", errors="replace").splitlines()
        listed = {line.partition("  ")[2] for line in lines}
        # Other folders may have checksums too.
        if listed >= {"dcat.ttl", *(part.path for part in GRAPH)}:
            found -= {CHECKSUMS.path, *listed}
    return not found


def _write_graph(graph: Store, folder: Path, base: str) -> Statistics:
    """Write the graph in all formats and return its statistics."""
    triples = folder / "graph.nt"
    write_triples(all_statements(graph), triples)
    # No name and no time in the header, so that the bytes are reproducible.
    with (
        triples.open("rb") as plain,
        (folder / "graph.nt.gz").open("wb") as file,
        gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0) as packed,
    ):
        shutil.copyfileobj(plain, packed)
    convert(triples, folder / "graph.ttl", RdfFormat.TURTLE, base)
    parsed = parse(path=str(triples), format=RdfFormat.N_TRIPLES)
    write_jsonld((quad.triple for quad in parsed), folder / "graph.jsonld")
    counts = statistics(read_triples(triples))
    triples.unlink()
    return counts


def _write_tables(graph: Store, folder: Path, options: Options) -> None:
    tables = folder / "tables"
    tables.mkdir()
    for table in TABLES:
        write_table(graph, table, tables / f"{table.name}.csv")
    _write_json(csvw_metadata(options.licence.iri), tables / "csv-metadata.json")


def _write_ontology(folder: Path) -> None:
    folder.mkdir()
    for name in _ONTOLOGY:
        shutil.copyfile(resource("ontology", name), folder / name)
    write_diagram(folder / "diagram.svg")
    write_documentation(folder / "index.html")


def _write_descriptions(
    subject: Contents, files: Sequence[File], options: Options, space: str, folder: Path
) -> None:
    described = list(describe_bundle(subject, files, options, space))
    for name, form in (("dcat.ttl", RdfFormat.TURTLE), ("dcat.jsonld", RdfFormat.JSON_LD)):
        serialize(described, str(folder / name), form, prefixes=DCAT_PREFIXES)
    _write_json(data_package(subject, files, options), folder / "datapackage.json")
    write_core_metadata(subject, files, options, folder / "gbt21063.xml")
    write_summary(subject, folder / "summary.svg")
    write_pages(subject, files, options, folder)
    # It lists the other descriptions too; none of them lists itself or the others.
    companions = [describe_file(folder, part) for part in COMPANIONS]
    _write_json(research_crate(subject, files, companions, options), folder / DESCRIPTOR)


def _write_checksums(folder: Path) -> None:
    """Write the checksums of all files in the format of `sha256sum --check`."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = (f"{sha256(path)}  {path.relative_to(folder).as_posix()}\n" for path in paths)
    (folder / CHECKSUMS.path).write_text("".join(lines), encoding="utf-8", newline="\n")


def _write_json(value: object, path: Path) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")


def _move_into_place(draft: Path, folder: Path) -> Path | None:
    """Move a complete bundle into place; return the backup of the previous content, if any.

    The two folders are exchanged atomically. If the system does not support that, there is no
    folder for a moment, and the previous content is in a folder with the suffix `.before`.
    """
    flush_folder(draft)
    kept = None
    if not folder.exists():
        draft.rename(folder)
    elif _is_bundle(folder):
        # The old bundle is now the draft, which is removed.
        if not exchange_paths(draft, folder):
            shutil.rmtree(_replace(draft, folder))
    else:
        kept = _backup_folder(folder)
        # Files of the user never have the name of a draft: drafts are removed.
        draft.rename(kept)
        if not exchange_paths(kept, folder):
            kept.rename(draft)
            _replace(draft, folder)
    flush_path(folder.parent)
    return kept


def _replace(draft: Path, folder: Path) -> Path:
    """Replace a folder with a bundle in two steps; return the new path of that folder."""
    before = _backup_folder(folder)
    if before.exists() and _is_bundle(before):
        # It is left from a process that was killed between the two steps.
        shutil.rmtree(before)
    folder.rename(before)
    try:
        draft.rename(folder)
    except BaseException:
        before.rename(folder)
        raise
    return before
