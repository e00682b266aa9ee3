"""Commands on a source: what is read, its facts, its review list, its evaluation."""

from __future__ import annotations

import shutil

import click

from kg.commands.options import (
    all_option,
    curation_option,
    file_option,
    format_option,
    jurisdiction_option,
    mapping_option,
    print_answer,
    with_people_option,
    write_or_print,
)


@click.command()
@click.argument("source")
@jurisdiction_option
@mapping_option
@with_people_option
@click.option("--format", "form", type=click.Choice(("table", "json")), default="table")
@all_option
def read(
    source: str,
    jurisdiction: str | None,
    mapping: str | None,
    with_people: bool,
    form: str,
    whole: bool,
) -> None:
    """Show what is recognised in SOURCE, and what needs review."""
    from kg.reading import read as read_report
    from kg.reading.review import summary, to_json

    report = read_report(source, jurisdiction, mapping, with_people)
    if form == "json":
        click.echo(to_json(report), nl=False)
        return
    text = summary(report)
    if not whole:
        from kg.commands.wrapping import shorten_summary

        text = shorten_summary(text, shutil.get_terminal_size().columns)
    click.echo(text)


@click.command()
@click.argument("source")
@jurisdiction_option
@mapping_option
@with_people_option
@click.option(
    "--format",
    type=click.Choice(("jsonl",)),
    default="jsonl",
    expose_value=False,
    show_default=True,
)
@file_option
def extract(
    source: str,
    jurisdiction: str | None,
    mapping: str | None,
    with_people: bool,
    output: str | None,
) -> None:
    """Print the facts in SOURCE, one JSON object per task."""
    import json

    from kg.extraction.facts import extract as extract_facts
    from kg.extraction.record import to_record
    from kg.output import write_file
    from kg.reading import read as read_report

    report = read_report(source, jurisdiction, mapping, with_people)
    lines = (
        json.dumps(to_record(facts), ensure_ascii=False) + "\n" for facts in extract_facts(report)
    )
    if output:
        write_file(output, "".join(lines))
        return
    for line in lines:
        click.echo(line, nl=False)


@click.command()
@click.argument("source")
@jurisdiction_option
@curation_option
@mapping_option
@click.option("--format", "form", type=click.Choice(("table", "yaml", "csv")), default="table")
@file_option
@all_option
def review(
    source: str,
    jurisdiction: str | None,
    curation: str | None,
    mapping: str | None,
    form: str,
    output: str | None,
    whole: bool,
) -> None:
    """List what is doubtful in SOURCE, the most valuable first.

    YAML and CSV are curation files to fill in: save one as curation.yaml next to SOURCE.
    """
    from kg.curation import formats
    from kg.curation.review import review as review_source

    doubts, unmatched = review_source(source, jurisdiction, curation, mapping)
    for entry in unmatched:
        click.echo(f"{entry}: matches nothing in {source} any more; correct or remove it", err=True)
    if form == "table" and not output:
        print_answer(formats.doubts_table(doubts), "table", whole)
        return
    text = formats.to_csv(doubts) if form == "csv" else formats.to_yaml(doubts)
    write_or_print(text, output, f"{output}: {len(doubts)} doubts")


@click.command()
@click.argument("extracted")
@click.argument("reference")
@click.option("--rows", is_flag=True, help="List missed and wrong facts instead.")
@format_option
@all_option
def evaluate(extracted: str, reference: str, rows: bool, form: str, whole: bool) -> None:
    """Compare EXTRACTED with REFERENCE: precision, recall and F1 by kind of fact.

    Both have one JSON object per task, as written by kg extract.
    """
    from kg.evaluation import evaluate as evaluate_files
    from kg.evaluation.tables import figures_table, misses_table

    evaluation = evaluate_files(extracted, reference)
    found = misses_table(evaluation) if rows else figures_table(evaluation)
    print_answer(found, form, whole)


COMMANDS = (read, extract, review, evaluate)
