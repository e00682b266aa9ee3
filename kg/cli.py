"""The command `kg`: each command parses its arguments, calls one function, and prints.

Heavy libraries are imported where they are used, so that `kg --help` answers at once.
"""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType

import click

from kg.commands import briefings, networks, portal, questions, server, sources, stores, summary
from kg.errors import InputError
from kg.output import full_disk
from kg.version import __version__


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="kg")
def cli() -> None:
    """Make a knowledge graph of the tasks in a government's responsibility table, and ask it.

    \b
    kg build report.csv           read a table and build its graph
    kg summary                    tell in ten lines what it holds, what surprises
    kg query shared-projects      ask which projects tie departments together
    kg ask 哪些任务延期了？           ask in plain words
    kg analyse                    report who is tied to whom, and who must talk
    kg diff may.csv october.csv   tell what has changed between two reports
    kg view departments -o d.html make the network page
    kg brief -o brief.docx        write a briefing: Word, PowerPoint, PDF or a picture
    kg export -o graph.ttl        write the graph as Turtle
    kg serve                      open it to browsers and SPARQL clients
    """  # noqa: D301  (click asks for the mark itself)


def main() -> None:
    """Run the command; bad input ends it with one line and exit code 2."""
    # As Ctrl-C does, these leave nothing half written behind; Windows has no SIGHUP.
    for number in (signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)):
        if signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, _end)
    try:
        try:
            cli()
        finally:
            sys.stdout.flush()
    except InputError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(2)
    except OSError as error:
        told = full_disk(error)
        if not told:
            raise
        # What is still to be written would fail once more when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        click.echo(f"Error: the answer cannot be written ({told})", err=True)
        sys.exit(2)


def _end(number: int, _: FrameType | None) -> None:
    sys.exit(128 + number)


for _module in (sources, stores, questions, networks, briefings, summary, portal, server):
    for _command in _module.COMMANDS:
        cli.add_command(_command)


if __name__ == "__main__":
    main()
