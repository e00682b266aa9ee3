"""The command `kg`: each command parses its arguments, calls one function, and prints.

Large libraries are imported where they are used, so that `kg --help` is fast.
"""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType

import click

from kg.commands import briefings, networks, portal, questions, server, sources, stores, summary
from kg.errors import InputError
from kg.output import full_disk_message
from kg.version import __version__


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="kg")
def cli() -> None:
    """Build a knowledge graph of the tasks in a government's responsibility table, and query it.

    \b
    kg build report.csv           read a table and build its graph
    kg summary                    summarise the graph in ten lines
    kg query shared-projects      list the projects that connect departments
    kg ask 哪些任务延期了？           ask in plain words
    kg analyse                    report ties between departments, and who must talk
    kg diff may.csv october.csv   show the changes between two reports
    kg view departments -o d.html write the network page
    kg brief -o brief.docx        write a briefing: Word, PowerPoint, PDF or a picture
    kg export -o graph.ttl        write the graph as Turtle
    kg serve                      serve it to browsers and SPARQL clients
    """  # noqa: D301  (click asks for the mark itself)


def main() -> None:
    """Run the command; invalid input ends it with a one-line message and exit code 2."""
    # Exit on these signals as on Ctrl-C, so that no partial files remain; Windows has no SIGHUP.
    for number in (signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)):
        if signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, _exit_on_signal)
    try:
        try:
            cli()
        finally:
            sys.stdout.flush()
    except InputError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(2)
    except OSError as error:
        reason = full_disk_message(error)
        if not reason:
            raise
        # Otherwise the rest of the output would fail again when Python exits.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        click.echo(f"Error: the answer cannot be written ({reason})", err=True)
        sys.exit(2)


def _exit_on_signal(number: int, _: FrameType | None) -> None:
    sys.exit(128 + number)


for _module in (sources, stores, questions, networks, briefings, summary, portal, server):
    for _command in _module.COMMANDS:
        cli.add_command(_command)


if __name__ == "__main__":
    main()
