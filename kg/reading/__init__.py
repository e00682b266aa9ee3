"""Read a file as a report; the subpackages read formats, tables, lists and texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from kg.errors import InputError
from kg.model import Report
from kg.reading.assemble import NoListError, RawTask, assemble
from kg.reading.budget import check_characters, check_file, time_limit
from kg.reading.decoding.free_text import find_tasks_in_prose, free_text_report
from kg.reading.formats.load import load
from kg.reading.formats.markdown import is_markdown
from kg.reading.formats.pdf.lines import render_lines
from kg.reading.formats.pdf.pages import word_lines
from kg.reading.formats.sniff import kind_of
from kg.reading.people import remove_people
from kg.reading.source import read_text
from kg.reading.structure.document import Block, Document, Paragraph, Table
from kg.reading.structure.flat_document import flatten_lines, flatten_paragraphs
from kg.reading.structure.normalise import normalise, normalise_document
from kg.reading.tables.cards import join_cards
from kg.reading.tables.grid import Grid, read_grid
from kg.reading.tables.headings import Mappings, load_mapping
from kg.reading.text_cells.text_grid import text_grid
from kg.reading.text_tables.header import replace_mapped_headings
from kg.reading.text_tables.text_table import read_certain_table

MAPPING = "mapping.yaml"
# With at least so many characters of text around a table, the text may list tasks too.
_LEAST_PROSE = 120


def read(
    source: str | Path,
    jurisdiction: str | None = None,
    mapping: str | Path | None = None,
    with_people: bool = False,
) -> Report:
    """Read a responsibility table, or a list of tasks in a text.

    Args:
        source: A PDF, Word, Excel, OpenDocument, HTML, Markdown, CSV, TSV or text file; texts in
            UTF-8, GB18030, or UTF-16 with a byte-order mark.
        jurisdiction: Code of the place, used where the title does not name it.
        mapping: A file that maps unusual headings to columns; by default `mapping.yaml` in the
            folder of the source, if it exists.
        with_people: Whether to keep the names of leaders, which are personal data.

    Raises:
        InputError: The source cannot be read; the message says what is wrong, where, and what to
            do.
    """
    path = Path(source)
    check_file(path)
    with time_limit(path):
        report = _read_report(path, jurisdiction, mapping, with_people)
    return report if with_people else remove_people(report)


def _read_report(
    path: Path, jurisdiction: str | None, mapping: str | Path | None, with_people: bool
) -> Report:
    kind = kind_of(path)
    mappings = _load_mappings(path, mapping)
    if kind == "txt":
        text = read_text(path).replace("\r\n", "\n").replace("\r", "\n")
        check_characters(path, len(text))
        if not is_markdown(text):
            return _read_lines(path, text.split("\n"), jurisdiction, mappings, with_people)
        kind = "md"
    document = load(path, kind)
    check_characters(path, sum(map(_count_characters, document.blocks)))
    document = join_cards(normalise_document(document), mappings)
    grid = read_grid(document, mappings, with_people)
    if grid.tasks:
        return _grid_report(path, document, grid, jurisdiction)
    if kind == "pdf":
        lines = render_lines(word_lines(path))
        report = _read_lines(path, lines, jurisdiction, mappings, with_people)
        return replace(report, problems=(*report.problems, *document.notes))
    try:
        paragraphs = flatten_paragraphs(_paragraphs(document))
        report = free_text_report(path, paragraphs, jurisdiction, document.title)
    except NoListError as error:
        if not grid.missing:
            raise InputError(
                f"{path}: the table has no rows; check that the export is complete"
            ) from None
        if any(isinstance(block, Table) for block in document.blocks):
            raise InputError(
                f"{path}: no header row with the columns {grid.missing}; use these headings, or "
                "map yours to them in a mapping file (--mapping)"
            ) from None
        raise error
    return replace(report, problems=(*report.problems, *document.notes), unit=document.unit)


def _read_lines(
    path: Path,
    lines: Sequence[str],
    jurisdiction: str | None,
    mappings: Mappings,
    with_people: bool,
) -> Report:
    """Read the lines of a text: as a table if its cells are certain, else by the model."""
    lines = [normalise(line) for line in lines]
    text = "\n".join(lines)
    document = text_grid(path, lines, mappings)
    if document is not None:
        grid = read_grid(document, mappings, with_people)
        report = _grid_report(path, document, grid, jurisdiction)
    else:
        shown = replace_mapped_headings(lines, mappings)
        if table := read_certain_table(path, shown, jurisdiction, with_people):
            # It has removed people itself; here, ends of wrapped cells might be taken for names.
            return table
        report = free_text_report(path, flatten_lines(shown), jurisdiction)
    return report if with_people else remove_people(report, text)


def _grid_report(path: Path, document: Document, grid: Grid, jurisdiction: str | None) -> Report:
    paragraphs = _paragraphs(document)
    prose: Sequence[RawTask] = ()
    if sum(len(paragraph.text) for paragraph in paragraphs) >= _LEAST_PROSE:
        prose = find_tasks_in_prose(flatten_paragraphs(paragraphs))
    used = {line for row in prose for cell in (row.task, row.progress) for _, line in cell.lines}
    rest = [(line, text) for line, text in grid.coverage.rest if line not in used]
    coverage = replace(grid.coverage, rest=tuple(rest))
    tasks = [*prose, *grid.tasks]
    report = assemble(
        path, grid.title, tasks, coverage, jurisdiction, grid.month, context=grid.context
    )
    return replace(
        report,
        problems=(*report.problems, *grid.left_out, *document.notes),
        columns=grid.columns,
        unit=document.unit,
    )


def _count_characters(block: Block) -> int:
    if isinstance(block, Paragraph):
        return len(block.text)
    return sum(len(cell.text) for row in block.rows for cell in row)


def _paragraphs(document: Document) -> tuple[Paragraph, ...]:
    return tuple(block for block in document.blocks if isinstance(block, Paragraph))


def mapping_file(source: Path, given: str | Path | None = None) -> Path | None:
    """Return the mapping file of a source: the one given, or `mapping.yaml` in its folder."""
    if given is not None:
        return Path(given)
    beside = source.with_name(MAPPING)
    return beside if beside.is_file() else None


def _load_mappings(path: Path, given: str | Path | None) -> dict[str, str]:
    file = mapping_file(path, given)
    return load_mapping(file) if file else {}
