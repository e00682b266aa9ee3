"""The command that writes a briefing."""

from __future__ import annotations

import click

from kg.commands.options import language_option, store_option


@click.command()
@click.argument("about", required=False)
@click.argument("other", required=False)
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="FILE",
    help="File to write: .docx, .pptx or .pdf; .png or .svg for only the message as a picture.",
)
@language_option("briefing")
@store_option
def brief(about: str | None, other: str | None, output: str, language: str, store: str) -> None:
    """Write a briefing for a meeting.

    ABOUT is a department, a thing, or the identifier of a report (kg reports lists them); the
    default is the newest plan. With OTHER, two departments or two reports are compared.
    """
    from kg.briefing.brief import brief as make_brief
    from kg.briefing.files import parse_form, to_file
    from kg.graph.stores.embedded import open_graph
    from kg.output import write_file

    form = parse_form(output)
    briefing = make_brief(open_graph(store), about, other, language)
    write_file(output, to_file(briefing, form))
    click.echo(f"{output}: {briefing.message}")


COMMANDS = (brief,)
