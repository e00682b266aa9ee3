from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from kg.model import Report
from kg.reading import read
from tests.reading import office
from tests.reading.printing import JIANGHAN
from tests.tables import invent, render

# Conversions with LibreOffice.
CONVERTED = [
    ("xlsx", "xls"),
    ("xlsx", "ods"),
    ("docx", "odt"),
    ("xlsx", "pdf"),
    ("xlsx", "html"),
    ("docx", "pdf"),
    ("docx", "html"),
]


def check_same(report: Report, expected: Report) -> None:
    """Check that two reports have the same tasks."""
    assert [task.number for task in report.tasks] == [task.number for task in expected.tasks]
    for task, other in zip(report.tasks, expected.tasks, strict=True):
        assert task.task.text == other.task.text
        assert task.progress.text == other.progress.text
        assert task.category == other.category
        assert [d.name for d in task.departments] == [d.name for d in other.departments]
    assert (report.identifier, report.jurisdiction.code) == ("jianghan-2019-10", "420103")
    assert report.problems == ()
    assert report.coverage.share > 0.95


@pytest.mark.parametrize(("name", "write"), office.WRITERS)
def test_each_format_has_the_same_tasks(
    name: str, write: Callable[[Path, office.Rows], Path], dataset: Path, tmp_path: Path
) -> None:
    path = write(tmp_path / name, office.dataset_rows(dataset))
    report = read(path)
    check_same(report, read(dataset))
    assert report.title == office.TITLE
    kinds = [column.column for column in report.columns]
    assert kinds == ["number", "category", "category", "task", "progress", "departments"]


def test_a_pdf_in_a_font_that_is_not_embedded(dataset: Path, tmp_path: Path) -> None:
    # pdfminer, which pdfplumber uses, does not support these two characters of such fonts.
    plain = str.maketrans("", "", "·•")
    rows = [[text.translate(plain) for text in row] for row in office.dataset_rows(dataset)]
    expected = tmp_path / "report.csv"
    with expected.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([[office.TITLE], *rows])
    check_same(read(office.write_pdf(tmp_path / "report.pdf", rows)), read(expected))


@pytest.mark.slow
@pytest.mark.parametrize(("made", "suffix"), CONVERTED)
def test_files_from_libreoffice_have_the_same_tasks(
    made: str, suffix: str, soffice: str, dataset: Path, tmp_path: Path
) -> None:
    rows = office.dataset_rows(dataset)
    write = office.write_xlsx if made == "xlsx" else office.write_docx
    path = office.convert(soffice, write(tmp_path / f"report.{made}", rows), suffix)
    check_same(read(path), read(dataset))


@pytest.mark.slow
def test_turned_pages_are_read_as_upright_ones(soffice: str, dataset: Path, tmp_path: Path) -> None:
    rows = office.dataset_rows(dataset)[:12]
    path = office.convert(soffice, office.write_xlsx(tmp_path / "report.xlsx", rows), "pdf")
    upright = read(path)
    assert len(upright.tasks) == 11
    for angle in (90, 180, 270):
        pdf = pypdfium2.PdfDocument(path)
        for page in pdf:
            page.set_rotation(angle)
        pdf.save(tmp_path / "turned.pdf")
        assert read(tmp_path / "turned.pdf").tasks == upright.tasks


@pytest.mark.slow
def test_a_pdf_without_rules_is_read_by_its_layout(
    soffice: str, dataset: Path, tmp_path: Path
) -> None:
    rows = [[row[0], "", "", *row[3:]] for row in office.dataset_rows(dataset)]
    rows[0][1:3] = ["", ""]
    made = office.write_xlsx(tmp_path / "report.xlsx", rows, ruled=False)
    report = read(office.convert(soffice, made, "pdf"))
    expected = read(dataset)
    pairs = list(zip(report.tasks, expected.tasks, strict=True))
    assert all([d.name for d in a.departments] == [d.name for d in b.departments] for a, b in pairs)
    assert sum(a.task.text == b.task.text for a, b in pairs) == 106
    assert sum(a.progress.text == b.progress.text for a, b in pairs) == 106


@pytest.mark.slow
def test_a_pdf_with_one_cell_a_line_is_read_like_its_text(soffice: str, tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(render(invent(4, 20), JIANGHAN), encoding="utf-8")
    expected = read(path)
    found = read(office.convert(soffice, path, "pdf"))
    for task, other in zip(found.tasks, expected.tasks, strict=True):
        assert "".join(task.task.text.split()) == "".join(other.task.text.split())
        assert "".join(task.progress.text.split()) == "".join(other.progress.text.split())
        assert [d.name for d in task.departments] == [d.name for d in other.departments]
