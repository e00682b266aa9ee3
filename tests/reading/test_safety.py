from __future__ import annotations

import base64
import shutil
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest
from openpyxl import Workbook
from PIL import Image

from kg.errors import InputError
from kg.reading import read
from tests.reading import odf, office
from tests.test_cli import kg

HEAD = ["序号", "一级类目", "二级类目", "工作任务", "进展情况", "责任单位"]
ROWS = [HEAD, ["1", "民生", "教育", "新建学校2所。", "已开工。", "区教育局"]]
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def refusal(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        read(path)
    text = str(caught.value)
    assert text.startswith(str(path))
    assert "\n" not in text
    return text


def repacked(path: Path, part: str, change: bytes, into: bytes) -> Path:
    """Change a part of an office document."""
    changed = path.with_name(f"changed{path.suffix}")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(changed, "w") as new:
        for item in old.infolist():
            data = old.read(item)
            if item.filename == part:
                assert change in data
                data = data.replace(change, into, 1)
            new.writestr(item, data)
    return changed


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    return {
        "xlsx": office.write_xlsx(tmp_path / "t.xlsx", ROWS),
        "docx": office.write_docx(tmp_path / "t.docx", ROWS),
        "html": office.write_html(tmp_path / "t.html", ROWS),
        "ods": odf.write_ods(tmp_path / "t.ods", odf.rows_of(ROWS)),
        "odt": odf.write_odt(tmp_path / "t.odt", odf.table(odf.rows_of(ROWS))),
    }


@pytest.mark.parametrize(
    ("kind", "name", "says"),
    [
        ("xlsx", "t.xls", "is an Excel workbook, not an old Excel workbook; rename it to .xlsx"),
        ("xlsx", "t.pdf", "is an Excel workbook, not a PDF; rename it to .xlsx"),
        ("docx", "t.xlsx", "is a Word document, not an Excel workbook; rename it to .docx"),
        ("docx", "t.csv", "is a Word document, not text; rename it to .docx"),
        ("html", "t.xls", "is a web page, not an old Excel workbook; rename it to .html"),
        ("html", "t.csv", "is a web page, not a table of text; rename it to .html"),
        ("docx", "t.ods", "is a Word document, not an OpenDocument spreadsheet; rename it"),
        ("xlsx", "t.odt", "is an Excel workbook, not an OpenDocument text; rename it to .xlsx"),
        ("ods", "t.xlsx", "is an OpenDocument spreadsheet, not an Excel workbook; rename it to"),
        ("odt", "t.ods", "is an OpenDocument text, not an OpenDocument spreadsheet; rename it"),
    ],
)
def test_a_wrong_suffix_is_reported(
    kind: str, name: str, says: str, files: dict[str, Path], tmp_path: Path
) -> None:
    folder = tmp_path / "renamed"
    folder.mkdir()
    assert says in refusal(Path(shutil.copy(files[kind], folder / name)))


@pytest.mark.parametrize("suffix", ["xlsx", "docx", "ods", "odt"])
def test_damaged_office_documents_are_refused(suffix: str, files: dict[str, Path]) -> None:
    data = files[suffix].read_bytes()
    for cut in (40, len(data) // 2, len(data) - 30):
        files[suffix].write_bytes(data[:cut])
        assert "damaged" in refusal(files[suffix])
    files[suffix].write_bytes(b"")
    assert "is empty" in refusal(files[suffix])
    part = {"xlsx": "xl/worksheets/sheet1.xml", "docx": "word/document.xml"}
    files[suffix].write_bytes(data)
    assert "cannot be read" in refusal(
        repacked(files[suffix], part.get(suffix, "content.xml"), b"<", b"<<")
    )


@pytest.mark.parametrize("suffix", ["xlsx", "docx"])
def test_encrypted_office_documents_are_refused(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"t.{suffix}"
    path.write_bytes(OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600))
    assert "is encrypted; open it with its password" in refusal(path)


@pytest.mark.parametrize("suffix", ["ods", "odt"])
def test_encrypted_opendocument_files_are_refused(suffix: str, files: dict[str, Path]) -> None:
    with zipfile.ZipFile(files[suffix], "a") as archive:
        manifest = (
            f'<manifest:manifest xmlns:manifest="{odf.NAMESPACE.format("manifest")}">'
            '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/>'
            "</manifest:file-entry></manifest:manifest>"
        )
        archive.writestr("META-INF/manifest.xml", manifest)
    assert "is encrypted; open it with its password and save it without one" in refusal(
        files[suffix]
    )


def test_a_damaged_old_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.xls"
    path.write_bytes(OLE + bytes(600) + "Workbook".encode("utf-16-le") + bytes(600))
    assert "is damaged" in refusal(path)
    path.write_bytes(OLE + bytes(600))
    assert "is damaged or not a workbook; open it and save it as .xlsx" in refusal(path)


def test_archives_that_unpack_to_too_much_are_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", bytes(40_000_000))
    assert "as zip bombs do; it was not opened" in refusal(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        for number in range(10_001):
            archive.writestr(f"xl/media/{number}", b"")
    assert "10,002 parts" in refusal(path)


@pytest.mark.parametrize(
    ("suffix", "part"),
    [
        ("xlsx", "xl/workbook.xml"),
        ("docx", "word/document.xml"),
        ("ods", "content.xml"),
        ("odt", "content.xml"),
    ],
)
def test_entities_in_office_documents_are_refused(
    suffix: str, part: str, files: dict[str, Path]
) -> None:
    with zipfile.ZipFile(files[suffix]) as archive:
        start = archive.read(part)[:60]
    where = start.index(b"?>") + 2 if start.startswith(b"<?xml") else 0
    doctype = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    changed = repacked(files[suffix], part, start, start[:where] + doctype + start[where:])
    assert f"declares XML entities in {part}" in refusal(changed)


def test_a_web_page_loads_nothing(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("机密文件内容", encoding="utf-8")
    path = tmp_path / "t.html"
    cells = "".join(f"<td>{text}</td>" for text in ("新建学校2所。&a;", "已开工。", "区教育局"))
    path.write_text(
        f'<!DOCTYPE html [<!ENTITY a SYSTEM "{secret.as_uri()}">]><html><body>'
        f'<iframe src="{secret.as_uri()}"></iframe><table><tr><td>工作任务</td>'
        f"<td>进展情况</td><td>责任单位</td></tr><tr>{cells}</tr></table></body></html>",
        encoding="utf-8",
    )
    report = read(path)
    assert len(report.tasks) == 1
    assert "机密" not in repr(report)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("t.csv", ",".join(["工作任务"] * 1_000_000)),
        ("t.tsv", "\t".join(["工作任务"] * 1_000_000)),
        ("t.html", "<table><tr>" + "<td>任务</td>" * 1_000_000 + "</tr></table>"),
        ("t.md", "|任务" * 1_000_000 + "|\n" + "|---" * 1_000_000 + "|\n"),
        ("t.txt", "|".join(["工作任务"] * 1_000_000) + "\n" + "|".join("一" * 1_000_000)),
    ],
)
def test_a_table_of_a_million_columns_is_refused(name: str, content: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    assert "columns, more than the limit of 1,000" in refusal(path)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (odf.row(odf.cell("任务", "number-columns-repeated", 1_000_000)), "has 1,000,000 columns"),
        (odf.row(odf.cell("任务"), "number-rows-repeated", 10_000_000), "has 10,000,002 rows"),
    ],
)
def test_cells_that_repeat_without_end_are_refused(row: str, says: str, tmp_path: Path) -> None:
    path = odf.write_ods(tmp_path / "t.ods", [*odf.rows_of(ROWS), row])
    assert says in refusal(path)


def test_empty_cells_repeated_to_the_end_of_a_sheet_are_ignored(tmp_path: Path) -> None:
    spanned = odf.row(
        odf.cell("2") + 4 * odf.cell("改造道路5条。", "number-rows-spanned", 9_999_999)
    )
    empty = odf.row(odf.cell("", "number-columns-repeated", 16_384), "number-rows-repeated", 10**6)
    path = odf.write_ods(tmp_path / "t.ods", [*odf.rows_of(ROWS), spanned, empty, empty])
    assert len(read(path).tasks) == 2


def test_a_line_of_a_million_headings_is_not_a_header(tmp_path: Path) -> None:
    path = tmp_path / "t.txt"
    path.write_text(" ".join(["工作任务", "进展情况", "责任单位"] * 300_000), encoding="utf-8")
    assert "characters of text without a table" in refusal(path)


def test_sheets_that_span_all_places_are_refused(files: dict[str, Path], tmp_path: Path) -> None:
    far = Workbook()
    assert far.active is not None
    far.active["XFD1048576"] = "任务"
    far.save(tmp_path / "far.xlsx")
    assert "16,384 columns" in refusal(tmp_path / "far.xlsx")
    merged = repacked(
        files["xlsx"], "xl/worksheets/sheet1.xml", b'ref="A1:F1"', b'ref="A1:XFD1048576"'
    )
    assert "merged cells span A1:XFD1048576" in refusal(merged)
    quoted = repacked(
        files["xlsx"], "xl/worksheets/sheet1.xml", b'ref="A1:F1"', b"ref = 'A1:XFD1048576'"
    )
    assert "merged cells span A1:XFD1048576" in refusal(quoted)


def test_many_merged_cells_are_counted_together(files: dict[str, Path]) -> None:
    ranges = b"".join(b'<mergeCell ref="A%d:XFD%d"/>' % (n, n) for n in range(10, 400))
    merged = repacked(
        files["xlsx"],
        "xl/worksheets/sheet1.xml",
        b'<mergeCell ref="A1:F1"/>',
        b'<mergeCell ref="A1:F1"/>' + ranges,
    )
    assert "merged cells span" in refusal(merged)


@pytest.mark.parametrize("reference", [b"A:A", b"A:XFD", b"1:3", b"1:400", b"F:A"])
def test_merged_columns_and_rows_without_ends_are_refused(
    files: dict[str, Path], reference: bytes
) -> None:
    merged = repacked(
        files["xlsx"], "xl/worksheets/sheet1.xml", b'ref="A1:F1"', b'ref="%s"' % reference
    )
    told = refusal(merged)
    assert "merged cells span" in told or "cannot be read as an Excel workbook" in told


def test_hidden_columns_far_after_the_table_are_ignored(files: dict[str, Path]) -> None:
    hidden = repacked(
        files["xlsx"],
        "xl/worksheets/sheet1.xml",
        b"<sheetData>",
        b'<cols><col min="9" max="1999999999" hidden="1"/></cols><sheetData>',
    )
    assert len(read(hidden).tasks) == 1


def test_rows_below_elements_that_nest_deeply_are_read(tmp_path: Path) -> None:
    rows = [
        f"<tr><td>{n}</td><td>改造{n}号路。</td><td>已完工。</td><td>建设局</td></tr>"
        for n in range(1, 9)
    ]
    rows[3] = rows[3].replace("已完工。", "<font>" * 300 + "已完工。")
    head = "<tr><th>序号</th><th>工作任务</th><th>进展情况</th><th>责任单位</th></tr>"
    path = tmp_path / "t.html"
    path.write_text(f"<table>{head}{''.join(rows)}</table>", encoding="utf-8")
    assert [task.number for task in read(path).tasks] == list(range(1, 9))


def test_files_beside_a_table_that_nest_without_end_are_refused(
    dataset: Path, tmp_path: Path
) -> None:
    table = Path(shutil.copy(dataset, tmp_path / "t.csv"))
    beside = tmp_path / "t.csv-metadata.json"
    beside.write_text('{"dc:title": ' + "[" * 100_000, encoding="utf-8")
    with pytest.raises(InputError, match="is not CSVW metadata"):
        read(table)
    beside.unlink()
    for text in ("[" * 100_000, "事项: 2021-02-30"):
        (tmp_path / "mapping.yaml").write_text(text, encoding="utf-8")
        with pytest.raises(InputError, match=r"mapping\.yaml"):
            read(table)


def test_words_beside_the_page_and_squared_paper_take_no_time(tmp_path: Path) -> None:
    words = b"BT /F 10 Tf 1 0 0 1 %d 700 Tm (far) Tj 1 0 0 1 40 700 Tm (near) Tj ET"
    lines = b"".join(
        b"%d 0 m %d 600 l S 0 %d m 600 %d l S " % (n, n, n, n) for n in range(0, 600, 4)
    )
    for place, drawn in ((10**9, b""), (-(10**9), b""), (100, lines)):
        content = drawn + words % place
        path = write_pdf(
            tmp_path / "t.pdf",
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
            b"/Resources<</Font<</F 5 0 R>>>>>>",
            b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        )
        assert "contains no list of tasks" in refusal(path)


def test_a_scanned_pdf_is_refused_with_advice(tmp_path: Path) -> None:
    path = tmp_path / "t.pdf"
    Image.new("L", (200, 200), 255).save(path)
    assert "run OCR (text recognition) first" in refusal(path)


@pytest.mark.slow
def test_encrypted_and_damaged_pdfs_are_refused(soffice: str, files: dict[str, Path]) -> None:
    options = '{"EncryptFile":{"type":"boolean","value":"true"},'
    options += '"DocumentOpenPassword":{"type":"string","value":"x"}}'
    path = office.convert(soffice, files["docx"], "pdf", f":writer_pdf_Export:{options}")
    assert "is encrypted" in refusal(path)
    path = office.convert(soffice, files["docx"], "pdf")
    data = path.read_bytes()
    assert len(read(path).tasks) == 1
    for cut in (20, 300, len(data) // 2):
        path.write_bytes(data[:cut])
        assert "is damaged" in refusal(path)


def test_a_missing_library_is_reported(files: dict[str, Path], dataset: Path) -> None:
    code = (
        "import sys; sys.modules['openpyxl'] = None\n"
        "from kg.errors import InputError; from kg.reading import read\n"
        f"print(len(read({str(dataset)!r}).tasks))\n"
        f"try: read({str(files['xlsx'])!r})\n"
        "except InputError as error: print(error)"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.startswith("106\n")
    assert "needs openpyxl; install it: pip install 'taskkg[office]'" in shown.stdout


def test_a_refusal_is_one_line_and_code_2(tmp_path: Path) -> None:
    path = tmp_path / "t.docx"
    path.write_bytes(b"PK\x03\x04 no archive")
    result = kg("read", path)
    assert (result.returncode, len(result.stderr.splitlines())) == (2, 1)


def write_pdf(path: Path, *objects: bytes, catalogue: bytes = b"1 0 R") -> Path:
    """Write a PDF of these objects, numbered from 1, without a cross-reference table."""
    parts = [b"%PDF-1.5\n"]
    parts += [b"%d 0 obj\n%s\nendobj\n" % (n, data) for n, data in enumerate(objects, start=1)]
    parts.append(b"trailer\n<</Root %s/Size %d>>\n" % (catalogue, len(objects) + 1))
    path.write_bytes(b"".join(parts))
    return path


def stream(data: bytes, entries: bytes = b"/Filter/FlateDecode") -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(data), data)


def pages(contents: bytes, further: bytes = b"") -> list[bytes]:
    return [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R%s>>" % further,
        contents,
    ]


HUGE = zlib.compress(bytes(300_000_000), 9)
DRAWN = b"/Resources<</XObject<</A 5 0 R/B 6 0 R>>>>"
FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]" + DRAWN


@pytest.mark.parametrize(
    "objects",
    [
        pages(stream(HUGE)),
        pages(stream(zlib.compress(HUGE), b"/Filter[/FlateDecode/FlateDecode]")),
        pages(stream(base64.a85encode(HUGE) + b"~>", b"/Filter[/A85/Fl]")),
        pages(stream(HUGE[:-9])),
        [stream(HUGE, b"/Type/ObjStm/N 1/First 10/Filter/FlateDecode")],
        [
            *pages(stream(b"/A Do", b""), DRAWN),
            stream(b"/B Do " * 9000, FORM),
            stream(b" " * 90000, FORM),
        ],
    ],
    ids=["page", "twice", "ascii", "cut", "objects", "drawn often"],
)
def test_a_pdf_that_would_unpack_to_too_much_is_refused(
    objects: list[bytes], tmp_path: Path
) -> None:
    assert "would unpack to over 268,435,456 bytes" in refusal(
        write_pdf(tmp_path / "t.pdf", *objects)
    )


def test_pictures_in_a_pdf_are_not_unpacked(tmp_path: Path) -> None:
    picture = stream(HUGE, b"/Type/XObject/Subtype/Image/Width 1/Height 1/Filter/FlateDecode")
    path = write_pdf(tmp_path / "t.pdf", *pages(stream(b"/A Do", b""), DRAWN), picture)
    assert "run OCR" in refusal(path)
    assert "run OCR" in refusal(write_pdf(tmp_path / "t.pdf", *pages(picture)))
