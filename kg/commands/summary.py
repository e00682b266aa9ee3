"""The command that summarises a graph in about ten lines."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kg.network.formatting import Language

from kg.commands.options import language_option, store_option


@click.command()
@click.option("--page", metavar="FILE", help="Network page to mention, written by kg view.")
@click.option("--turtle", metavar="FILE", help="Turtle file to mention, written by kg export.")
@language_option("summary")
@store_option
def summary(page: str | None, turtle: str | None, language: Language, store: str) -> None:
    """Summarise a graph and its unexpected ties in about ten lines."""
    from kg.graph.stores.embedded import open_graph
    from kg.network.summary import summarise, summary_lines

    for line in summary_lines(summarise(open_graph(store)), language):
        click.echo(line)
    for line in _link_lines(page, turtle, language, store):
        click.echo(line)


def _link_lines(
    page: str | None, turtle: str | None, language: Language, store: str
) -> Iterator[str]:
    """Yield the network page, the Turtle file and the portal, or the commands that create them."""
    kg = "kg" if shutil.which("kg") else os.path.relpath(Path(sys.executable).with_name("kg"))
    page = page or f"{kg} view departments --store {store} -o departments.html"
    turtle = turtle or f"{kg} export --store {store} -o graph.ttl"
    portal = f"{kg} serve --store {store}"
    if language == "zh":
        yield f"网络页面：{page}"
        yield f"Turtle文件：{turtle}"
        yield f"门户：{portal}（再打开 http://127.0.0.1:8000）"
        return
    yield f"Network page: {page}"
    yield f"Turtle file:  {turtle}"
    yield f"Portal:       {portal} (then open http://127.0.0.1:8000)"


COMMANDS = (summary,)
