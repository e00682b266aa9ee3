"""Publish a graph: a folder that a data portal, a spreadsheet and a network tool can load."""

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
from kg.graph.store import about_build, open_graph, statements
from kg.output import draft_folder, exchange, flush, flush_folder
from kg.publishing.columns import TABLES
from kg.publishing.contents import Contents, contents
from kg.publishing.dcat import description
from kg.publishing.dcat_terms import DCAT_PREFIXES
from kg.publishing.diagram import write_diagram
from kg.publishing.documentation import write_documentation
from kg.publishing.export import convert
from kg.publishing.files import CHECKSUMS, COMPANIONS, GRAPH, PARTS, File, sha256, written
from kg.publishing.gbt21063 import write_core_metadata
from kg.publishing.jsonld import write_jsonld
from kg.publishing.networks import write_gexf, write_graphml
from kg.publishing.options import Options
from kg.publishing.package import data_package
from kg.publishing.pages import write_pages
from kg.publishing.rocrate import DESCRIPTOR, research_crate
from kg.publishing.statements import read_triples, write_triples
from kg.publishing.statistics import Statistics, statistics
from kg.publishing.summary import write_summary
from kg.publishing.table_metadata import csvw
from kg.publishing.tables import write_table
from kg.resources import resource

_ONTOLOGY = ("taskkg.ttl", "alignments.ttl", "concepts.ttl", "shapes.ttl", "context.jsonld")


@dataclass(frozen=True, slots=True)
class Published:
    """A bundle that was written.

    Attributes:
        folder: Its folder.
        files: How many files it has.
        size: Their bytes together.
        kept: Where the files are kept that stood in its place and were no bundle.
    """

    folder: Path
    files: int
    size: int
    kept: Path | None = None


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
) -> Published:
    """Write the bundle of a graph into a folder.

    The same graph and options give the same bytes. The bundle is written beside its place and put
    there when it is complete: what interrupts it leaves no half bundle. Nothing is held in memory
    that grows with the graph.

    Args:
        store: Folder of the graph.
        output: The bundle's folder; it must be new or empty, and not hold the graph nor be that in
            which the process works.
        publisher: Name of who publishes it.
        licence: SPDX identifier of its licence.
        base: IRI of the folder in which it will be found.
        contact: E-mail address or page for questions.
        sparql: IRI of a SPARQL endpoint for the same graph.
        issued: Date of publication, such as 2020-01-31; without it the bundle tells none.
        force: Whether what is there is replaced: an earlier bundle is removed, anything else is
            kept beside it, with `.before` at the end of its name.

    Raises:
        InputError: There is no graph, an option is not what it should be, or the folder holds
            files or cannot be written.
    """
    options = Options.of(publisher, licence, base, contact, sparql, issued)
    graph, about = open_graph(Path(store)), about_build(store)
    folder = Path(output).resolve()
    try:
        _check_free(folder, Path(store).resolve(), force)
        with draft_folder(folder) as made:
            _make(graph, about, options, made)
            kept = _put(made, folder)
    except OSError as error:
        why = error.strerror or error
        raise InputError(f"{output}: cannot be written ({why}); name another") from None
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return Published(Path(output), len(sizes), sum(sizes), kept)


def _make(graph: Store, about: Mapping[str, Any], options: Options, made: Path) -> None:
    """Write a bundle into an empty folder."""
    counts = _write_graph(graph, made, about["base"])
    _write_tables(graph, made, options)
    write_graphml(graph, made / "network.graphml")
    write_gexf(graph, made / "network.gexf")
    _write_ontology(made / "ontology")
    told = contents(graph, counts, about)
    files = [written(made, part) for part in PARTS]
    _write_descriptions(told, files, options, about["base"], made)
    _write_checksums(made)


def _check_free(folder: Path, store: Path, force: bool) -> None:
    for place, what in ((store, "holds the graph"), (Path.cwd(), "is where you are")):
        if folder == place or folder in place.parents:
            raise InputError(f"{folder}: {what}; name another folder for the bundle")
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder}: is a file; name a folder for the bundle")
    if not force and folder.exists() and any(folder.iterdir()):
        raise InputError(f"{folder}: is not empty; name a new folder, or replace it with --force")
    kept = _kept(folder)
    if force and kept.exists() and not _is_bundle(folder):
        raise InputError(f"{kept}: is where the files of {folder} would be kept; move it away")


def _kept(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.before")


def _is_bundle(folder: Path) -> bool:
    """Return whether a folder holds a bundle and nothing else, or nothing at all."""
    if not folder.exists():
        return True
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
    checksums = folder / CHECKSUMS.path
    if checksums.is_file():
        lines = checksums.read_text(encoding="utf-8", errors="replace").splitlines()
        listed = {line.partition("  ")[2] for line in lines}
        # Folders of others have checksums too.
        if listed >= {"dcat.ttl", *(part.path for part in GRAPH)}:
            found -= {CHECKSUMS.path, *listed}
    return not found


def _write_graph(graph: Store, folder: Path, base: str) -> Statistics:
    """Write the graph in its formats and return what it holds."""
    triples = folder / "graph.nt"
    write_triples(statements(graph), triples)
    # No name and no time in the header, so that the bytes stay the same.
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
    _write_json(csvw(options.licence.iri), tables / "csv-metadata.json")


def _write_ontology(folder: Path) -> None:
    folder.mkdir()
    for name in _ONTOLOGY:
        shutil.copyfile(resource("ontology", name), folder / name)
    write_diagram(folder / "diagram.svg")
    write_documentation(folder / "index.html")


def _write_descriptions(
    told: Contents, files: Sequence[File], options: Options, space: str, folder: Path
) -> None:
    described = list(description(told, files, options, space))
    for name, form in (("dcat.ttl", RdfFormat.TURTLE), ("dcat.jsonld", RdfFormat.JSON_LD)):
        serialize(described, str(folder / name), form, prefixes=DCAT_PREFIXES)
    _write_json(data_package(told, files, options), folder / "datapackage.json")
    write_core_metadata(told, files, options, folder / "gbt21063.xml")
    write_summary(told, folder / "summary.svg")
    write_pages(told, files, options, folder)
    # It lists the other descriptions too; none of them lists itself or the others.
    companions = [written(folder, part) for part in COMPANIONS]
    _write_json(research_crate(told, files, companions, options), folder / DESCRIPTOR)


def _write_checksums(folder: Path) -> None:
    """Write the checksums of all files as `sha256sum --check` reads them."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = (f"{sha256(path)}  {path.relative_to(folder).as_posix()}\n" for path in paths)
    (folder / CHECKSUMS.path).write_text("".join(lines), encoding="utf-8", newline="\n")


def _write_json(value: object, path: Path) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")


def _put(made: Path, folder: Path) -> Path | None:
    """Put a complete bundle in its place, and return where what was there is kept, if it is.

    The two are exchanged in one step. Where the system cannot do that, the place is empty for a
    moment, and what was there is beside it as `.before`.
    """
    flush_folder(made)
    kept = None
    if not folder.exists():
        made.rename(folder)
    elif _is_bundle(folder):
        # The old bundle is now the draft, which is removed.
        if not exchange(made, folder):
            shutil.rmtree(_replace(made, folder))
    else:
        kept = _kept(folder)
        # Files of the user never have the name of a draft: drafts are removed.
        made.rename(kept)
        if not exchange(kept, folder):
            kept.rename(made)
            _replace(made, folder)
    flush(folder.parent)
    return kept


def _replace(made: Path, folder: Path) -> Path:
    """Put a bundle in the place of a folder in two steps; return where that folder is now."""
    before = _kept(folder)
    if before.exists() and _is_bundle(before):
        # A run that was killed between the two steps left it.
        shutil.rmtree(before)
    folder.rename(before)
    try:
        made.rename(folder)
    except BaseException:
        before.rename(folder)
        raise
    return before
