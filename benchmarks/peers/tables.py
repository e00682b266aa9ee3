"""Triples as tables, and mappings (RML and OTTR) that make the same triples from the tables.

A table does not contain IRIs of things but the parts of their paths, decoded, each in a column; a
mapping makes IRIs from them. IRIs of vocabularies are not split; those of classes are in the
mappings.

There is one table for each combination of classes and form of IRIs. If a thing can have several
objects of one predicate and kind, these have a table of their own. Equal columns of a table are
written once.
"""

from __future__ import annotations

import csv
import pickle
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, islice
from pathlib import Path
from sys import intern
from urllib.parse import unquote

_A = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_LITERAL = re.compile(r'"(.*)"(?:@(\S+)|\^\^<(\S+)>)?', re.DOTALL)
_ESCAPE = re.compile(r"\\(.)")
_PLAIN = {"n": "\n", "r": "\r", "t": "\t"}


@dataclass(frozen=True, slots=True, order=True)
class Kind:
    """A kind of terms: IRIs of one form, texts of one language, or literals of one datatype.

    Attributes:
        start: The beginning of the IRIs, without a trailing slash; empty if one column contains the
            whole term.
        parts: The number of columns for a term.
        datatype: The IRI of their datatype; empty for IRIs and texts of a language.
        language: Their language, if any.
    """

    start: str = ""
    parts: int = 1
    datatype: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """How to make a term from a row of a table.

    Attributes:
        kind: The kind of the term.
        columns: The columns with the term or its parts; if they are empty there is no term.
    """

    kind: Kind
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file.

    Attributes:
        name: The file's name without its suffix.
        classes: The classes of all its subjects; empty if another table has them.
        subject: The subject of each row.
        objects: The predicates and objects of each row.
    """

    name: str
    classes: tuple[str, ...]
    subject: Term
    objects: tuple[tuple[str, Term], ...]


# A predicate and the kind of its objects.
_Property = tuple[str, Kind]
# The parts of each object.
_Values = Mapping[_Property, Sequence[tuple[str, ...]]]


def write_tables(triples: Path, folder: Path) -> list[Table]:
    """Write triples as CSV tables, with their mappings.

    `tables.pickle` describes the tables, `mapping.ttl` is RML and `templates.stottr` is OTTR.

    Args:
        triples: Sorted N-Triples without duplicates.
        folder: The output folder.
    """
    folder.mkdir()
    tables = [
        _write_table(folder / f"t{it}.csv", *rows) for it, rows in enumerate(_group_rows(triples))
    ]
    (folder / "tables.pickle").write_bytes(pickle.dumps(tables))
    (folder / "mapping.ttl").write_text(to_rml(tables, folder), encoding="utf-8")
    (folder / "templates.stottr").write_text(to_ottr(tables), encoding="utf-8")
    return tables


def read_tables(folder: Path) -> list[Table]:
    """Return the tables of a folder."""
    tables: list[Table] = pickle.loads((folder / "tables.pickle").read_bytes())
    return tables


def to_rml(tables: Iterable[Table], folder: Path) -> str:
    """Return the mapping of tables in the RDF Mapping Language (https://rml.io/specs/rml/)."""
    parts = [
        "@prefix rr: <http://www.w3.org/ns/r2rml#> .",
        "@prefix rml: <http://semweb.mmlab.be/ns/rml#> .",
        "@prefix ql: <http://semweb.mmlab.be/ns/ql#> .",
    ]
    for table in tables:
        classes = "".join(f" ; rr:class <{name}>" for name in table.classes)
        parts.append(
            f"<urn:map:{table.name}> a rr:TriplesMap ;\n"
            f'  rml:logicalSource [ rml:source "{folder / table.name}.csv" ;'
            " rml:referenceFormulation ql:CSV ] ;\n"
            f"  rr:subjectMap [ {_term_map(table.subject)}{classes} ]"
        )
        for predicate, term in table.objects:
            parts[-1] += (
                f" ;\n  rr:predicateObjectMap [ rr:predicate <{predicate}> ;"
                f" rr:objectMap [ {_term_map(term)} ] ]"
            )
        parts[-1] += " ."
    return "\n".join(parts) + "\n"


def to_ottr(tables: Iterable[Table]) -> str:
    """Return a template for each table (stOTTR, https://spec.ottr.xyz/stOTTR/0.1/).

    Its parameters are the terms of a row: `s` is the subject, `o0`, `o1` … are the objects.
    """
    parts = [
        "@prefix ottr: <http://ns.ottr.xyz/0.4/> .",
        "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .",
    ]
    for table in tables:
        names, triples = ["ottr:IRI ?s"], [f"ottr:Triple(?s, {_A}, <{it}>)" for it in table.classes]
        for index, (predicate, term) in enumerate(table.objects):
            datatype = f"<{term.kind.datatype}>" if term.kind.datatype else "ottr:IRI"
            names.append(f"? {'rdf:langString' if term.kind.language else datatype} ?o{index}")
            triples.append(f"ottr:Triple(?s, <{predicate}>, ?o{index})")
        inside = " ,\n  ".join(triples)
        parts.append(f"<urn:map:{table.name}> [ {', '.join(names)} ] :: {{\n  {inside}\n}} .")
    return "\n".join(parts) + "\n"


def _term_map(term: Term) -> str:
    kind = term.kind
    if kind.start:
        template = "/".join((kind.start, *(f"{{{column}}}" for column in term.columns)))
        return f'rr:template "{template}" ; rr:termType rr:IRI'
    reference = f'rml:reference "{term.columns[0]}"'
    if kind.language:
        return f'{reference} ; rr:language "{kind.language}"'
    if kind.datatype == _XSD + "string":
        return f"{reference} ; rr:termType rr:Literal"
    return f"{reference} ; " + (
        f"rr:datatype <{kind.datatype}>" if kind.datatype else "rr:termType rr:IRI"
    )


def _group_rows(
    triples: Path,
) -> Iterator[tuple[tuple[str, ...], Kind, list[_Property], Iterator[tuple[str, ...]]]]:
    """Yield for each table the classes, the kinds of its subjects and objects, and its rows."""
    things: dict[tuple[tuple[str, ...], Kind], list[tuple[tuple[str, ...], _Values]]]
    things = defaultdict(list)
    for classes, kind, parts, values in _things(triples):
        things[classes, kind].append((parts, values))
    for (classes, kind), found in things.items():
        several: dict[_Property, bool] = {}
        for _, values in found:
            for prop, objects in values.items():
                several[prop] = several.get(prop, False) or len(objects) > 1
        single = sorted(prop for prop, more in several.items() if not more)
        none = {prop: [("",) * prop[1].parts] for prop in single}
        yield (
            classes,
            kind,
            single,
            (
                tuple(chain(parts, *(values.get(prop, none[prop])[0] for prop in single)))
                for parts, values in found
            ),
        )
        for prop in sorted(several.keys() - set(single)):
            rows = (parts + it for parts, values in found for it in values.get(prop, ()))
            yield (), kind, [prop], rows


def _write_table(
    path: Path,
    classes: tuple[str, ...],
    subject: Kind,
    objects: Iterable[_Property],
    rows: Iterable[tuple[str, ...]],
) -> Table:
    """Write a table, and return its description."""
    names: dict[tuple[str, ...], str] = {}
    columns = iter([names.setdefault(it, f"c{len(names)}") for it in zip(*rows, strict=True)])
    with path.open("w", encoding="utf-8", newline="") as file:
        write = csv.writer(file, lineterminator="\n")
        write.writerow(names.values())
        write.writerows(zip(*names, strict=True))

    def term(kind: Kind) -> Term:
        return Term(kind, tuple(islice(columns, kind.parts)))

    # The subject's columns come first.
    return Table(path.stem, classes, term(subject), tuple((it, term(kind)) for it, kind in objects))


def _things(
    triples: Path,
) -> Iterator[tuple[tuple[str, ...], Kind, tuple[str, ...], _Values]]:
    """Yield each subject's classes, kind and parts, and the objects of its other predicates."""
    with triples.open(encoding="utf-8", newline="\n") as file:
        split = (line[:-3].split(" ", 2) for line in file)
        for subject, statements in groupby(split, key=lambda it: it[0]):
            classes, values = [], defaultdict(list)
            for _, predicate, value in statements:
                if predicate == _A:
                    classes.append(value[1:-1])
                else:
                    kind, parts = _split_term(value)
                    values[predicate[1:-1], kind].append(parts)
            kind, parts = _split_term(subject)
            yield tuple(classes), kind, parts, values


def _split_term(value: str) -> tuple[Kind, tuple[str, ...]]:
    """Return the kind of a term, and its parts in a table."""
    # Imported here, as it is not needed for reading tables.
    from kg.graph.rdf.terms import BASE, KINDS

    if value.startswith("<"):
        iri = value[1:-1]
        kind, *segments = iri.removeprefix(f"{BASE}/").split("/")
        if kind not in KINDS:
            return Kind(), (iri,)
        # Strings that many IRIs share are stored once.
        parts = tuple(intern(unquote(segment)) for segment in segments)
        return Kind(f"{BASE}/{kind}", len(parts)), parts
    found = _LITERAL.fullmatch(value)
    assert found, value
    text, language, datatype = found.groups()
    if "\\" in text:
        text = _ESCAPE.sub(lambda it: _PLAIN.get(it[1], it[1]), text)
    if language:
        return Kind(language=language), (text,)
    return Kind(datatype=datatype or _XSD + "string"), (text,)
