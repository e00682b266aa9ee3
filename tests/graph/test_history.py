"""Three reports of one plan in one store: a state for each, and what holds now."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.graph.build import add, build, remove
from kg.graph.difference import diff
from kg.graph.stores.embedded import open_graph
from kg.graph.validation import validate
from kg.publishing.export import export
from kg.questions.sparql import select
from tests.history.plans import write_plan
from tests.small import answers


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plan")
    build(write_plan(folder), folder / "store")
    return folder / "store"


def test_the_graph_is_valid(plan: Path) -> None:
    assert validate(open_graph(plan)) == ()


def test_history_of_a_task(plan: Path) -> None:
    found = answers(plan, "history", task="1")
    assert [(row["report"], row["as_of"], row["row"], row["status"]) for row in found] == [
        ("donghu-2021-05", "2021-05", 1, "in_progress"),
        ("donghu-2021-10", "2021-10", 2, "in_progress"),
        ("donghu-2021-12", "2021-12", 2, "completed"),
    ]
    assert [(row["actual"], row["judgement"]) for row in found] == [
        (2100, "on_track"),
        (4600, "on_track"),
        (5320, "met"),
    ]
    housing = answers(plan, "history", task="3")
    assert {(row["report"], row["departments"]) for row in housing} == {
        ("donghu-2021-05", "住房和城乡建设局、城市管理局"),
        ("donghu-2021-10", "住房和城乡建设局、城市管理局"),
        ("donghu-2021-12", "住房和城乡建设局"),
    }
    assert {float(str(row["confidence"])) for row in housing if row["row"] == 3} > {1.0}


def test_timeline_of_a_task_tells_its_states_report_by_report(plan: Path) -> None:
    states = [row for row in answers(plan, "timeline", task="1") if row["role"] == "state"]
    assert [(row["date"], row["report"], row["status"]) for row in states] == [
        ("2021-05", "donghu-2021-05", "in_progress"),
        ("2021-10", "donghu-2021-10", "in_progress"),
        ("2021-12", "donghu-2021-12", "completed"),
    ]
    assert [str(row["values"]).split(" ")[-1] for row in states] == ["2100人", "4600人", "5320人"]
    housing = [row for row in answers(plan, "timeline", task="3") if row["role"] == "state"]
    assert [row["departments"] for row in housing] == [
        "住房和城乡建设局、城市管理局",
        "住房和城乡建设局、城市管理局",
        "住房和城乡建设局",
    ]
    late = answers(plan, "timeline", task="1", **{"from": "2021-12-01"})
    assert [row["report"] for row in late if row["role"] == "state"] == ["donghu-2021-12"]
    assert not [row for row in answers(plan, "timeline") if row["role"] != "planned"]


def test_series_of_an_indicator(plan: Path) -> None:
    found = answers(plan, "series", indicator="空气质量优良天数比例")
    assert [(row["as_of"], str(row["actual"]), row["judgement"]) for row in found] == [
        ("2021-05", "88.2", "met"),
        ("2021-10", "86.1", "met"),
        ("2021-12", "82.4", "not_met"),
    ]


def test_what_holds_now_is_told_by_the_latest_report(plan: Path) -> None:
    tasks = {row["task"]: row for row in answers(plan, "tasks")}
    assert len(tasks) == len(answers(plan, "tasks")) == 7
    assert (tasks[1]["report"], tasks[1]["status"]) == ("donghu-2021-12", "已完成")
    assert str(tasks[3]["promise"]).startswith("全面完成20个")
    # It vanished in October, so that its latest state is that of May.
    assert tasks[2]["report"] == "donghu-2021-05"
    assert tasks[7]["promise"] == "建设社区养老服务驿站8个。"
    (behind,) = answers(plan, "behind")
    assert (behind["task"], str(behind["actual"])) == (5, "82.4")
    judged = select(
        open_graph(plan),
        """SELECT ?target (COUNT(*) AS ?count) WHERE { ?target a tkg:Target ; tkg:judgement ?any }
           GROUP BY ?target HAVING (COUNT(*) > 1)""",
    )
    assert judged.rows == ()


def test_what_several_reports_say_counts_once(plan: Path) -> None:
    found = answers(plan, "departments")
    assert len(found) == len({row["department"] for row in found}) == 8
    housing = next(row for row in found if row["department"] == "住房和城乡建设局")
    assert (housing["tasks"], housing["joint"]) == (1, 1)


def test_which_department_stopped_being_named(plan: Path) -> None:
    found = select(
        open_graph(plan),
        """SELECT ?number ?name ?last WHERE {
             ?task tkg:responsible ?department ; tkg:number ?number ; tkg:latestState ?now .
             ?department skos:prefLabel ?name .
             FILTER NOT EXISTS { ?now tkg:named ?department }
             { SELECT ?task ?department (MAX(?id) AS ?last) WHERE {
                 ?state tkg:task ?task ; tkg:named ?department ;
                   tkg:report/dcterms:identifier ?id } GROUP BY ?task ?department } }""",
    )
    assert found.rows == ((3, "城市管理局", "donghu-2021-10"),)


def test_reports_of_a_store_compare_as_their_files_do(plan: Path) -> None:
    files = sorted(plan.parent.glob("*.csv"))
    for one, other in ((0, 1), (1, 2), (0, 2)):
        names = [f"donghu-2021-{files[at].stem}" for at in (one, other)]
        stored, read = diff(names[0], names[1], plan), diff(files[one], files[other])
        assert stored.changes == read.changes
        ends = [replace(line, points=(line.points[0], line.points[-1])) for line in stored.series]
        assert tuple(ends) == read.series
        assert (stored.before, stored.after) == (read.before, read.after)
    jobs = next(it for it in diff("donghu-2021-05", "donghu-2021-12", plan).series if it.row == 2)
    assert [(date, str(value)) for date, value in jobs.points] == [
        ("2021-05", "2100"),
        ("2021-10", "4600"),
        ("2021-12", "5320"),
    ]
    with pytest.raises(InputError, match="neither a file nor a report of the store"):
        diff("donghu-2021-05", "donghu-2022-05", plan)


def export_store(store: Path, folder: Path) -> bytes:
    path = folder / f"{store.name}.nq"
    export(open_graph(store), path, "nquads")
    return path.read_bytes()


def test_adding_one_after_the_other_and_taking_out_the_last(plan: Path, tmp_path: Path) -> None:
    files = write_plan(tmp_path)
    build(files[:2], tmp_path / "two")
    build(files[:1], tmp_path / "grown")
    for file in files[1:]:
        add([file], tmp_path / "grown")
    assert export_store(tmp_path / "grown", tmp_path) == export_store(plan, tmp_path)
    assert len(open_graph(tmp_path / "grown")) == len(open_graph(plan))
    remove(["donghu-2021-12"], tmp_path / "grown")
    assert export_store(tmp_path / "grown", tmp_path) == export_store(tmp_path / "two", tmp_path)
    assert len(open_graph(tmp_path / "grown")) == len(open_graph(tmp_path / "two"))
    tasks = {row["task"]: row["report"] for row in answers(tmp_path / "grown", "tasks")}
    assert tasks[1] == "donghu-2021-10"


def test_a_match_that_was_decided(tmp_path: Path) -> None:
    files = write_plan(tmp_path)
    (tmp_path / "decided.yaml").write_text(
        "- {action: merge, kind: task, task: 1, to: '2', reason: 驿站即活动场所}\n",
        encoding="utf-8",
    )
    build(files[:1], tmp_path / "store")
    built = add([files[1]], tmp_path / "store", curation=tmp_path / "decided.yaml")
    assert built.unmatched == ()
    found = answers(tmp_path / "store", "history", task="2")
    assert [(row["report"], row["row"]) for row in found] == [
        ("donghu-2021-05", 2),
        ("donghu-2021-10", 1),
    ]
    for action, wrong in (("accept", "merge it with another"), ("merge", "is not a number")):
        (tmp_path / "decided.yaml").write_text(
            f"- {{action: {action}, kind: task, task: 1, to: 驿站, reason: x}}\n", encoding="utf-8"
        )
        with pytest.raises(InputError, match=wrong):
            add([files[2]], tmp_path / "store", curation=tmp_path / "decided.yaml")


def test_a_doubtful_match_is_a_warning(tmp_path: Path) -> None:
    head = "东湖区2021年政府工作报告任务进展情况（截至2021年{}月底）\n工作任务,进展情况,责任部门\n"
    before, after = (tmp_path / name for name in ("05.csv", "06.csv"))
    before.write_text(head.format(5) + "建设湖滨公园步道。,正在施工。,园林局\n", encoding="utf-8")
    after.write_text(
        head.format(6)
        + "建设湖滨公园绿道。,正在施工。,园林局\n建设湖滨公园跑道。,正在施工。,园林局\n",
        encoding="utf-8",
    )
    build([before, after], tmp_path / "store")
    (found,) = validate(open_graph(tmp_path / "store"))
    assert (found.severity, found.task) == ("warning", 1)
    assert "有待核实" in found.message
