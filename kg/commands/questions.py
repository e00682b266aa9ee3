"""Commands that query a graph."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import click

from kg.commands.options import (
    all_option,
    check_embedded,
    engine_option,
    format_option,
    master_option,
    output_option,
    print_answer,
    store_option,
    write_answer,
)
from kg.errors import InputError


class _CatalogueGroup(click.Group):
    """The questions of the catalogue as commands."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names of all questions."""
        from kg.questions.catalogue import questions

        return [found.name for found in questions()]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:  # noqa: ARG002
        """Return the command that answers a question."""
        from kg.questions.catalogue import question

        found = question(cmd_name)
        parameters: list[click.Parameter] = []
        for name, parameter in found.parameters.items():
            if parameter.required:
                parameters.append(click.Argument([name]))
            else:
                meaning = f"{parameter.meaning[0].upper()}{parameter.meaning[1:]}."
                parameters.append(click.Option([f"--{name}", name], metavar="VALUE", help=meaning))
        required = "".join(
            f"  {name.upper()}: {parameter.meaning}\n"
            for name, parameter in found.parameters.items()
            if parameter.required
        )
        columns = "".join(f"  {name}: {meaning}\n" for name, meaning in found.fields.items())
        # \b keeps the line breaks of a paragraph.
        text = f"{found.title}\n\n{found.meaning}\n\n"
        text += f"\b\n{required}\n" if required else ""
        command = click.Command(
            cmd_name,
            params=parameters,
            callback=_answer_callback(cmd_name),
            help=f"{text}\b\nColumns:\n{columns}",
            short_help=found.title,
        )
        for option in (format_option, output_option, all_option, master_option, engine_option):
            command = option(command)
        return store_option(command)


def _answer_callback(name: str) -> Callable[..., None]:
    def answer(
        store: str,
        engine: str,
        master: str | None,
        form: str,
        output: str | None,
        whole: bool,
        **given: str | None,
    ) -> None:
        from kg.questions.catalogue import query as query_store
        from kg.questions.catalogue import question

        values = {key: value for key, value in given.items() if value is not None}
        if engine == "spark":
            from kg.spark.questions import query as query_on_spark

            found = query_on_spark(store, name, values, master)
        else:
            check_embedded(master=master)
            found = query_store(store, name, values)
        if output is None:
            print_answer(found, form, whole)
        else:
            write_answer(found, Path(output), question(name).title.partition(" / ")[0])

    return answer


@click.command(cls=_CatalogueGroup, invoke_without_command=True, subcommand_metavar="NAME")
@click.option("--list", "listed", is_flag=True, help="List the questions.")
@format_option
@click.pass_context
def query(ctx: click.Context, listed: bool, form: str) -> None:
    """Answer the question NAME of the catalogue; `kg query NAME --help` explains it."""
    from kg.questions.catalogue import catalogue_table

    if listed or ctx.invoked_subcommand is None:
        print_answer(catalogue_table(), form, whole=True)
        ctx.exit()


@click.command()
@click.argument("question")
@store_option
@format_option
@all_option
@click.option("--sparql", "query_only", is_flag=True, help="Print the query instead of its answer.")
def ask(question: str, store: str, form: str, whole: bool, query_only: bool) -> None:
    """Answer QUESTION in plain Chinese or English.

    The answer is printed in sentences, followed by the table behind it and how the question was
    understood. A question that the graph cannot answer is refused with exit code 1.
    """
    from kg.answers.ask import ask as ask_store

    found = ask_store(store, question)
    if found.refusal:
        click.echo(f"Not answered: {found.refusal.en}. The nearest questions:", err=True)
        for nearest in found.understanding.alternatives:
            name, title = nearest.question.name, nearest.question.title
            click.echo(f"  {name} ({title}), such as: {nearest.example}", err=True)
        sys.exit(1)
    if query_only and not found.understanding.sparql:
        raise InputError("the answer comes from sentences of tasks, not from a query")
    if query_only:
        click.echo(found.understanding.sparql, nl=False)
    elif form == "json":
        click.echo(found.to_json(), nl=False)
    elif form == "table":
        click.echo(found.text)
        if found.table and found.table.rows:
            print_answer(found.table, form, whole, above=found.text)
        click.echo(f"Understood as {found.understood}", err=True)
    elif found.table:
        print_answer(found.table, form)
    else:
        click.echo(found.text)


@click.command()
@click.argument("query")
@store_option
@format_option
@all_option
def sparql(query: str, store: str, form: str, whole: bool) -> None:
    """Evaluate QUERY: SPARQL, or the name of an .rq file."""
    from kg.graph.stores.embedded import open_graph
    from kg.questions.sparql import run_query as answer_sparql
    from kg.reading.source import read_text

    if query.endswith(".rq"):
        from pathlib import Path

        query = read_text(Path(query))
    answer = answer_sparql(open_graph(store), query)
    if isinstance(answer, str):
        click.echo(answer, nl=False)
    else:
        print_answer(answer, form, whole)


COMMANDS = (query, ask, sparql)
