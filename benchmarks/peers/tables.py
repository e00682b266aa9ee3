"""Triples as tables, and the mappings that make the same triples of them: RML and OTTR.

There is a table for the things of each combination of classes. A column holds the objects of one
predicate that are of one kind: IRIs, texts of one language, or literals of one datatype. Where a
thing can have several, they have a table of their own. The classes stand in the mappings.
"""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path

_A = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_LITERAL = re.compile(r'"(.*)"(?:@(\S+)|\^\^<(\S+)>)?', re.DOTALL)
_ESCAPE = re.compile(r"\\(.)")
_PLAIN = {"n": "\n", "r": "\r", "t": "\t"}


@dataclass(frozen=True, slots=True, order=True)
class Column:
    """Objects of one predicate, of one kind.

    Attributes:
        predicate: Its IRI.
        datatype: The IRI of their datatype; empty for IRIs and texts of a language.
        language: Their language, if any.
    """

    predicate: str
    datatype: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file, whose first column `s` holds the subjects, and `c0`, `c1` … the objects.

    Attributes:
        name: The file's name without its suffix.
        classes: The classes of all its subjects, where the table tells them.
        columns: What the columns after the first hold; empty cells tell nothing.
    """

    name: str
    classes: tuple[str, ...]
    columns: tuple[Column, ...]


def write_tables(triples: Path, folder: Path) -> list[Table]:
    """Write triples as CSV tables, and what tells of them and maps them beside.

    `tables.json` tells of them, `mapping.ttl` is RML and `templates.stottr` is OTTR.

    Args:
        triples: N-Triples, sorted, each once.
        folder: Where the tables are written.
    """
    folder.mkdir()
    shapes: dict[tuple[str, ...], dict[Column, bool]] = defaultdict(dict)
    for _, classes, values in _things(triples):
        shape = shapes[classes]
        for column, found in values.items():
            shape[column] = shape.get(column, False) or len(found) > 1
    tables: list[Table] = []
    main: dict[tuple[str, ...], Table] = {}
    more: dict[tuple[str, ...], list[Table]] = defaultdict(list)
    for classes, shape in shapes.items():
        single = sorted(column for column, several in shape.items() if not several)
        main[classes] = Table(f"t{len(tables)}", classes, tuple(single))
        tables.append(main[classes])
        for column in sorted(shape.keys() - set(single)):
            more[classes].append(Table(f"t{len(tables)}", (), (column,)))
            tables.append(more[classes][-1])
    with ExitStack() as files:
        write = {}
        for table in tables:
            file = (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="")
            write[table] = csv.writer(files.enter_context(file), lineterminator="\n").writerow
            write[table](["s", *(f"c{index}" for index in range(len(table.columns)))])
        for subject, classes, values in _things(triples):
            table = main[classes]
            write[table]([subject, *(values.get(column, [""])[0] for column in table.columns)])
            for table in more[classes]:
                for value in values.get(table.columns[0], ()):
                    write[table]([subject, value])
    told = [asdict(table) for table in tables]
    (folder / "tables.json").write_text(json.dumps(told), encoding="utf-8")
    (folder / "mapping.ttl").write_text(rml(tables, folder), encoding="utf-8")
    (folder / "templates.stottr").write_text(ottr(tables), encoding="utf-8")
    return tables


def read_tables(folder: Path) -> list[Table]:
    """Return the tables of a folder."""
    told = json.loads((folder / "tables.json").read_text(encoding="utf-8"))
    return [
        Table(it["name"], tuple(it["classes"]), tuple(Column(**each) for each in it["columns"]))
        for it in told
    ]


def rml(tables: Iterable[Table], folder: Path) -> str:
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
            f'  rr:subjectMap [ rml:reference "s" ; rr:termType rr:IRI{classes} ]'
        )
        for index, column in enumerate(table.columns):
            kind = " ; rr:termType rr:IRI"
            if column.language:
                kind = f' ; rr:language "{column.language}"'
            elif column.datatype:
                kind = f" ; rr:datatype <{column.datatype}>"
                if column.datatype == _XSD + "string":
                    kind = " ; rr:termType rr:Literal"
            parts[-1] += (
                f" ;\n  rr:predicateObjectMap [ rr:predicate <{column.predicate}> ;"
                f' rr:objectMap [ rml:reference "c{index}"{kind} ] ]'
            )
        parts[-1] += " ."
    return "\n".join(parts) + "\n"


def ottr(tables: Iterable[Table]) -> str:
    """Return a template for each table (stOTTR, https://spec.ottr.xyz/stOTTR/0.1/)."""
    parts = [
        "@prefix ottr: <http://ns.ottr.xyz/0.4/> .",
        "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .",
    ]
    for table in tables:
        names, triples = ["ottr:IRI ?s"], [f"ottr:Triple(?s, {_A}, <{it}>)" for it in table.classes]
        for index, column in enumerate(table.columns):
            kind = f"<{column.datatype}>" if column.datatype else "ottr:IRI"
            names.append(f"? {'rdf:langString' if column.language else kind} ?c{index}")
            triples.append(f"ottr:Triple(?s, <{column.predicate}>, ?c{index})")
        inside = " ,\n  ".join(triples)
        parts.append(f"<urn:map:{table.name}> [ {', '.join(names)} ] :: {{\n  {inside}\n}} .")
    return "\n".join(parts) + "\n"


def _things(
    triples: Path,
) -> Iterator[tuple[str, tuple[str, ...], Mapping[Column, list[str]]]]:
    """Yield each subject with its classes and what else is said of it."""
    with triples.open(encoding="utf-8", newline="\n") as file:
        split = (line[:-3].split(" ", 2) for line in file)
        for subject, statements in groupby(split, key=lambda it: it[0]):
            classes, values = [], defaultdict(list)
            for _, predicate, value in statements:
                if predicate == _A:
                    classes.append(value[1:-1])
                else:
                    column, text = _taken_apart(predicate[1:-1], value)
                    values[column].append(text)
            yield subject[1:-1], tuple(classes), values


def _taken_apart(predicate: str, value: str) -> tuple[Column, str]:
    if value.startswith("<"):
        return Column(predicate), value[1:-1]
    found = _LITERAL.fullmatch(value)
    assert found, value
    text, language, datatype = found.groups()
    if "\\" in text:
        text = _ESCAPE.sub(lambda it: _PLAIN.get(it[1], it[1]), text)
    if language:
        return Column(predicate, language=language), text
    return Column(predicate, datatype or _XSD + "string"), text
