"""Questions of the catalogue in Spark SQL, over the graph that a build on Spark writes.

Each is an `.sql` file in this folder, with the same answer as the `.rq` file of that name; all can
use the tables of `common.sql`. A prefixed name in quotes, such as 'tkg:Task', stands for its IRI. A
parameter is an array of terms, which is empty if it has no value. The basic tables have the columns
`subject`, `predicate` and `object`, terms in N-Triples syntax, and `text`, the text of an object
that is a literal:

- `statements` and `derived`: of the districts to which the parameters belong, or of all;
- `all_statements` and `all_derived`: of all districts;
- `ontology`.

In `statements` a statement occurs once for each report that contains it; in `derived` statements
are unique within a plan.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, RdfFormat, Store

from kg.errors import InputError
from kg.graph.rdf.literals import canonical_decimal, zh
from kg.graph.rdf.terms import PREFIXES, term
from kg.questions.catalogue import check_parameters, question
from kg.questions.parameters import Parameter, find_terms
from kg.spark.files import Files
from kg.spark.session import session
from kg.tables import Answer, Plain

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame, SparkSession

_FOLDER = Path(__file__).parent
_PREFIXED = re.compile(r"'([\w-]+:\w+)'")
_COLUMNS = "subject string, predicate string, object string"
_NAMES = ("rdfs:label", "skos:prefLabel", "skos:altLabel", "dcterms:identifier")


def query(
    store: str | Path,
    name: str,
    given: Mapping[str, str] | None = None,
    master: str | None = None,
) -> Answer:
    """Answer a question of the catalogue as `kg.questions.catalogue.query` does.

    Args:
        store: The folder of a build on Spark; any address for which Spark has a connector.
        name: The question's name.
        given: Values for its parameters.
        master: As for `kg.spark.session.session`.

    Raises:
        InputError: There is no such question for Spark, there is no graph, Spark cannot start, or
            as for `kg.questions.catalogue.query`.
    """
    asked, given = question(name), given or {}
    texts = {path.stem: path.read_text("utf-8") for path in sorted(_FOLDER.glob("*.sql"))}
    common = texts.pop("common")
    if name not in texts:
        raise InputError(
            f"question “{name}”: Spark only answers {', '.join(texts)}; for other questions load "
            f"the N-Quads of {store} into a SPARQL server (docs/spark.md)"
        )
    check_parameters(asked, given)
    # Spark computes no table that is not asked for.
    sql = _PREFIXED.sub(lambda match: f"'{term(match[1])}'", f"{common}({texts[name]})")
    with session(master) as spark:
        tables = _tables(spark, str(store))
        found: dict[str, list[str]] = {key: [] for key in asked.parameters}
        for key, value in given.items():
            found[key], places = _find_terms(tables, asked.parameters[key], value)
            tables = _filter_districts(tables, places)
        rows = _select(spark, sql, tables, found)
    values = (tuple(_value(row[field]) for field in asked.fields) for row in rows)
    return Answer(tuple(asked.fields), tuple(values))


def _tables(spark: SparkSession, store: str) -> dict[str, DataFrame]:
    files = Files(spark, store)
    if not files.exists("build.json"):
        raise InputError(
            f"{store}: no graph of a build on Spark here; make one with "
            f"`kg build SOURCE --engine spark --out {store}`"
        )
    placed = f"{_COLUMNS}, place string, year string"
    statements = spark.read.schema(placed).parquet(files.glob_pattern("statements"))
    derived = spark.read.schema(placed).parquet(files.glob_pattern("derived"))
    return {
        "statements": statements,
        "derived": derived,
        "all_statements": statements,
        "all_derived": derived,
        "ontology": spark.read.schema(_COLUMNS).parquet(files.glob_pattern("ontology")),
    }


def _filter_districts(
    tables: Mapping[str, DataFrame], places: Iterable[str]
) -> dict[str, DataFrame]:
    """Return the tables, with `statements` and `derived` limited to districts, if any."""
    chosen = list(places)
    narrow = ("statements", "derived") if chosen else ()
    return {
        name: table.where(table.place.isin(chosen)) if name in narrow else table
        for name, table in tables.items()
    }


def _find_terms(
    tables: Mapping[str, DataFrame], parameter: Parameter, value: str
) -> tuple[list[str], set[str]]:
    """Return the terms that a value stands for, and their districts, if any."""
    rows = _candidate_statements(tables, parameter, value)
    known = Store()
    lines = "".join(f"{' '.join(row[:3])} .\n" for row in rows)
    known.load(lines, RdfFormat.N_TRIPLES, lenient=True)
    found = [str(one) for one in find_terms(known, parameter, value)]
    return found, {row.place for row in rows if row.place and row.subject in found}


def _candidate_statements(
    tables: Mapping[str, DataFrame], parameter: Parameter, value: str
) -> list[Any]:
    """Return the statements that are needed to find the terms that a value stands for.

    If something has exactly that name, other names are not fetched.
    """
    from pyspark.sql import functions as f

    kind, subject, predicate = parameter.kinds[0], f.col("subject"), f.col("predicate")
    if kind == "class":
        return []
    if kind in PREFIXES:
        wanted = predicate.isin(_iris("skos:inScheme", "skos:prefLabel"))
        return tables["ontology"].where(wanted).withColumn("place", f.lit(None)).collect()
    statements = tables["all_statements"].drop("year")
    names = statements.where(predicate.isin(_iris(*_NAMES)))
    classes = f.col("object").isin(_iris(*(f"tkg:{name}" for name in parameter.kinds)))
    things = statements.where((predicate == str(term("rdf:type"))) & classes)
    written = f.col("object").isin(str(zh(value)), str(Literal(value)))
    called = names.where(written | (subject == f"<{value}>")).distinct().collect()
    # Only in their districts, which is faster.
    those = subject.isin([row.subject for row in called])
    there = f.col("place").isin([row.place for row in called])
    if found := things.where(those & there).distinct().collect():
        return called + found
    return names.join(things, "subject", "left_semi").union(things).distinct().collect()


def _select(
    spark: SparkSession,
    sql: str,
    tables: Mapping[str, DataFrame],
    found: Mapping[str, Iterable[str]],
) -> list[Any]:
    from pyspark.sql import functions as f

    given = {name: f.array(*map(f.lit, values)) for name, values in found.items()}
    with_texts = {name: table.withColumn("text", _text()) for name, table in tables.items()}
    return spark.sql(sql, given, **with_texts).collect()


def _text() -> Column:
    """Return the text of a literal; JSON has all the escapes that `kg.graph.rdf.ntriples` uses."""
    from pyspark.sql import functions as f

    written = f.col("object")
    quoted = f.concat(f.lit("["), f.regexp_extract(written, '(?s)^(".*")', 1), f.lit("]"))
    read = f.from_json(quoted, "array<string>", {"allowUnquotedControlChars": "true"})
    plainly = f.split_part(written, f.lit('"'), f.lit(2))
    return f.when(f.contains(written, f.lit("\\")), f.get(read, f.lit(0))).otherwise(plainly)


def _iris(*names: str) -> list[str]:
    return [str(term(name)) for name in names]


def _value(value: Any) -> Plain:  # noqa: ANN401
    """Return a value of Spark as `kg.questions.sparql.plain_value` gives it."""
    return Decimal(canonical_decimal(value)) if isinstance(value, Decimal) else value
