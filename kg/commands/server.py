"""The command that serves a graph."""

from __future__ import annotations

import os
from pathlib import Path

import click

from kg.commands.options import number_option, store_option


@click.command()
@store_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@number_option("--port", click.IntRange(0, 65535), 8000, "Port to listen on; 0 for any free port.")
@click.option("--address", metavar="IRI", help="Public address.  [default: host and port]")
@click.option(
    "--allowed-host",
    "hosts",
    multiple=True,
    metavar="NAME",
    help="Additional host name to accept in requests; * for any.",
)
@click.option(
    "--embed-at",
    "embedding",
    multiple=True,
    metavar="ORIGIN",
    help="Site that may embed pages of this server in a frame, such as https://www.example.org.",
)
@click.option("--publisher", metavar="NAME", help="Publisher of the data, for /dcat.")
@click.option(
    "--licence", metavar="ID", help="SPDX identifier of the licence of the data, e.g. CC-BY-4.0."
)
@click.option("--allow-update", is_flag=True, help="Let clients with the token change the graph.")
@click.option("--token-file", metavar="FILE", help="File with the token.  [default: KG_TOKEN]")
@number_option("--seconds", click.FloatRange(min=0.1), 10, "Maximum time of a query.")
@number_option(
    "--memory", click.IntRange(min=100), 2048, "Maximum memory of a query or update.", metavar="MB"
)
@number_option(
    "--result-size", click.IntRange(min=1), 50, "Maximum size of an answer.", metavar="MB"
)
@number_option(
    "--workers", click.IntRange(min=1), 2, "Number of queries that run at the same time."
)
@number_option("--waiting", click.IntRange(min=0), 100, "Maximum number of waiting queries.")
@number_option(
    "--rate", click.FloatRange(min=0.1), 500, "Maximum number of requests of a client per second."
)
@number_option(
    "--concurrency",
    click.IntRange(min=1),
    200,
    "Maximum number of requests that are answered at the same time.",
)
def serve(
    store: str,
    host: str,
    port: int,
    address: str | None,
    hosts: tuple[str, ...],
    embedding: tuple[str, ...],
    publisher: str | None,
    licence: str | None,
    allow_update: bool,
    token_file: str | None,
    seconds: float,
    memory: int,
    result_size: int,
    workers: int,
    waiting: int,
    rate: float,
    concurrency: int,
) -> None:
    """Serve the graph: pages, SPARQL at /sparql, and linked data, until Ctrl-C.

    The server makes no requests of its own, and by default only this machine can reach it.
    """
    from kg.errors import InputError
    from kg.graph.stores.embedded import is_remote
    from kg.graph.stores.remote_builds import synced_folder
    from kg.server.serve import serve as serve_graph
    from kg.server.settings import MEGABYTE, Limits

    token = _read_token(token_file) if allow_update else None
    limits = Limits(
        seconds=seconds,
        worker_bytes=memory * MEGABYTE,
        result_bytes=result_size * MEGABYTE,
        workers=workers,
        waiting=waiting,
        rate=rate,
        concurrency=concurrency,
        burst=int(2 * rate) + 1,
    )
    if token and is_remote(store):
        raise InputError(
            "--allow-update: only for a graph in a folder; send updates to its SPARQL server"
        )
    with synced_folder(store) as folder:
        serve_graph(
            folder,
            host,
            port,
            address,
            hosts,
            publisher,
            licence,
            token,
            limits,
            embedding,
            _print_address,
        )


def _print_address(address: str) -> None:
    click.echo(f"{address}  (Ctrl-C ends it)")


def _read_token(file: str | None) -> str:
    from kg.errors import InputError
    from kg.reading.source import read_text

    token = read_text(Path(file)) if file else os.environ.get("KG_TOKEN")
    if token is None:
        raise InputError("--allow-update: needs a token; use --token-file or set KG_TOKEN")
    return token


COMMANDS = (serve,)
