"""Triples as tables, and the mappings that make the same triples of them: RML and OTTR.

The IRI of a thing does not stand in a table: the parts of its path after its kind do, decoded, each
in a column, as the codes, numbers and names that tables hold. A mapping makes the IRI of them. The
IRIs of vocabularies are not made of parts; the classes among them stand in the mappings.

There is a table for the things of each combination of classes whose IRIs have the same form. Where
a thing can have several objects of one predicate and kind, they have a table of their own. Columns
that hold the same in all rows of a table are one.
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
    """Terms of one kind: IRIs of one form, texts of one language, or literals of one datatype.

    Attributes:
        start: What stands before the parts of an IRI, without a slash at its end; empty where a
            column holds the whole term.
        parts: How many columns hold it.
        datatype: The IRI of their datatype; empty for IRIs and texts of a language.
        language: Their language, if any.
    """

    start: str = ""
    parts: int = 1
    datatype: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """What makes a term of a row of a table.

    Attributes:
        kind: What is made.
        columns: The columns that hold it or its parts; where they are empty there is no term.
    """

    kind: Kind
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file.

    Attributes:
        name: The file's name without its suffix.
        classes: The classes of all its subjects, where the table tells them.
        subject: What its rows are about.
        objects: What they tell of it: predicates and their objects.
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
    """Write triples as CSV tables, and what tells of them and maps them beside.

    `tables.pickle` tells of them, `mapping.ttl` is RML and `templates.stottr` is OTTR.

    Args:
        triples: N-Triples, sorted, each once.
        folder: Where the tables are written.
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
    told = f'rml:reference "{term.columns[0]}"'
    if kind.language:
        return f'{told} ; rr:language "{kind.language}"'
    if kind.datatype == _XSD + "string":
        return f"{told} ; rr:termType rr:Literal"
    return f"{told} ; " + (
        f"rr:datatype <{kind.datatype}>" if kind.datatype else "rr:termType rr:IRI"
    )


def _group_rows(
    triples: Path,
) -> Iterator[tuple[tuple[str, ...], Kind, list[_Property], Iterator[tuple[str, ...]]]]:
    """Yield of each table the classes, the kinds of its subjects and objects, and its rows."""
    things: dict[tuple[tuple[str, ...], Kind], list[tuple[tuple[str, ...], _Values]]]
    things = defaultdict(list)
    for classes, kind, parts, values in _things(triples):
        things[classes, kind].append((parts, values))
    for (classes, kind), found in things.items():
        several: dict[_Property, bool] = {}
        for _, values in found:
            for told, objects in values.items():
                several[told] = several.get(told, False) or len(objects) > 1
        single = sorted(told for told, more in several.items() if not more)
        none = {told: [("",) * told[1].parts] for told in single}
        yield (
            classes,
            kind,
            single,
            (
                tuple(chain(parts, *(values.get(told, none[told])[0] for told in single)))
                for parts, values in found
            ),
        )
        for told in sorted(several.keys() - set(single)):
            rows = (parts + it for parts, values in found for it in values.get(told, ()))
            yield (), kind, [told], rows


def _write_table(
    path: Path,
    classes: tuple[str, ...],
    subject: Kind,
    objects: Iterable[_Property],
    rows: Iterable[tuple[str, ...]],
) -> Table:
    """Write a table, and return what tells of it."""
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
    """Yield each subject's classes, kind and parts, and what else is said of it."""
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
    """Return what kind of term it is, and what tables hold of it."""
    # Whoever reads tables only does not pay for it.
    from kg.graph.terms import BASE, KINDS

    if value.startswith("<"):
        iri = value[1:-1]
        kind, *segments = iri.removeprefix(f"{BASE}/").split("/")
        if kind not in KINDS:
            return Kind(), (iri,)
        # What many IRIs share is kept once.
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
