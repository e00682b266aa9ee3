"""Options of several commands, and functions to print answers."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg.errors import InputError

if TYPE_CHECKING:
    from kg.graph.digest import Progress
    from kg.tables import Answer

F = TypeVar("F", bound=Callable[..., Any])
FORMATS = ("table", "csv", "json", "md")

store_option = click.option(
    "--store",
    default="store",
    show_default=True,
    metavar="DIR|URL",
    help="Folder of the graph, or address of its SPARQL server.",
)
jurisdiction_option = click.option(
    "--jurisdiction",
    metavar="CODE",
    help="Code of the district, city or province (420103), or town (330108001) of the report.",
)
curation_option = click.option(
    "--curation",
    metavar="FILE",
    help="Decisions to apply (YAML or CSV).  [default: curation.yaml next to SOURCE]",
)
mapping_option = click.option(
    "--mapping",
    metavar="FILE",
    help="Meaning of unusual headings (YAML).  [default: mapping.yaml next to SOURCE]",
)
with_people_option = click.option(
    "--with-people", is_flag=True, help="Keep the names of leaders, which are personal data."
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
file_option = click.option(
    "-o", "--output", metavar="FILE", help="File to write instead of the terminal."
)
all_option = click.option(
    "--all", "whole", is_flag=True, help="Print all rows of a table instead of one screen."
)

engine_option = click.option(
    "--engine",
    type=click.Choice(("embedded", "spark")),
    default="embedded",
    show_default=True,
    help="embedded: a store or server; spark: Apache Spark with a folder of files.",
)
master_option = click.option(
    "--master",
    metavar="MASTER",
    help="Master of Spark.  [default: that of spark-submit, else local[*]]",
)


def language_option(what: str) -> Callable[[F], F]:
    """Return the option for the language of what a command writes."""
    return click.option(
        "--language",
        type=click.Choice(("zh", "en")),
        default="zh",
        show_default=True,
        help=f"Language of the {what}.",
    )


def number_option(
    name: str,
    limits: click.IntRange | click.FloatRange,
    default: int,
    description: str,
    metavar: str | None = None,
) -> Callable[[F], F]:
    """Return an option for a number, which shows its default.

    Args:
        name: The name of the option.
        limits: Its type.
        default: Its default.
        description: Its help text.
        metavar: The name of its value in the help text.
    """
    return click.option(
        name, type=limits, default=default, show_default=True, help=description, metavar=metavar
    )


def check_embedded(**only_spark: str | None) -> None:
    """Check that no option of Spark is used without it.

    Args:
        only_spark: The values of options that only Spark has, by name.

    Raises:
        InputError: One of them has a value.
    """
    for name, value in only_spark.items():
        if value is not None:
            raise InputError(f"--{name}: is for --engine spark; add that, or leave out --{name}")


def print_answer(
    answer: Answer, form: str, whole: bool = False, full: str = "csv", above: str = ""
) -> None:
    """Print an answer in one of `FORMATS`; if it is empty, print a note on standard error.

    Args:
        answer: The answer.
        form: The format. A table is as wide as the terminal; the others are complete.
        whole: Print all rows of a table instead of one screen.
        full: The format that has all columns.
        above: The text above the table, which takes space on the screen.
    """
    from kg import tables

    if form == "table":
        from kg.commands.terminal import table_lines
        from kg.commands.wrapping import wrap_lines

        screen = shutil.get_terminal_size((80, 24))
        rows: int | None = None if whole else 20
        height: int | None = None
        if not whole and sys.stdout.isatty():
            used = sum(len(wrap_lines(line, screen.columns, 99)) for line in above.splitlines())
            rows, height = None, screen.lines - used
        for line in table_lines(answer, screen.columns, rows, height, full):
            click.echo(line)
        return
    write = {"csv": tables.to_csv, "json": tables.to_json, "md": tables.to_markdown}[form]
    click.echo(write(answer), nl=False)
    if not answer.rows:
        click.echo("0 rows", err=True)


def write_or_print(text: str, output: str | None, message: str) -> None:
    """Write a text to a file and print a message, or print the text if there is no file."""
    from kg.output import write_file

    if output:
        write_file(output, text)
        click.echo(message)
        return
    click.echo(text, nl=False)


def write_answer(answer: Answer, path: Path, title: str) -> None:
    """Write an answer to a file in the format of its extension.

    CSV begins with a byte order mark, because Excel would otherwise use another encoding.

    Args:
        answer: The answer.
        path: The file.
        title: The title of the sheet of a workbook.

    Raises:
        InputError: The extension is unknown, a library is missing, or the file cannot be written.
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
            raise InputError(f"{path}: unknown format; use the extension .csv, .xlsx, .json or .md")
    write_file(path, content)


@contextmanager
def progress_bar(what: str) -> Iterator[Progress]:
    """Show a progress bar on a terminal while a command works."""
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        job = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(job, completed=done, total=total)
