"""A report in the formats that governments publish, each by another library than reads it."""

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


def rows(entries: Sequence[Entry]) -> list[list[str]]:
    """Return the rows of a table, its header first."""
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


def _csv(path: Path, entries: Sequence[Entry], title: str) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([[title], *rows(entries)])


def _text(path: Path, entries: Sequence[Entry], title: str) -> None:
    """Write what copying from a printed table gives: cell after cell, broken into lines."""
    path.write_text(render(entries, JIANGHAN, title), encoding="utf-8")


def _prose(path: Path, entries: Sequence[Entry], title: str) -> None:
    """Write numbered items under headings, with who answers for each in brackets."""
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


def _table(writer: Callable[..., Path], path: Path, entries: Sequence[Entry], title: str) -> None:
    writer(path, rows(entries), title=title)


def _office(writer: Callable[..., Path], path: Path, entries: Sequence[Entry], title: str) -> None:
    _table(writer, path, entries, title)
    _settle(path)


def _xls(path: Path, entries: Sequence[Entry], title: str) -> None:
    soffice = shutil.which("soffice")
    if soffice is None:
        raise SystemExit("xls files are written by LibreOffice: install it, or leave xls out")
    with TemporaryDirectory() as folder:
        made = office.write_xlsx(Path(folder) / f"{path.stem}.xlsx", rows(entries), title=title)
        shutil.move(office.convert(soffice, made, "xls"), path)


def _settle(path: Path) -> None:
    """Take the time of writing out of an office file, so that the same text is the same bytes."""
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(ZipInfo(name), _SAVED.sub(rb"\g<1>2000-01-01T00:00:00Z", data))


# By name; the name is the suffix of the file too, where nothing else is told.
FORMATS: dict[str, Callable[[Path, Sequence[Entry], str], None]] = {
    "csv": _csv,
    "tsv": partial(_table, office.write_tsv),
    "xlsx": partial(_office, office.write_xlsx),
    "docx": partial(_office, office.write_docx),
    "pdf": partial(_table, office.write_pdf),
    "html": partial(_table, office.write_html),
    "md": partial(_table, office.write_markdown),
    "txt": _text,
    "prose": _prose,
    "xls": _xls,
}
SUFFIXES = {"prose": "txt"}


def write(folder: Path, name: str, entries: Sequence[Entry], title: str, form: str) -> Path:
    """Write a report in a format; return its file.

    Args:
        folder: Where it is written.
        name: The file's name without a suffix.
        entries: Its rows.
        title: Its title.
        form: A name of `FORMATS`.
    """
    path = folder / f"{name}.{SUFFIXES.get(form, form)}"
    FORMATS[form](path, entries, title)
    return path
