"""A store that is changed report by report."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph

from kg.errors import InputError
from kg.graph.build import add, build, remove
from kg.graph.stores.embedded import about_build, all_statements, new_build, open_graph, reports
from kg.publishing.export import export
from kg.questions.catalogue import query

HEAD = "序号,工作类目,工作任务,进展情况,责任部门\n"
TITLE = "{district}{year}年政府工作报告任务进展表（截至{year}年{month}月底）,,,,\n"


def table(folder: Path, district: str, month: int, *rows: str, year: int = 2021) -> Path:
    path = folder / f"{district}-{year}-{month:02d}.csv"
    title = TITLE.format(district=district, year=year, month=month)
    lines = "".join(f"{n},城市建设,{row}\n" for n, row in enumerate(rows, 1))
    path.write_text(title + HEAD + lines, encoding="utf-8")
    return path


ROWS = (
    "整治文汇路沿线环境。,文汇路沿线环境整治已完成。,建设局",
    "清理文汇路沿线垃圾。,正在文汇路沿线开展环境整治。,城市管理局",
)


def export_store(store: Path, file: Path) -> bytes:
    export(open_graph(store), file, "nquads")
    return file.read_bytes()


def identifiers(store: Path) -> list[str]:
    return [str(row[0]) for row in reports(store).rows]


def shared_projects(store: Path) -> list[tuple[object, ...]]:
    return [(row[0], row[2]) for row in query(open_graph(store), "shared-things").rows]


def test_adding_makes_the_same_graph_as_building_together(tmp_path: Path) -> None:
    one = table(tmp_path, "武昌区", 6, *ROWS)
    other = table(tmp_path, "汉阳区", 6, *ROWS)
    build([one, other], tmp_path / "together")
    build([one], tmp_path / "store")
    added = add([other], tmp_path / "store")
    assert [entry["identifier"] for entry in added.reports] == ["hanyang-2021-06"]
    files = [tmp_path / "a.nq", tmp_path / "b.nq"]
    assert export_store(tmp_path / "together", files[0]) == export_store(
        tmp_path / "store", files[1]
    )


def test_districts_of_one_name_are_told_apart(tmp_path: Path) -> None:
    alike = ("北京市朝阳区", "长春市朝阳区", "六盘水市钟山区", "大连市中山区")
    build([table(tmp_path, district, 6, *ROWS) for district in alike], tmp_path / "store")
    assert identifiers(tmp_path / "store") == [
        *("chaoyang-110105-2021-06", "chaoyang-220104-2021-06"),
        *("zhongshan-210202-2021-06", "zhongshan-520201-2021-06"),
    ]


def test_an_unchanged_file_is_skipped_and_a_changed_one_takes_its_place(tmp_path: Path) -> None:
    store = tmp_path / "store"
    source = table(tmp_path, "武昌区", 6, *ROWS)
    build([source], store)
    before = export_store(store, tmp_path / "before.nq")
    again = add([source], store)
    assert (again.unchanged, again.reports) == (("wuchang-420106-2021-06",), ())
    assert export_store(store, tmp_path / "again.nq") == before
    assert shared_projects(store) == [("文汇路", "城市管理局、建设局")]
    table(tmp_path, "武昌区", 6, ROWS[0])
    changed = add([source], store)
    assert [entry["tasks"] for entry in changed.reports] == [1]
    assert identifiers(store) == ["wuchang-420106-2021-06"]
    assert shared_projects(store) == []


def test_decisions_that_change_are_a_change(tmp_path: Path) -> None:
    source = table(tmp_path, "武昌区", 6, *ROWS)
    build([source], tmp_path / "store")
    (tmp_path / "curation.yaml").write_text(
        "- action: reject\n  kind: road\n  name: 文汇路\n  reason: 试验\n", encoding="utf-8"
    )
    assert add([source], tmp_path / "store").unchanged == ()
    assert shared_projects(tmp_path / "store") == []


def test_a_report_is_taken_out_with_all_that_stands_on_it(tmp_path: Path) -> None:
    store = tmp_path / "store"
    one = table(tmp_path, "武昌区", 6, *ROWS)
    other = table(tmp_path, "汉阳区", 6, *ROWS)
    build([one], tmp_path / "alone")
    build([one, other], store)
    remove(["hanyang-2021-06"], store)
    assert identifiers(store) == ["wuchang-420106-2021-06"]
    assert export_store(store, tmp_path / "a.nq") == export_store(
        tmp_path / "alone", tmp_path / "b.nq"
    )
    with pytest.raises(InputError, match=r"is not in .*; it holds: wuchang-420106-2021-06"):
        remove(["hanyang-2021-06"], store)


def test_what_goes_wrong_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    store = tmp_path / "store"
    build([table(tmp_path, "武昌区", 6, *ROWS)], store)
    before = export_store(store, tmp_path / "before.nq"), about_build(store)
    bad = tmp_path / "bad.csv"
    bad.write_text("没有表头\n", encoding="utf-8")
    with pytest.raises(InputError, match="no header row"):
        add([table(tmp_path, "汉阳区", 6, *ROWS), bad], store)
    assert (export_store(store, tmp_path / "after.nq"), about_build(store)) == before
    assert not [found for found in store.glob("build-*") if not (found / "build.json").exists()]
    with pytest.raises(InputError, match="no store here"):
        add([bad], tmp_path / "nowhere")


def test_another_file_that_claims_to_be_the_same_report_is_refused(tmp_path: Path) -> None:
    store = tmp_path / "store"
    build([table(tmp_path, "武昌区", 6, *ROWS)], store)
    folder = tmp_path / "other"
    folder.mkdir()
    twin = table(folder, "武昌区", 6, *ROWS).rename(folder / "twin.csv")
    twin.write_text(twin.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"twin\.csv: is the same report as 武昌区-2021-06\.csv"):
        add([twin], store)
    rival = table(folder, "武昌区", 6, ROWS[0], ROWS[1].replace("。", "！", 1))
    rival = rival.rename(folder / "rival.csv")
    with pytest.raises(InputError) as caught:
        add([rival], store)
    assert str(caught.value) == (
        f"{rival}: has the same date and district as 武昌区-2021-06.csv "
        "(wuchang-420106-2021-06), but they differ in 1 of 2 tasks, the first of them task 2 "
        "(“清理文汇路沿线垃圾！”); correct the date or district in the title of one, or give only "
        "the right one (kg remove wuchang-420106-2021-06 removes the other)"
    )
    with pytest.raises(InputError, match=r"as rival\.csv .*, but they differ in 1 of 2 tasks"):
        build([rival, twin], tmp_path / "new")


def test_a_report_that_is_refused_leaves_no_trace(tmp_path: Path) -> None:
    first = table(tmp_path, "武昌区", 6, *ROWS)
    folder = tmp_path / "other"
    folder.mkdir()
    # Its rows have another order, so that they would change the numbers of the first one.
    rival = table(folder, "武昌区", 6, *reversed(ROWS))
    later = table(tmp_path, "武昌区", 9, *ROWS)
    built = build([first, rival, later], tmp_path / "store", skip=True)
    assert [report["source"] for report in built.reports] == [first.name, later.name]
    assert len(built.failed) == 1
    build([first, later], tmp_path / "alone")
    files = [tmp_path / "a.nq", tmp_path / "b.nq"]
    assert export_store(tmp_path / "store", files[0]) == export_store(tmp_path / "alone", files[1])


def test_a_corpus_leaves_out_what_cannot_be_read_and_tells_it(tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text("没有表头\n", encoding="utf-8")
    # Enough to be built by several processes.
    sources = [table(tmp_path, "武昌区", month, *ROWS) for month in range(3, 9)]
    built = build([sources[0], bad, *sources[1:]], tmp_path / "store", skip=True)
    assert len(built.reports) == 6
    (message,) = built.failed
    assert "bad.csv" in message
    with pytest.raises(InputError, match=r"bad\.csv"):
        build([bad], tmp_path / "none", skip=True)


def test_decisions_that_contradict_each_other_stop_only_their_source(tmp_path: Path) -> None:
    first = table(tmp_path, "武昌区", 6, *ROWS)
    folder = tmp_path / "later"
    folder.mkdir()
    second = table(folder, "武昌区", 9, *ROWS)
    (folder / "curation.yaml").write_text(
        "- {action: merge, kind: task, task: 1, to: 2, reason: 同一项}\n"
        "- {action: merge, kind: task, task: 2, to: 2, reason: 同一项}\n",
        encoding="utf-8",
    )
    built = build([first, second], tmp_path / "store", skip=True)
    assert [report["source"] for report in built.reports] == [first.name]
    (message,) = built.failed
    assert message.endswith(
        "curation.yaml, line 2: task 2 is merged with task 2, and so is task 1; "
        "merge one of them and reject the other"
    )


def test_several_processes_make_the_same_graph_as_one(tmp_path: Path) -> None:
    sources = [table(tmp_path, "武昌区", month, *ROWS) for month in range(3, 8)]
    build(sources, tmp_path / "many")
    build(sources[:2], tmp_path / "few")
    for source in sources[2:]:
        add([source], tmp_path / "few")
    files = [tmp_path / "a.nq", tmp_path / "b.nq"]
    assert export_store(tmp_path / "many", files[0]) == export_store(tmp_path / "few", files[1])


def test_two_builds_at_once_do_not_spoil_the_store(tmp_path: Path) -> None:
    store = tmp_path / "store"
    source = table(tmp_path, "武昌区", 6, *ROWS)
    build([source], store)
    refused: list[str] = []

    def second() -> None:
        try:
            build([source], store)
        except InputError as error:
            refused.append(str(error))

    with new_build(store, keep=True):
        other = threading.Thread(target=second)
        other.start()
        other.join()
    assert len(refused) == 1
    assert "another build is running there" in refused[0]
    assert identifiers(store) == ["wuchang-420106-2021-06"]
    build([source], store)


def test_a_first_build_that_was_cut_off_is_no_obstacle(tmp_path: Path) -> None:
    store = tmp_path / "store"
    (store / "build-cut-off").mkdir(parents=True)
    (store / ".lock").touch()
    build([table(tmp_path, "武昌区", 6, *ROWS)], store)
    assert identifiers(store) == ["wuchang-420106-2021-06"]
    assert json.loads((next(store.glob("build-*/build.json"))).read_text())["version"]


def test_the_default_graph_holds_each_statement_once(tmp_path: Path) -> None:
    store = tmp_path / "store"
    sources = [table(tmp_path, "武昌区", month, *ROWS) for month in (5, 6)]

    def check() -> None:
        graph = open_graph(store)
        merged = {quad.triple for quad in all_statements(graph)}
        assert merged == {quad.triple for quad in graph if quad.graph_name != DefaultGraph()}

    build(sources, store)
    check()
    remove(["wuchang-420106-2021-05"], store)
    check()
    add(sources, store)
    check()
