"""A small corpus of invented districts, with all that a build may meet in one."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

from benchmarks.corpus import Sizes, list_districts, make_corpus
from tests.history.plans import write_plan

_UNUSUAL = (
    "抓什么,谁来抓,抓得怎样\n新建学校2所。,区教育局,已开工1所。\n整治道路3条。,区水务局,已完成。\n"
)
_MAPPING = "抓什么: task\n谁来抓: lead\n抓得怎样: progress\n"
_DECISIONS = """\
- {action: merge, kind: task, task: 1, to: 9, reason: 是新的任务。}
- {action: reject, kind: road, name: 学府路, reason: 不是道路。}
- {action: reject, kind: road, name: 无此路, reason: 没有这条路。}
"""


def write_corpus(folder: Path) -> Path:
    """Write the corpus and return its folder."""
    months = folder / "months"
    months.mkdir(parents=True)
    make_corpus(months, list_districts(2), Sizes(1, 2, 6), 7, ("csv", "xlsx", "docx"))
    decided = folder / "with decisions"
    decided.mkdir()
    may, *_ = write_plan(decided)
    (decided / "curation.yaml").write_text(_DECISIONS, encoding="utf-8")
    mapped = folder / "西湖" / "表"
    mapped.mkdir(parents=True)
    (mapped / "表.csv").write_text(_UNUSUAL, encoding="utf-8")
    title = '{"dc:title": "西湖区2021年重点工作进展（截至6月底）"}'
    (mapped / "表.csv-metadata.json").write_text(title, encoding="utf-8")
    (mapped / "mapping.yaml").write_text(_MAPPING, encoding="utf-8")
    untitled = "工作任务,进展情况,责任部门\n新建学校2所。,已开工。,教育局\n"
    (folder / "untitled.csv").write_text(untitled, encoding="utf-8")
    # The folder comes before the file whose name continues with a character that sorts before /.
    shutil.copy(may, folder / "with decisions-copy.csv")
    rival = may.read_text(encoding="utf-8").replace("5000人", "6000人")
    (folder / "rival.csv").write_text(rival, encoding="utf-8")
    (folder / "empty.PDF").touch()
    (folder / "broken.DOCX").write_bytes(random.Random(1).randbytes(200))
    (folder / "README.md").write_text("| a |\n|---|\n", encoding="utf-8")
    (folder / "~$10.xlsx").touch()
    return folder
