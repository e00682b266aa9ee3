"""The command that tells in about ten lines what a graph holds."""

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

from kg.commands.options import store_option


@click.command()
@click.option("--page", metavar="FILE", help="Network page to name, made by kg view.")
@click.option("--turtle", metavar="FILE", help="Turtle file to name, made by kg export.")
@click.option(
    "--language",
    type=click.Choice(("zh", "en")),
    default="zh",
    show_default=True,
    help="Of the words.",
)
@store_option
def summary(page: str | None, turtle: str | None, language: Language, store: str) -> None:
    """Tell in about ten lines what a graph holds and what is surprising in it."""
    from kg.graph.store import open_graph
    from kg.network.summary import summarise, summary_lines

    for line in summary_lines(summarise(open_graph(store)), language):
        click.echo(line)
    for line in _places(page, turtle, language, store):
        click.echo(line)


def _places(page: str | None, turtle: str | None, language: Language, store: str) -> Iterator[str]:
    """Return where the network page, the Turtle file and the portal are, or what makes them."""
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
