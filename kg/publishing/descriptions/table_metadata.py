"""Metadata of the tables in a bundle: W3C's CSVW and Frictionless Data.

Sources: *Metadata Vocabulary for Tabular Data* (W3C, 2015) and *Table Schema* (Frictionless Data).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kg.graph.rdf.terms import PREFIXES
from kg.publishing.columns import SEPARATOR, TABLES, Column, Table


def csvw_metadata(licence: str, tables: Sequence[Table] = TABLES) -> dict[str, Any]:
    """Return the metadata of tables in the same folder, as a CSVW table group.

    Args:
        licence: The IRI of the licence.
        tables: The tables.
    """
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "zh"}],
        "dc:license": {"@id": licence},
        "tables": [_csvw_table(table) for table in tables],
    }


def table_schema(table: Table) -> dict[str, Any]:
    """Return the Table Schema of a table in a data package."""
    key = table.columns[0].name
    schema: dict[str, Any] = {
        "fields": [_field(column, column.name == key) for column in table.columns],
        "primaryKey": [key],
    }
    if keys := _foreign_keys(table):
        schema["foreignKeys"] = [
            {
                "fields": [name],
                "reference": {"resource": other, "fields": [TABLES[0].columns[0].name]},
            }
            for name, other in keys.items()
        ]
    return schema


def _csvw_table(table: Table) -> dict[str, Any]:
    key = table.columns[0].name
    schema: dict[str, Any] = {
        "aboutUrl": f"{{+{key}}}",
        "primaryKey": key,
        "columns": [_csvw_column(column, column.name == key) for column in table.columns],
    }
    if keys := _foreign_keys(table):
        schema["foreignKeys"] = [
            {
                "columnReference": name,
                "reference": {"resource": f"{other}.csv", "columnReference": key},
            }
            for name, other in keys.items()
        ]
    return {
        "url": f"{table.name}.csv",
        "dc:title": [
            {"@value": table.zh, "@language": "zh"},
            {"@value": table.en, "@language": "en"},
        ],
        "tableSchema": schema,
    }


def _csvw_column(column: Column, key: bool) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": column.name,
        "titles": [column.name, column.zh],
        "dc:description": [
            {"@value": column.zh, "@language": "zh"},
            {"@value": column.en, "@language": "en"},
        ],
        "datatype": column.datatype,
    }
    if key:
        return described | {"required": True, "suppressOutput": True}
    prefix, _, local = column.path.partition(":")
    if column.show == "value" and "/" not in column.path and "^" not in column.path:
        described["propertyUrl"] = PREFIXES[prefix] + local
        if column.datatype == "anyURI":
            described["valueUrl"] = f"{{+{column.name}}}"
    else:
        # Values at the end of longer paths are not properties of the thing itself.
        described["suppressOutput"] = True
    if column.many:
        described["separator"] = SEPARATOR
    return described


def _field(column: Column, key: bool) -> dict[str, Any]:
    kinds: Mapping[str, dict[str, str]] = {
        "anyURI": {"type": "string", "format": "uri"},
        "decimal": {"type": "number"},
    }
    field: dict[str, Any] = {
        "name": column.name,
        "title": column.zh,
        "description": column.en,
        **kinds.get(column.datatype, {"type": column.datatype}),
    }
    if key:
        field["constraints"] = {"required": True, "unique": True}
    return field


def _foreign_keys(table: Table) -> dict[str, str]:
    return {column.name: column.table for column in table.columns if column.table}
