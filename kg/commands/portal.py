"""Commands that export and publish a graph."""

from __future__ import annotations

import click

from kg.commands.options import (
    store_option,
)

GRAPH_FORMATS = ("turtle", "ntriples", "nquads", "trig", "jsonld", "rdfxml", "server", "stratml")


@click.command()
@click.option("-o", "--output", required=True, metavar="FILE", help="File to write.")
@click.option(
    "--format", "form", type=click.Choice(GRAPH_FORMATS), default="turtle", show_default=True
)
@store_option
def export(output: str, form: str, store: str) -> None:
    """Write the whole graph to a file."""
    from kg.graph.stores.embedded import about_build, open_graph
    from kg.graph.stores.remote_builds import local_folder
    from kg.publishing.export import export as export_graph

    with local_folder(store) as folder:
        count = export_graph(open_graph(folder), output, form, about_build(folder))
    click.echo(f"{output}: {count} {'tasks' if form == 'stratml' else 'statements'}")


@click.command()
@click.option("-o", "--output", required=True, metavar="DIR", help="Folder of the bundle.")
@click.option("--publisher", required=True, metavar="NAME", help="Who publishes it.")
@click.option("--licence", required=True, metavar="ID", help="SPDX identifier, e.g. CC-BY-4.0.")
@click.option(
    "--base", required=True, metavar="IRI", help="Address where the folder will be published."
)
@click.option("--contact", metavar="ADDRESS", help="E-mail address or page for questions.")
@click.option("--sparql", metavar="IRI", help="SPARQL endpoint for the same graph.")
@click.option("--issued", metavar="DATE", help="Date of publication.  [default: none]")
@click.option(
    "--force",
    is_flag=True,
    help="Replace an existing folder; if it is not a bundle, it is kept as DIR.before.",
)
@store_option
def publish(
    output: str,
    publisher: str,
    licence: str,
    base: str,
    contact: str | None,
    sparql: str | None,
    issued: str | None,
    force: bool,
    store: str,
) -> None:
    """Write a bundle for a data portal: the graph, tables, networks, and their descriptions."""
    from kg.graph.stores.remote_builds import local_folder
    from kg.publishing.bundle import publish as publish_graph

    with local_folder(store) as folder:
        found = publish_graph(
            folder, output, publisher, licence, base, contact, sparql, issued, force
        )
    click.echo(f"{found.folder}: {found.files} files, {found.size:,} bytes")
    if found.backup:
        click.echo(f"{found.backup}: the previous content of the folder", err=True)


COMMANDS = (export, publish)
