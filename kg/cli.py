"""The command `kg`: each command parses its arguments, calls one function, and prints.

Heavy libraries are imported where they are used, so that `kg --help` answers at once.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

import click

from kg.errors import InputError

if TYPE_CHECKING:
    from kg.graph.build import Built
    from kg.graph.digest import Progress
    from kg.network.report import Form, Language
    from kg.tables import Answer

_FORMATS = ("table", "csv", "json", "md")
_GRAPH_FORMATS = ("turtle", "ntriples", "nquads", "trig", "jsonld", "rdfxml", "stratml")

_store = click.option(
    "--store", default="store", show_default=True, metavar="DIR", help="Folder of the graph."
)
_jurisdiction = click.option(
    "--jurisdiction", metavar="CODE", help="GB/T 2260 code of the district, e.g. 420103."
)
_curation = click.option(
    "--curation",
    metavar="FILE",
    help="Decisions to apply (YAML or CSV).  [default: curation.yaml beside SOURCE]",
)
_mapping = click.option(
    "--mapping",
    metavar="FILE",
    help="What unusual headings mean (YAML).  [default: mapping.yaml beside SOURCE]",
)
_with_people = click.option(
    "--with-people", is_flag=True, help="Keep names of leaders; they are personal data."
)
_format = click.option(
    "--format", "form", type=click.Choice(_FORMATS), default="table", show_default=True
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="taskkg", prog_name="kg")
def cli() -> None:
    """Make a knowledge graph of the tasks in a government's responsibility table, and ask it.

    \b
    kg build report.csv           read a table and build its graph
    kg query shared-projects      ask which projects tie departments together
    kg ask 哪些任务延期了？           ask in plain words
    kg analyse                    report who is tied to whom, and who must talk
    kg diff may.csv october.csv   tell what has changed between two reports
    kg view departments -o d.html make the network page
    kg export -o graph.ttl        write the graph as Turtle
    """  # noqa: D301  (click asks for the mark itself)


def main() -> None:
    """Run the command; bad input ends it with one line and exit code 2."""
    # As Ctrl-C does, these leave nothing half written behind; Windows has no SIGHUP.
    for number in (signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)):
        if signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, _end)
    try:
        cli()
    except InputError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(2)


def _end(number: int, _: FrameType | None) -> None:
    sys.exit(128 + number)


@cli.command()
@click.argument("source")
@_jurisdiction
@_mapping
@_with_people
@click.option("--format", "form", type=click.Choice(("table", "json")), default="table")
def read(
    source: str, jurisdiction: str | None, mapping: str | None, with_people: bool, form: str
) -> None:
    """Show what is recognised in SOURCE, and what is left for review."""
    from kg.reading import read as read_report
    from kg.reading.review import summary, to_json

    report = read_report(source, jurisdiction, mapping, with_people)
    if form == "json":
        click.echo(to_json(report), nl=False)
        return
    click.echo(summary(report))


@cli.command()
@click.argument("source")
@_jurisdiction
@_with_people
@click.option(
    "--format",
    type=click.Choice(("jsonl",)),
    default="jsonl",
    expose_value=False,
    show_default=True,
)
@click.option("-o", "--output", metavar="FILE", help="File to write instead of the terminal.")
def extract(source: str, jurisdiction: str | None, with_people: bool, output: str | None) -> None:
    """Print the facts in SOURCE, one JSON object a task."""
    import json

    from kg.extraction import extract as extract_facts
    from kg.extraction.record import to_record
    from kg.output import write_file
    from kg.reading import read as read_report

    lines = (
        json.dumps(to_record(facts), ensure_ascii=False) + "\n"
        for facts in extract_facts(read_report(source, jurisdiction, with_people=with_people))
    )
    if output:
        write_file(output, "".join(lines))
        return
    for line in lines:
        click.echo(line, nl=False)


@cli.command()
@click.argument("source")
@_jurisdiction
@_curation
@click.option("--format", "form", type=click.Choice(("table", "yaml", "csv")), default="table")
@click.option("-o", "--output", metavar="FILE", help="File to write instead of the terminal.")
def review(
    source: str, jurisdiction: str | None, curation: str | None, form: str, output: str | None
) -> None:
    """List what is doubtful in SOURCE, the most valuable first.

    YAML and CSV are curation files to fill in: save one as curation.yaml beside SOURCE.
    """
    from kg.curation import formats
    from kg.curation.review import review as review_source
    from kg.output import write_file

    doubts, unmatched = review_source(source, jurisdiction, curation)
    for entry in unmatched:
        click.echo(f"{entry}: matches nothing in {source} any more; mend or remove it", err=True)
    if form == "table" and not output:
        _print_answer(formats.to_answer(doubts), "table")
        return
    text = formats.to_csv(doubts) if form == "csv" else formats.to_yaml(doubts)
    if output:
        write_file(output, text)
        click.echo(f"{output}: {len(doubts)} doubts")
        return
    click.echo(text, nl=False)


@cli.command()
@click.argument("extracted")
@click.argument("reference")
@click.option("--rows", is_flag=True, help="List what was missed and invented instead.")
@_format
def evaluate(extracted: str, reference: str, rows: bool, form: str) -> None:
    """Compare EXTRACTED with REFERENCE: precision, recall and F1 by kind of fact.

    Both hold one JSON object a task, as kg extract writes them.
    """
    from kg.evaluation import evaluate as evaluate_files
    from kg.evaluation.tables import figures_table, misses_table

    evaluation = evaluate_files(extracted, reference)
    _print_answer(misses_table(evaluation) if rows else figures_table(evaluation), form)


@cli.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@_store
@_jurisdiction
@_curation
@_mapping
@_with_people
@click.option("--base", metavar="IRI", help="Base of all IRIs.  [default: https://w3id.org/taskkg]")
def build(
    sources: tuple[str, ...],
    store: str,
    jurisdiction: str | None,
    curation: str | None,
    mapping: str | None,
    with_people: bool,
    base: str | None,
) -> None:
    """Read each SOURCE and build the graph of all of them.

    A SOURCE is a file, a folder, or a pattern such as '2021/*.pdf'. Where one is a folder or
    pattern, files that cannot be read are left out and told, and the exit code is 1.

    Decisions in a file curation.yaml beside a SOURCE are applied.
    """
    from kg.graph.build import build as build_graph
    from kg.graph.terms import BASE

    with _progress("Extracting") as progress:
        built = build_graph(
            sources, store, base or BASE, jurisdiction, progress, curation, mapping, with_people
        )
    _tell_built(built)


@cli.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@_store
@_jurisdiction
@_curation
@_mapping
@_with_people
def add(
    sources: tuple[str, ...],
    store: str,
    jurisdiction: str | None,
    curation: str | None,
    mapping: str | None,
    with_people: bool,
) -> None:
    """Add each SOURCE to a graph, or put it in the place of its earlier state.

    Only what they touch is built anew; a file that has not changed is skipped.
    """
    from kg.graph.build import add as add_reports

    with _progress("Extracting") as progress:
        added = add_reports(sources, store, jurisdiction, progress, curation, mapping, with_people)
    _tell_built(added)


@cli.command()
@click.argument("reports", nargs=-1, required=True, metavar="REPORT...")
@_store
def remove(reports: tuple[str, ...], store: str) -> None:
    """Take each REPORT out of a graph; `kg reports` lists them."""
    from kg.graph.build import remove as remove_reports

    remove_reports(reports, store)
    click.echo(f"{store}: without {', '.join(reports)}")


@cli.command()
@_store
@_format
def reports(store: str, form: str) -> None:
    """List the reports that a graph holds."""
    from kg.graph.store import reports as list_reports

    _print_answer(list_reports(store), form)


@cli.command()
@_store
@_format
def validate(store: str, form: str) -> None:
    """Check the graph against the shapes: what is wrong, by task, with the evidence.

    Violations end the command with exit code 1; warnings are what a planner would look into.
    """
    from kg.graph.store import open_graph
    from kg.graph.validation import to_answer
    from kg.graph.validation import validate as validate_store

    findings = validate_store(open_graph(store))
    _print_answer(to_answer(findings), form)
    if any(finding.severity == "violation" for finding in findings):
        sys.exit(1)


@cli.command()
@_store
@click.option(
    "--by",
    type=click.Choice(("class", "property", "department")),
    default="class",
    show_default=True,
    help="What to count by.",
)
@_format
def stats(store: str, by: str, form: str) -> None:
    """Count what the graph holds: by class, by property, or how complete by department."""
    from kg.graph.store import open_graph, statements
    from kg.publishing.statements import triples
    from kg.publishing.statistics import statistics, to_answer
    from kg.questions.catalogue import query as query_graph

    graph = open_graph(store)
    if by == "department":
        _print_answer(query_graph(graph, "coverage"), form)
        return
    found = statistics(triples(statements(graph)))
    counts = found.classes if by == "class" else found.properties
    _print_answer(to_answer(graph, counts, by), form)
    click.echo(f"{found.statements} statements about {found.things} things", err=True)


class _Catalogue(click.Group):
    """The questions of the catalogue as commands, made from their files."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names of all questions."""
        from kg.questions.catalogue import questions

        return [found.name for found in questions()]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:  # noqa: ARG002
        """Return the command that answers a question."""
        from kg.questions.catalogue import question

        asked = question(cmd_name)
        parameters: list[click.Parameter] = []
        for name, parameter in asked.parameters.items():
            if parameter.required:
                parameters.append(click.Argument([name]))
            else:
                meaning = f"{parameter.meaning[0].upper()}{parameter.meaning[1:]}."
                parameters.append(click.Option([f"--{name}", name], metavar="VALUE", help=meaning))
        required = "".join(
            f"  {name.upper()}: {parameter.meaning}\n"
            for name, parameter in asked.parameters.items()
            if parameter.required
        )
        columns = "".join(f"  {name}: {meaning}\n" for name, meaning in asked.fields.items())
        # Marks that keep the lines as they are.
        text = f"{asked.title}\n\n{asked.meaning}\n\n"
        text += f"\b\n{required}\n" if required else ""
        command = click.Command(
            cmd_name,
            params=parameters,
            callback=_answer(cmd_name),
            help=f"{text}\b\nColumns:\n{columns}",
            short_help=asked.title,
        )
        return _store(_format(command))


def _answer(name: str) -> Callable[..., None]:
    def answer(store: str, form: str, **given: str | None) -> None:
        from kg.graph.store import open_graph
        from kg.questions.catalogue import query as query_graph

        said = {key: value for key, value in given.items() if value is not None}
        _print_answer(query_graph(open_graph(store), name, said), form)

    return answer


@cli.command(cls=_Catalogue, invoke_without_command=True, subcommand_metavar="NAME")
@click.option("--list", "listed", is_flag=True, help="List the questions.")
@_format
@click.pass_context
def query(ctx: click.Context, listed: bool, form: str) -> None:
    """Answer the question NAME of the catalogue; `kg query NAME --help` explains it."""
    from kg.questions.catalogue import listing

    if listed or ctx.invoked_subcommand is None:
        _print_answer(listing(), form)
        ctx.exit()


@cli.command()
@click.argument("before")
@click.argument("after")
@_store
@_jurisdiction
@click.option(
    "--format",
    "form",
    type=click.Choice(("table", "md", "html", "json")),
    default="table",
    show_default=True,
)
@click.option("-o", "--output", metavar="FILE", help="File to write instead of the terminal.")
def diff(
    before: str, after: str, store: str, jurisdiction: str | None, form: str, output: str | None
) -> None:
    """Tell what has changed from report BEFORE to report AFTER.

    Each is a file, or the identifier of a report in the store (kg reports lists them).
    """
    from kg.graph.difference import diff as compare
    from kg.output import write_file
    from kg.views.difference import render, to_answer

    found = compare(before, after, store, jurisdiction)
    if form == "table" and not output:
        _print_answer(to_answer(found), form)
        return
    text = render(found, "md" if form == "table" else form)  # type: ignore[arg-type]
    if output:
        write_file(output, text)
        click.echo(f"{output}: {len(found.changes)} changes")
        return
    click.echo(text, nl=False)


@cli.command()
@click.argument("question")
@_store
@_format
@click.option("--sparql", "query_only", is_flag=True, help="Print the query, not its answer.")
def ask(question: str, store: str, form: str, query_only: bool) -> None:
    """Answer QUESTION, asked in plain Chinese or English.

    What was understood, and its SPARQL, is told on standard error. A question that is not
    understood is not answered; the nearest are offered.
    """
    from kg.graph.store import open_graph
    from kg.questions.ask import ask as ask_graph
    from kg.questions.ask import told

    understood = ask_graph(open_graph(store), question)
    click.echo(told(understood), err=True)
    if understood.answer is None:
        return
    click.echo(understood.sparql, nl=False, err=not query_only)
    if not query_only:
        _print_answer(understood.answer, form)


@cli.command()
@click.argument("query")
@_store
@_format
def sparql(query: str, store: str, form: str) -> None:
    """Answer QUERY: SPARQL, or the name of an .rq file that holds it."""
    from kg.graph.store import open_graph
    from kg.questions.sparql import sparql as answer_sparql
    from kg.reading.source import read_text

    if query.endswith(".rq"):
        from pathlib import Path

        query = read_text(Path(query))
    answer = answer_sparql(open_graph(store), query)
    if isinstance(answer, str):
        click.echo(answer, nl=False)
    else:
        _print_answer(answer, form)


@cli.command()
@click.option("--slips", metavar="NAME", help="Tell who is hit if this project or task slips.")
@click.option(
    "--steps",
    type=click.IntRange(1, 9),
    default=2,
    show_default=True,
    help="With --slips: how far to follow; 1 stops at the departments whose tasks name it.",
)
@click.option(
    "--language",
    type=click.Choice(("zh", "en")),
    default="zh",
    show_default=True,
    help="Of the report.",
)
@click.option(
    "--format", "form", type=click.Choice(("text", "md", "json")), default="text", show_default=True
)
@click.option("-o", "--output", metavar="FILE", help="File to write instead of the terminal.")
@_store
def analyse(
    slips: str | None, steps: int, language: Language, form: Form, output: str | None, store: str
) -> None:
    """Report in plain words how departments are tied, and which of them must talk to each other."""
    from kg.graph.store import open_graph
    from kg.network.analysis import analyse as analyse_graph
    from kg.network.report import report
    from kg.network.slips import slips as find_hit
    from kg.output import write_file

    graph = open_graph(store)
    found = analyse_graph(graph) if slips is None else find_hit(graph, slips, steps)
    text = report(found, form, language)
    if output:
        write_file(output, text)
        click.echo(output)
        return
    click.echo(text, nl=False)


@cli.command()
@click.argument("name")
@click.argument("about", required=False)
@click.option("-o", "--output", required=True, metavar="FILE.html", help="Page to write.")
@_store
def view(name: str, about: str | None, output: str, store: str) -> None:
    """Write the network page NAME: one file that opens in a browser without a network.

    NAME is departments, things, tasks, streets or categories; or department or thing, with the one
    that it is ABOUT.
    """
    from kg.graph.store import open_graph
    from kg.output import write_file
    from kg.views.catalogue import view as view_graph
    from kg.views.page import render_page

    write_file(output, render_page(view_graph(open_graph(store), name, about)))
    click.echo(output)


@cli.command()
@click.option("-o", "--output", required=True, metavar="FILE", help="File to write.")
@click.option(
    "--format", "form", type=click.Choice(_GRAPH_FORMATS), default="turtle", show_default=True
)
@_store
def export(output: str, form: str, store: str) -> None:
    """Write the whole graph to a file."""
    from kg.graph.store import about_build, open_graph
    from kg.publishing.export import export as export_graph

    count = export_graph(open_graph(store), output, form, about_build(store)["base"])
    click.echo(f"{output}: {count} {'tasks' if form == 'stratml' else 'statements'}")


@cli.command()
@click.option("-o", "--output", required=True, metavar="DIR", help="Folder of the bundle.")
@click.option("--publisher", required=True, metavar="NAME", help="Who publishes it.")
@click.option("--licence", required=True, metavar="ID", help="SPDX identifier, e.g. CC-BY-4.0.")
@click.option("--base", required=True, metavar="IRI", help="Where the folder will be found.")
@click.option("--contact", metavar="ADDRESS", help="E-mail address or page for questions.")
@click.option("--sparql", metavar="IRI", help="SPARQL endpoint for the same graph.")
@click.option("--issued", metavar="DATE", help="Date of publication.  [default: none is told]")
@click.option(
    "--force",
    is_flag=True,
    help="Replace what is there; files that are no bundle are kept as DIR.before.",
)
@_store
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
    """Write the bundle for a data portal: the graph, tables, networks, and their descriptions."""
    from kg.publishing.bundle import publish as publish_graph

    found = publish_graph(store, output, publisher, licence, base, contact, sparql, issued, force)
    click.echo(f"{found.folder}: {found.files} files, {found.size:,} bytes")
    if found.kept:
        click.echo(f"{found.kept}: what was there before", err=True)


def _tell_built(built: Built) -> None:
    """Print what a build made; sources that were left out end the command with exit code 1."""
    from kg.graph.validation import severities

    for report in built.reports:
        click.echo(
            f"{report['identifier']}: {report['tasks']} tasks, "
            f"{report['placed']:.1%} of the text in cells, "
            f"{len(report['problems'])} notes for review (kg review)"
        )
    for identifier in built.unchanged:
        click.echo(f"{identifier}: unchanged")
    for entry in built.unmatched:
        click.echo(f"{entry}: matches nothing in its source any more; mend or remove it", err=True)
    wrong = severities(built.findings)
    facts = sum(report["facts"] for report in built.reports)
    click.echo(
        f"{built.store}: {facts} facts, {built.quads} statements, "
        f"{wrong['violation']} violations, {wrong['warning']} warnings (kg validate)"
    )
    if built.failed:
        for message in built.failed:
            click.echo(f"left out: {message}", err=True)
        there = len(built.reports) + len(built.unchanged)
        click.echo(f"{there} reports are built, {len(built.failed)} left out", err=True)
        sys.exit(1)


def _print_answer(answer: Answer, form: str) -> None:
    from kg import tables

    if form == "table":
        from rich.console import Console

        Console().print(tables.to_table(answer))
        click.echo(f"{len(answer.rows)} rows")
        return
    write = {"csv": tables.to_csv, "json": tables.to_json, "md": tables.to_markdown}[form]
    click.echo(write(answer), nl=False)


@contextmanager
def _progress(what: str) -> Iterator[Progress]:
    """Show a progress bar on a terminal while a command works."""
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        job = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(job, completed=done, total=total)


if __name__ == "__main__":
    main()
