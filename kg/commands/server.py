"""The command that serves a graph."""

from __future__ import annotations

import os
from pathlib import Path

import click

from kg.commands.options import store_option


@click.command()
@store_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="Port to listen at; 0 for any that is free.",
)
@click.option(
    "--address", metavar="IRI", help="Where people reach it.  [default: where it listens]"
)
@click.option(
    "--allowed-host",
    "hosts",
    multiple=True,
    metavar="NAME",
    help="Name by which it may be called, beside its own; * for any.",
)
@click.option("--publisher", metavar="NAME", help="Who publishes the data, as /dcat tells it.")
@click.option("--licence", metavar="ID", help="SPDX identifier of its licence, e.g. CC-BY-4.0.")
@click.option("--allow-update", is_flag=True, help="Let who shows the token change the graph.")
@click.option(
    "--token-file", metavar="FILE", help="File that holds the token.  [default: KG_TOKEN]"
)
@click.option(
    "--seconds", type=click.FloatRange(min=0.1), help="How long a query may take.  [default: 10]"
)
def serve(
    store: str,
    host: str,
    port: int,
    address: str | None,
    hosts: tuple[str, ...],
    publisher: str | None,
    licence: str | None,
    allow_update: bool,
    token_file: str | None,
    seconds: float | None,
) -> None:
    """Serve the graph: pages, SPARQL at /sparql, and linked data, until Ctrl-C.

    Nothing is read from elsewhere, and nobody else can reach it unless --host says so.
    """
    from kg.server.serve import serve as serve_graph

    token = _token(token_file) if allow_update else None
    serve_graph(store, host, port, address, hosts, publisher, licence, token, seconds, _tell)


def _tell(address: str) -> None:
    click.echo(f"{address}  (Ctrl-C ends it)")


def _token(file: str | None) -> str:
    from kg.errors import InputError
    from kg.reading.source import read_text

    token = read_text(Path(file)) if file else os.environ.get("KG_TOKEN")
    if token is None:
        raise InputError("--allow-update: needs a token; name its file, or set KG_TOKEN")
    return token


COMMANDS = (serve,)
