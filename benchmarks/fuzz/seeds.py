"""Intact files of all formats, from which broken ones are made."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path

import reportlab.rl_config

from tests.reading import excel_xml, odf, office

HEAD = ("序号", "一级类目", "二级类目", "工作任务", "进展情况", "责任单位")
_ROWS = [
    line.split("|")
    for line in (
        "1|民生改善|教育|新建学校5所，改扩建3所。|已完成4所，青禾路小学因征地推迟。|区教育局",
        "2|民生改善|教育|新增学位3000个。|截至9月底，新增学位2450个。|区教育局、财政局",
        "3|城市建设|道路|建成柳园路，打通5条断头路。|柳园路已通车；其余12月底前完工。|建设局",
        "4|城市建设|绿化|新建口袋公园8个。|正在推进。|园林局（牵头）、民意街",
        "5|经济发展|投资|固定资产投资增长8%左右。|完成275.12亿元，同比增长6.9%。|发改局",
    )
]
_TITLE = "青禾区2023年政府工作报告任务进展情况（截至2023年9月底）"
_LIST = "".join(
    f"{number}. {task}（责任单位：{unit}）\n进展情况：{progress}\n"
    for number, _, _, task, progress, unit in _ROWS
)
_CURATION = (
    "- action: add\n  task: 1\n  kind: place\n  name: 青禾路小学\n  cell: progress\n"
    "  quote: 青禾路小学\n  reason: 校名\n"
    "- action: retype\n  kind: place\n  name: 柳园路\n  to: road\n  reason: 道路\n"
)
_MAPPING = "工作任务: task\n进展情况: progress\n责任单位: departments\n"


def write_seeds(folder: Path) -> dict[str, list[Path]]:
    """Write the seeds into a folder and return them by family.

    A family is a format; for the families `metadata`, `curation` and `mapping` a side file of an
    intact table is broken.
    """
    rows: Sequence[Sequence[str]] = [HEAD, *_ROWS]
    table = folder / "table.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([[_TITLE], *rows])
    text = folder / "list.txt"
    text.write_text(f"{_TITLE}\n{_LIST}", encoding="utf-8")
    printed = folder / "printed.txt"
    lines = ("  ".join(row) for row in rows)
    printed.write_text("\n".join([_TITLE, *lines]), encoding="utf-8")
    # The content of uncompressed streams can be broken.
    reportlab.rl_config.pageCompression = 0
    metadata = table.with_name("table.csv-metadata.json")
    metadata.write_text(json.dumps({"dc:title": _TITLE}, ensure_ascii=False), encoding="utf-8")
    curation, mapping = folder / "curation.yaml", folder / "mapping.yaml"
    curation.write_text(_CURATION, encoding="utf-8")
    mapping.write_text(_MAPPING, encoding="utf-8")
    return {
        "csv": [table],
        "tsv": [office.write_tsv(folder / "table.tsv", rows, _TITLE)],
        "txt": [text, printed],
        "md": [office.write_markdown(folder / "table.md", rows, _TITLE)],
        "html": [office.write_html(folder / "table.html", rows, _TITLE)],
        "xlsx": [office.write_xlsx(folder / "table.xlsx", rows, title=_TITLE)],
        "docx": [office.write_docx(folder / "table.docx", rows, _TITLE)],
        "ods": [odf.write_ods(folder / "table.ods", odf.rows_of([[_TITLE], *rows]))],
        "odt": [odf.write_odt(folder / "table.odt", odf.table(odf.rows_of(rows)))],
        "xls": [excel_xml.write_rows(folder / "table.xls", [[_TITLE], *rows])],
        "pdf": [office.write_pdf(folder / "table.pdf", rows, _TITLE)],
        "metadata": [metadata],
        "curation": [curation],
        "mapping": [mapping],
    }
