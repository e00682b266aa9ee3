from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import InputError
from kg.reading import read
from tests.files import text_file
from tests.test_cli import kg

TABLE = "抓什么,谁来抓,谁来帮,抓得怎样,谁负责\n新建学校2所。,区教育局,区财政局,已开工。,张三丰\n"
MAPPING = "抓什么: task\n谁来抓: lead\n谁来帮: cooperating\n抓得怎样: progress\n谁负责: leader\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return text_file(tmp_path / "t.csv", TABLE)


def test_a_mapping_file_names_the_columns_of_an_unusual_table(path: Path) -> None:
    with pytest.raises(InputError, match="--mapping"):
        read(path)
    mapping = path.with_name("m.yaml")
    mapping.write_text(MAPPING, encoding="utf-8")
    (task,) = read(path, "330106", mapping=mapping).tasks
    assert [(d.name, d.role) for d in task.departments] == [
        ("区教育局", "lead"),
        ("区财政局", "cooperating"),
    ]
    assert (task.task.text, task.progress.text, task.details) == ("新建学校2所。", "已开工。", ())
    (task,) = read(path, "330106", mapping=mapping, with_people=True).tasks
    assert [(heading, cell.text) for heading, cell in task.details] == [("谁负责", "张三丰")]


def test_a_mapping_file_beside_the_source_is_found(path: Path) -> None:
    path.with_name("mapping.yaml").write_text(MAPPING, encoding="utf-8")
    shown = kg("read", path, "--jurisdiction", "330106").stdout
    assert "column:       抓什么: task (100% sure)" in shown
    assert "review: “谁负责”: a column of people is left out" in shown
    assert "张三丰" not in shown


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("抓什么: [", "line 1: is not YAML"),
        ("- 抓什么", "is not a mapping"),
        ("抓什么: tasks", "“抓什么: tasks” names an unknown column; use one of number"),
        ("抓什么: [task]", "names an unknown column"),
    ],
)
def test_invalid_mapping_files_are_refused(content: str, says: str, path: Path) -> None:
    mapping = path.with_name("m.yaml")
    mapping.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=says.replace("[", r"\[")):
        read(path, mapping=mapping)


def test_all_commands_that_read_take_a_mapping(path: Path, tmp_path: Path) -> None:
    mapping = path.with_name("m.yaml")
    mapping.write_text(MAPPING, encoding="utf-8")
    later = path.with_name("later.csv")
    later.write_text(TABLE.replace("区财政局", "区民政局"), encoding="utf-8")
    options = ("--jurisdiction", "330106", "--mapping", mapping)
    for command in (
        ("diff", path, later),
        ("extract", path),
        ("review", path),
        ("build", path, "--store", tmp_path / "store"),
    ):
        refused, done = kg(*command), kg(*command, *options)
        assert (refused.returncode, done.returncode) == (2, 0)
        assert "map yours to them in a mapping file (--mapping)" in refused.stderr
    assert "区民政局" in kg("diff", path, later, *options, "--format", "json").stdout
