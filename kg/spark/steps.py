"""The steps that executors run, from rows to rows; the work is the same as in `kg.graph`."""

from __future__ import annotations

import gc
import json
import os
import pickle
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from functools import cache
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kg.errors import InputError
from kg.graph.derive import derived_quads
from kg.graph.digest import Digest, Job, Outline, digest_outline, read_outline
from kg.graph.duplicates import duplicate_message
from kg.graph.processes import defer_garbage_collection
from kg.graph.validation import Finding, count_severities, validate_facts
from kg.history.numbering import number_reports
from kg.reading.corpus import is_table_name
from kg.spark.sources import LARGEST

# The columns of each step's rows.
OUTLINES = "uri string, identifier string, plan string, light binary, packed binary, error string"
PLACES = "identifier string, places binary"
DIGESTS = (
    "uri string, plan string, place string, year int, quads string, statements long, tasks int, "
    "facts int, violations int, warnings int, about string, findings array<string>, "
    "unmatched array<string>, error string"
)
DERIVED = (
    "place string, year int, quads string, statements long, violations int, warnings int, "
    "findings array<string>"
)


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """The options for all sources.

    Attributes:
        base: The base of all IRIs.
        jurisdiction: Code of the place whose reports these are, if the titles do not name it.
        with_people: Whether to keep names of leaders.
        files: The address and content of given files, by their use: `curation` or `mapping`.
    """

    base: str
    jurisdiction: str | None
    with_people: bool
    files: dict[str, tuple[str, bytes]]


def read_sources(given: BuildOptions, rows: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    """Yield the outline of each document (`OUTLINES`), or why it cannot be read.

    Args:
        given: The options for all sources.
        rows: The documents, as `kg.spark.sources.Corpus.documents` returns them.
    """
    _configure_process()
    for row in rows:
        if not is_table_name(_file_name(row.uri)):
            continue
        try:
            read = _read_document(given, row)
        except InputError as error:
            yield row.uri, None, None, None, None, str(error)
        else:
            light = zlib.compress(pickle.dumps(replace(read, packed=b"")))
            yield row.uri, read.report.identifier, read.report.plan, light, read.packed, None
        gc.collect()


def number_plans(rows: Iterable[Any]) -> Iterator[tuple[str, bytes]]:
    """Yield the places of each report's rows in its plan (`PLACES`).

    Args:
        rows: Reports without duplicates (`OUTLINES`), grouped by plan.
    """
    _configure_process()
    for _, of_plan in groupby(rows, attrgetter("plan")):
        outlines = [_load_outline(row) for row in of_plan]
        decided = {read.report.identifier: read.decided_numbers for read in outlines}
        for identifier, places in number_reports(
            (it.report for it in outlines), {}, decided
        ).items():
            yield identifier, pickle.dumps(dict(places))


def digest_reports(rows: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    """Yield the graph of each report (`DIGESTS`), or why its source is refused.

    Args:
        rows: Reports (`OUTLINES`) with their places, grouped by identifier; of several sources with
            the same identifier the first one is kept.
    """
    _configure_process()
    for _, claims in groupby(rows, attrgetter("identifier")):
        yield from _resolve_duplicates(claims)
        gc.collect()


def derive_plans(base: str, rows: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    """Yield the derived statements of each plan (`DERIVED`).

    Args:
        base: The base of all IRIs.
        rows: Reports (`DIGESTS`), grouped by plan.
    """
    _configure_process()
    for plan, of_plan in groupby(rows, attrgetter("plan")):
        reports = list(of_plan)
        ties = set(derived_quads((_triples(row.quads) for row in reports), base, plan))
        lines = sorted(f"{quad} .\n" for quad in ties)
        findings = validate_facts(b"".join({f"{quad.triple} .\n".encode() for quad in ties}))
        wrong = count_severities(findings)
        yield _row(
            DERIVED,
            place=reports[0].place,
            year=reports[0].year,
            quads="".join(lines),
            statements=len(lines),
            violations=wrong["violation"],
            warnings=wrong["warning"],
            findings=_findings_json(findings, plan=plan),
        )
        gc.collect()


def _read_document(given: BuildOptions, row: Any) -> Outline:  # noqa: ANN401
    """Read a document from a local copy with its side files; messages name the original files."""
    if row.content is None:
        raise InputError(f"{row.uri}: is larger than {LARGEST // 1024**2} MB; split it")
    with TemporaryDirectory(prefix="taskkg-", dir=_scratch_folder()) as scratch:
        folder, aside = Path(scratch, "source"), Path(scratch, "given")
        folder.mkdir()
        names = {f"{folder}/": row.uri.removesuffix(_file_name(row.uri))}
        for name, content in [(_file_name(row.uri), row.content), *row.beside]:
            (folder / name).write_bytes(content)
        files = {}
        for what, (address, content) in given.files.items():
            files[what] = aside / what / _file_name(address)
            files[what].parent.mkdir(parents=True)
            files[what].write_bytes(content)
            names[str(files[what])] = address

        def restore_names(text: str) -> str:
            for copy, name in names.items():
                text = text.replace(copy, name)
            return text

        source = folder / _file_name(row.uri)
        job = Job(source, given.base, given.jurisdiction, with_people=given.with_people, **files)
        try:
            read = read_outline(job)
        except InputError as error:
            raise InputError(restore_names(str(error))) from None
        except Exception as error:
            error.add_note(f"while {row.uri} was read")
            raise
        entries = tuple(replace(entry, place=restore_names(entry.place)) for entry in read.entries)
        return replace(read, job=Job(row.uri, given.base), entries=entries)


def _resolve_duplicates(claims: Iterator[Any]) -> Iterator[tuple[Any, ...]]:
    """Yield the graph of the first of several sources of one report, and refuse the others."""
    first = next(claims)
    read = _load_outline(first)
    for other in claims:
        sentence = duplicate_message(
            other.uri, _load_outline(other).full_report(), _file_name(first.uri), read.full_report()
        )
        yield _row(DIGESTS, uri=other.uri, plan=other.plan, error=sentence)
    yield _digest_row(first.uri, read, digest_outline(read, pickle.loads(first.places)))


def _digest_row(uri: str, read: Outline, made: Digest) -> tuple[Any, ...]:
    identifier = read.report.identifier
    quads = made.quads.decode()
    return _row(
        DIGESTS,
        uri=uri,
        plan=read.report.plan,
        place=made.about["place"],
        year=read.report.year,
        quads=quads,
        statements=quads.count("\n"),
        tasks=made.about["tasks"],
        facts=made.about["facts"],
        violations=made.about["validity"]["violation"],
        warnings=made.about["validity"]["warning"],
        about=_json(made.about),
        findings=_findings_json(made.findings, report=identifier),
        unmatched=[_json({"report": identifier, **asdict(entry)}) for entry in made.unmatched],
    )


def _row(columns: str, **values: Any) -> tuple[Any, ...]:  # noqa: ANN401
    """Return a row, with null for missing values."""
    return tuple(values.get(column.split()[0]) for column in columns.split(", "))


def _findings_json(findings: Iterable[Finding], **about: str) -> list[str]:
    return [_json({**about, **asdict(finding)}) for finding in findings]


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)


def _load_outline(row: Any) -> Outline:  # noqa: ANN401
    """Return an outline, with the full report if the row has it."""
    light: Outline = pickle.loads(zlib.decompress(row.light))
    return replace(light, packed=bytes(row.packed)) if "packed" in row else light


def _triples(quads: str) -> bytes:
    """Return N-Quads as N-Triples; the last term, the graph, has no spaces."""
    lines = quads.removesuffix("\n").split("\n")
    return "".join(f"{line.rsplit(' ', 2)[0]} .\n" for line in lines).encode()


def _file_name(uri: str) -> str:
    return uri.rpartition("/")[2]


def _scratch_folder() -> str | None:
    """Return a folder that Spark always removes when the application ends, or None."""
    return os.environ.get("SPARK_LOCAL_DIRS", "").partition(",")[0] or None


# Once for each Python process, which runs many tasks.
_configure_process = cache(defer_garbage_collection)
