"""Write reports in the formats that governments publish, with other libraries than we read with."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Callable, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile, ZipInfo

from tests.reading import office
from tests.reading.printing import JIANGHAN, Entry, render

HEADER = ("序号", "一级工作类目", "二级工作类目", "工作任务", "进展情况", "责任部门")
_SAVED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def table_rows(entries: Sequence[Entry]) -> list[list[str]]:
    """Return the rows of a table, the header row first."""
    return [
        list(HEADER),
        *(
            [
                str(entry.number),
                entry.category[0],
                entry.category[1] or "",
                entry.task,
                entry.progress,
                "、".join(entry.departments),
            ]
            for entry in entries
        ),
    ]


def _write_csv(path: Path, entries: Sequence[Entry], title: str) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([[title], *table_rows(entries)])


def _write_text(path: Path, entries: Sequence[Entry], title: str) -> None:
    """Write text as copied from a printed table: cell after cell, broken into lines."""
    path.write_text(render(entries, JIANGHAN, title), encoding="utf-8")


def _write_prose(path: Path, entries: Sequence[Entry], title: str) -> None:
    """Write numbered items under headings, with the answerable departments in brackets."""
    lines = [title]
    for first, (one, of_one) in enumerate(groupby(entries, lambda it: it.category[0])):
        lines.append(f"{'一二三四五六七八九'[first]}、{one}")
        for second, (two, of_two) in enumerate(groupby(of_one, lambda it: it.category[1])):
            lines.append(f"（{'一二三四五六七八九'[second]}）{two}")
            for entry in of_two:
                names = "、".join(entry.departments)
                lines.append(f"{entry.number}.{entry.task}（责任单位：{names}）")
                lines.append(f"进展情况：{entry.progress}")
    path.write_text("\n".join((*lines, "")), encoding="utf-8")


def _write_table(
    writer: Callable[..., Path], path: Path, entries: Sequence[Entry], title: str
) -> None:
    writer(path, table_rows(entries), title=title)


def _write_office(
    writer: Callable[..., Path], path: Path, entries: Sequence[Entry], title: str
) -> None:
    _write_table(writer, path, entries, title)
    _remove_times(path)


def _write_xls(path: Path, entries: Sequence[Entry], title: str) -> None:
    soffice = shutil.which("soffice")
    if soffice is None:
        raise SystemExit("xls files need LibreOffice: install it, or do without xls")
    with TemporaryDirectory() as folder:
        made = office.write_xlsx(
            Path(folder) / f"{path.stem}.xlsx", table_rows(entries), title=title
        )
        shutil.move(office.convert(soffice, made, "xls"), path)


def _remove_times(path: Path) -> None:
    """Remove times from an office file, so that the same text gives the same bytes."""
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(ZipInfo(name), _SAVED.sub(rb"\g<1>2000-01-01T00:00:00Z", data))


# By name, which is also the file's suffix unless `SUFFIXES` has another.
FORMATS: dict[str, Callable[[Path, Sequence[Entry], str], None]] = {
    "csv": _write_csv,
    "tsv": partial(_write_table, office.write_tsv),
    "xlsx": partial(_write_office, office.write_xlsx),
    "docx": partial(_write_office, office.write_docx),
    "pdf": partial(_write_table, office.write_pdf),
    "html": partial(_write_table, office.write_html),
    "md": partial(_write_table, office.write_markdown),
    "txt": _write_text,
    "prose": _write_prose,
    "xls": _write_xls,
}
SUFFIXES = {"prose": "txt"}


def write_report(folder: Path, name: str, entries: Sequence[Entry], title: str, form: str) -> Path:
    """Write a report in a format; return its file.

    Args:
        folder: The output folder.
        name: The file's name without a suffix.
        entries: Its rows.
        title: Its title.
        form: A name of `FORMATS`.
    """
    path = folder / f"{name}.{SUFFIXES.get(form, form)}"
    FORMATS[form](path, entries, title)
    return path
