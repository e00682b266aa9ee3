"""Commands on ties, network pages and changes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kg.network.formatting import Form, Language

from kg.commands.options import (
    all_option,
    file_option,
    jurisdiction_option,
    language_option,
    mapping_option,
    number_option,
    print_answer,
    store_option,
    write_or_print,
)
from kg.errors import InputError


@click.command()
@click.option(
    "--slips", metavar="NAME", help="Report who is affected if this project or task slips."
)
@number_option(
    "--steps",
    click.IntRange(1, 9),
    2,
    "With --slips: number of steps; 1 is only the departments whose tasks mention it.",
)
@language_option("report")
@click.option(
    "--format", "form", type=click.Choice(("text", "md", "json")), default="text", show_default=True
)
@file_option
@store_option
def analyse(
    slips: str | None, steps: int, language: Language, form: Form, output: str | None, store: str
) -> None:
    """Report the ties between departments, and which of them must talk to each other."""
    from kg.graph.stores.embedded import open_graph
    from kg.network.analysis import analyse as analyse_graph
    from kg.network.formatting import format_report
    from kg.network.slips import slips as find_affected

    graph = open_graph(store)
    found = analyse_graph(graph) if slips is None else find_affected(graph, slips, steps)
    write_or_print(format_report(found, form, language), output, f"{output}")


@click.command()
@click.argument("name")
@click.argument("about", required=False)
@click.option("-o", "--output", required=True, metavar="FILE.html", help="Page to write.")
@click.option(
    "--language",
    type=click.Choice(("zh", "en")),
    help="Language of the page.  [default: that of the browser; for matrix: zh]",
)
@store_option
def view(name: str, about: str | None, output: str, language: str | None, store: str) -> None:
    """Write the network page NAME: a self-contained file for a browser.

    NAME is departments, things, tasks, streets or categories; department or thing, with its name as
    ABOUT; or matrix, the matrix of departments with the pairs that should talk.
    """
    from kg.graph.stores.embedded import open_graph
    from kg.output import write_file
    from kg.views.matrix import render_matrix
    from kg.views.networks.catalogue import view as view_graph
    from kg.views.page import render_page

    graph = open_graph(store)
    if name == "matrix":
        if about:
            raise InputError(f"view “matrix”: shows the whole graph; leave out “{about}”")
        page = render_matrix(graph, language or "zh")
    else:
        page = render_page(view_graph(graph, name, about), language=language)
    write_file(output, page)
    click.echo(output)


@click.command()
@click.argument("before")
@click.argument("after")
@store_option
@jurisdiction_option
@mapping_option
@click.option(
    "--format",
    "form",
    type=click.Choice(("table", "md", "html", "json")),
    default="table",
    show_default=True,
)
@file_option
@all_option
def diff(
    before: str,
    after: str,
    store: str,
    jurisdiction: str | None,
    mapping: str | None,
    form: str,
    output: str | None,
    whole: bool,
) -> None:
    """Show the changes from report BEFORE to report AFTER.

    Each is a file, or the identifier of a report in the store (kg reports lists them).
    """
    from kg.graph.difference import diff as compare
    from kg.views.difference import render_difference, to_answer

    found = compare(before, after, store, jurisdiction, mapping)
    if form == "table" and not output:
        print_answer(to_answer(found), form, whole, full="md")
        return
    if form == "table":
        # The suffix sets the format: Markdown in an .html file would be parsed as HTML.
        suffix = Path(output).suffix.lower() if output else ""
        form = {".html": "html", ".htm": "html", ".json": "json"}.get(suffix, "md")
    text = render_difference(found, form)  # type: ignore[arg-type]
    write_or_print(text, output, f"{output}: {len(found.changes)} changes")


COMMANDS = (analyse, view, diff)
