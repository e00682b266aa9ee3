"""Options that several commands have, and how they print."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.errors import InputError

if TYPE_CHECKING:
    from kg.graph.digest import Progress
    from kg.tables import Answer

FORMATS = ("table", "csv", "json", "md")

store_option = click.option(
    "--store",
    default="store",
    show_default=True,
    metavar="DIR|URL",
    help="Folder of the graph, or SPARQL server that has it.",
)
jurisdiction_option = click.option(
    "--jurisdiction",
    metavar="CODE",
    help="Whose it is: the code of a district, city or province (420103), or town (330108001).",
)
curation_option = click.option(
    "--curation",
    metavar="FILE",
    help="Decisions to apply (YAML or CSV).  [default: curation.yaml beside SOURCE]",
)
mapping_option = click.option(
    "--mapping",
    metavar="FILE",
    help="What unusual headings mean (YAML).  [default: mapping.yaml beside SOURCE]",
)
with_people_option = click.option(
    "--with-people", is_flag=True, help="Keep names of leaders; they are personal data."
)
format_option = click.option(
    "--format", "form", type=click.Choice(FORMATS), default="table", show_default=True
)
output_option = click.option(
    "-o",
    "--output",
    metavar="FILE",
    help="Write all rows to a file: .csv or .xlsx for Excel, .json or .md.",
)
all_option = click.option(
    "--all", "whole", is_flag=True, help="Print all rows of a table, not a screenful."
)

engine_option = click.option(
    "--engine",
    type=click.Choice(("embedded", "spark")),
    default="embedded",
    show_default=True,
    help="This machine, with a store or server, or Apache Spark, with a folder of files.",
)
master_option = click.option(
    "--master",
    metavar="MASTER",
    help="Spark's master.  [default: that of spark-submit, else local[*]]",
)


def check_embedded(**only_spark: str | None) -> None:
    """Refuse options that only Spark has.

    Args:
        only_spark: What is given for them, by their names.

    Raises:
        InputError: One is given.
    """
    for name, given in only_spark.items():
        if given is not None:
            raise InputError(f"--{name}: is for --engine spark; name that, or leave it out")


def print_answer(
    answer: Answer, form: str, whole: bool = False, full: str = "csv", above: str = ""
) -> None:
    """Print an answer in one of `FORMATS`; that it is empty is told beside it.

    Args:
        answer: The answer.
        form: The format. A table is as wide as the terminal; others are never cut.
        whole: Print all rows of a table, not a screenful.
        full: The format that has all columns.
        above: What is printed above a table already and takes room of the screen.
    """
    from kg import tables

    if form == "table":
        from kg.commands.folding import fold
        from kg.commands.terminal import table_lines

        screen = shutil.get_terminal_size((80, 24))
        rows: int | None = None if whole else 20
        height: int | None = None
        if not whole and sys.stdout.isatty():
            used = sum(len(fold(line, screen.columns, 99)) for line in above.splitlines())
            rows, height = None, screen.lines - used
        for line in table_lines(answer, screen.columns, rows, height, full):
            click.echo(line)
        return
    write = {"csv": tables.to_csv, "json": tables.to_json, "md": tables.to_markdown}[form]
    click.echo(write(answer), nl=False)
    if not answer.rows:
        click.echo("0 rows", err=True)


def write_answer(answer: Answer, path: Path, title: str) -> None:
    """Write an answer to a file, of the form that its ending tells.

    CSV begins with a byte order mark, without which Excel takes Chinese for another encoding.

    Args:
        answer: The answer.
        path: The file.
        title: The title of the sheet of a workbook.

    Raises:
        InputError: The ending is of no form, its library is missing, or the file cannot be written.
    """
    from kg import spreadsheet, tables
    from kg.output import write_file

    content: str | bytes
    match path.suffix.lower():
        case ".csv":
            content = tables.to_csv(answer).encode("utf-8-sig")
        case ".json":
            content = tables.to_json(answer)
        case ".md":
            content = tables.to_markdown(answer)
        case ".xlsx":
            content = spreadsheet.to_xlsx(answer, title)
        case _:
            raise InputError(f"{path}: is of no known form; end it in .csv, .xlsx, .json or .md")
    write_file(path, content)


@contextmanager
def progress_bar(what: str) -> Iterator[Progress]:
    """Show a progress bar on a terminal while a command works."""
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        job = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(job, completed=done, total=total)
