"""Commands that build, change, check and count a graph."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

if TYPE_CHECKING:
    from kg.graph.build import BuildResult
    from kg.spark.build import BuildResult as BuiltOnSpark

from kg.commands.options import (
    F,
    all_option,
    check_embedded,
    curation_option,
    engine_option,
    format_option,
    jurisdiction_option,
    mapping_option,
    master_option,
    print_answer,
    progress_bar,
    store_option,
    with_people_option,
)
from kg.errors import InputError


def _source_options(command: F) -> F:
    """Add the SOURCEs, the store, and the options for reading the sources."""
    options = (
        click.argument("sources", nargs=-1, required=True, metavar="SOURCE..."),
        store_option,
        jurisdiction_option,
        curation_option,
        mapping_option,
        with_people_option,
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.command()
@_source_options
@click.option("--base", metavar="IRI", help="Base of all IRIs.  [default: https://w3id.org/taskkg]")
@engine_option
@master_option
@click.option(
    "--out", metavar="PATH", help="With --engine spark: folder to write (local, hdfs: or s3a:)."
)
def build(
    sources: tuple[str, ...],
    store: str,
    jurisdiction: str | None,
    curation: str | None,
    mapping: str | None,
    with_people: bool,
    base: str | None,
    engine: str,
    master: str | None,
    out: str | None,
) -> None:
    """Read all SOURCEs and build a graph.

    A SOURCE is a file, a folder, or a pattern such as '2021/*.pdf'. In folders and patterns, files
    that cannot be read are skipped and listed, and the exit code is 1.

    Decisions in a file curation.yaml next to a SOURCE are applied.

    With --engine spark there is one SOURCE, in any place that Spark can read, and --out instead of
    --store.
    """
    from kg.graph.build import build as build_graph
    from kg.graph.rdf.terms import BASE
    from kg.questions.precompute import precompute_answers

    if engine == "spark":
        given = click.get_current_context().get_parameter_source("store")
        if out is None or given == ParameterSource.COMMANDLINE:
            raise InputError(
                "--engine spark: writes a folder of files, no store; set it with --out PATH"
            )
        if len(sources) > 1:
            raise InputError(
                "--engine spark: takes one SOURCE; name a folder, or all by a pattern in quotes, "
                "such as 'hdfs:///tasks/{2021,2022}'"
            )
        from kg.spark.build import build as build_on_spark

        _print_spark_build(
            build_on_spark(
                sources[0], out, master, base or BASE, jurisdiction, curation, mapping, with_people
            )
        )
        return
    check_embedded(master=master, out=out)
    with progress_bar("Extracting") as progress:
        built = build_graph(
            sources, store, base or BASE, jurisdiction, progress, curation, mapping, with_people
        )
    precompute_answers(store, built.quads)
    _print_build(built)


@click.command()
@_source_options
def add(
    sources: tuple[str, ...],
    store: str,
    jurisdiction: str | None,
    curation: str | None,
    mapping: str | None,
    with_people: bool,
) -> None:
    """Add each SOURCE to a graph, or replace its earlier version.

    Only the affected parts are built again; unchanged files are skipped.
    """
    from kg.graph.build import add as add_reports
    from kg.questions.precompute import precompute_answers

    with progress_bar("Extracting") as progress:
        added = add_reports(sources, store, jurisdiction, progress, curation, mapping, with_people)
    precompute_answers(store, added.quads)
    _print_build(added)


@click.command()
@click.argument("reports", nargs=-1, required=True, metavar="REPORT...")
@store_option
def remove(reports: tuple[str, ...], store: str) -> None:
    """Remove each REPORT from a graph; `kg reports` lists them."""
    from kg.graph.build import remove as remove_reports

    remove_reports(reports, store)
    click.echo(f"{store}: without {', '.join(reports)}")


@click.command()
@store_option
@format_option
@all_option
def reports(store: str, form: str, whole: bool) -> None:
    """List the reports in a graph."""
    from kg.graph.stores.embedded import reports as list_reports

    print_answer(list_reports(store), form, whole)


@click.command()
@store_option
@format_option
@all_option
def validate(store: str, form: str, whole: bool) -> None:
    """Check the graph against its SHACL shapes; list findings by task, with the evidence.

    The exit code is 1 if there are violations; warnings are findings that a planner may check.
    """
    from kg.graph.stores.embedded import open_graph
    from kg.graph.validation import count_severities, findings_table
    from kg.graph.validation import validate as validate_store

    findings = validate_store(open_graph(store))
    print_answer(findings_table(findings), form, whole)
    found = count_severities(findings)
    click.echo(f"{found['violation']} violations, {found['warning']} warnings", err=True)
    if found["violation"]:
        sys.exit(1)


@click.command()
@store_option
@click.option(
    "--by",
    type=click.Choice(("class", "property", "department")),
    default="class",
    show_default=True,
    help="Unit of the counts.",
)
@format_option
@all_option
def stats(store: str, by: str, form: str, whole: bool) -> None:
    """Count the graph by class or property, or its completeness by department."""
    from kg.graph.stores.embedded import all_statements, open_graph
    from kg.publishing.statements import triples
    from kg.publishing.statistics import statistics, to_answer
    from kg.questions.catalogue import query as query_store

    if by == "department":
        print_answer(query_store(store, "coverage"), form, whole)
        return
    graph = open_graph(store)
    found = statistics(triples(all_statements(graph)))
    counts = found.classes if by == "class" else found.properties
    print_answer(to_answer(graph, counts, by), form, whole)
    click.echo(f"{found.statements} statements about {found.things} things", err=True)


def _print_build(built: BuildResult) -> None:
    """Print the result of a build; if sources were left out, exit with code 1."""
    from kg.graph.validation import count_severities

    for report in built.reports:
        click.echo(
            f"{report['identifier']}: {report['tasks']} tasks, "
            f"{report['placed']:.1%} of the text in cells, "
            f"{report['doubts']} doubts for review (kg review)"
        )
        if report["unsettled"]:
            click.echo(f"{report['identifier']}: {report['unsettled']}", err=True)
    for identifier in built.unchanged:
        click.echo(f"{identifier}: unchanged")
    for entry in built.unmatched:
        click.echo(
            f"{entry}: matches nothing in its source any more; correct or remove it", err=True
        )
    wrong = count_severities(built.findings)
    facts = sum(report["facts"] for report in built.reports)
    click.echo(
        f"{built.store}: {facts} facts, {built.quads} statements, "
        f"{wrong['violation']} violations, {wrong['warning']} warnings (kg validate)"
    )
    if built.failed:
        for message in built.failed:
            click.echo(f"left out: {message}", err=True)
        count = len(built.reports) + len(built.unchanged)
        click.echo(f"{count} reports are built, {len(built.failed)} left out", err=True)
        sys.exit(1)


def _print_spark_build(built: BuiltOnSpark) -> None:
    """Print the result of a build on Spark; if sources were left out, exit with code 1."""
    about = built.about
    click.echo(
        f"{built.out}: {about['reports']} reports, {about['facts']} facts, "
        f"{about['statements']} statements, {about['violations']} violations, "
        f"{about['warnings']} warnings ({built.out}/findings)"
    )
    for sentence in built.unsettled:
        click.echo(sentence, err=True)
    if about["unsettled"] > len(built.unsettled):
        more = f"{about['unsettled']} reports have no district or no date"
        click.echo(f"{more} ({built.out}/reports)", err=True)
    if about["unmatched"]:
        click.echo(
            f"decisions that match nothing in their sources any more: {about['unmatched']} "
            f"({built.out}/unmatched); correct or remove them",
            err=True,
        )
    if about["failed"]:
        for message in built.failed:
            click.echo(f"left out: {message}", err=True)
        click.echo(
            f"{about['reports']} reports are built, {about['failed']} left out "
            f"({built.out}/failed)",
            err=True,
        )
        sys.exit(1)


COMMANDS = (build, add, remove, reports, validate, stats)
