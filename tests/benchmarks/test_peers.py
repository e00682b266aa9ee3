from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.peers import extraction, materialisation, questions
from benchmarks.peers.facts import distinct_triples, prepare_corpus
from benchmarks.peers.materialise import rdflib
from benchmarks.peers.ours import map_facts
from benchmarks.peers.results import US, Part, Result, cells, ratio, to_markdown
from benchmarks.peers.runs import RunError, run, run_in_turn
from benchmarks.peers.tables import read_tables, write_tables
from kg.graph.rdf.terms import BASE, STATUS, TKG
from kg.model import Jurisdiction, Report

LABEL = "http://www.w3.org/2000/01/rdf-schema#label"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A tiny corpus as facts and as tables."""
    folder = tmp_path_factory.mktemp("peers")
    corpus = prepare_corpus(folder, 6000)
    write_tables(distinct_triples(corpus), folder / "tables")
    return folder, distinct_triples(corpus)


def test_tables_hold_the_triples_that_we_make(made: tuple[Path, Path], tmp_path: Path) -> None:
    folder, expected = made
    map_facts(folder / "facts", tmp_path / "ours", 1)
    rdflib(folder / "tables", tmp_path / "rdflib.nt")
    outputs = {US: tmp_path / "ours", "rdflib": tmp_path / "rdflib.nt"}
    assert materialisation.compare_triples(expected, outputs) == dict.fromkeys(
        outputs, "same triples"
    )
    # Missing and wrong triples are detected, and equal decimals are reported.
    lines = (tmp_path / "rdflib.nt").read_text(encoding="utf-8").splitlines(keepends=True)
    number = next(line for line in lines if '"1.0"^^' in line)
    lines.remove(number)
    lines.append(number.replace('"1.0"^^', '"1"^^'))
    (tmp_path / "otherwise.nt").write_text("".join(lines), encoding="utf-8")
    (tmp_path / "less.nt").write_text("".join(lines[3:]), encoding="utf-8")
    told = materialisation.compare_triples(
        expected, {name: tmp_path / f"{name}.nt" for name in ("otherwise", "less")}
    )
    assert told["otherwise"] == "same triples; 1 decimals written otherwise"
    assert told["less"].startswith("DIFFERS: 3 triples missing")


def test_tables_hold_the_parts_of_iris_and_mappings_make_iris_of_them(tmp_path: Path) -> None:
    place, told, road = f"{BASE}/place/420103/A%2FB座%20(东)", f"{TKG}told", f"{BASE}/road/420103"
    written = [f'<{place}> <{LABEL}> "A/B座 (东)"@zh .', f"<{place}> <{told}> <{STATUS}done> ."]
    # Two tables of one form, and one of another.
    written += [f"<{place}> <{told}> <{road}/{name}> ." for name in ("1%25", "1%25/a:b", "2")]
    written += [f"<{road}> <{told}> <{BASE}/period/2021> ."]
    triples, tables = tmp_path / "expected.nt", tmp_path / "tables"
    triples.write_text("\n".join(written) + "\n", encoding="utf-8")
    write_tables(triples, tables)
    cells = {
        table.name: (tables / f"{table.name}.csv").read_text(encoding="utf-8").splitlines()
        for table in read_tables(tables)
    }
    assert cells == {
        "t0": ["c0,c1,c2,c3,c4", f"420103,A/B座 (东),{STATUS}done,1%,a:b"],
        "t1": ["c0,c1,c2", "420103,A/B座 (东),1%", "420103,A/B座 (东),2"],
        "t2": ["c0,c1", "420103,2021"],
    }
    mapping = (tables / "mapping.ttl").read_text(encoding="utf-8")
    assert f'rr:template "{BASE}/road/{{c0}}/{{c2}}" ; rr:termType rr:IRI' in mapping
    rdflib(tables, tmp_path / "rdflib.nt")
    # A peer may encode more characters than we do, but encoding a delimiter changes an IRI.
    text = (tmp_path / "rdflib.nt").read_text(encoding="utf-8")
    (tmp_path / "encoded.nt").write_text(
        text.replace("座%20(", "%E5%BA%A7%20%28"), encoding="utf-8"
    )
    (tmp_path / "other.nt").write_text(text.replace("A%2FB", "A/B"), encoding="utf-8")
    outputs = {name: tmp_path / f"{name}.nt" for name in ("rdflib", "encoded", "other")}
    assert materialisation.compare_triples(triples, outputs) == {
        "rdflib": "same triples",
        "encoded": "same triples; 5 with IRIs percent-encoded otherwise",
        "other": "DIFFERS: 5 triples missing, 5 that should not be",
    }


def test_each_table_has_a_mapping_for_each_of_its_terms(made: tuple[Path, Path]) -> None:
    folder, _ = made
    tables = read_tables(folder / "tables")
    rml = (folder / "tables" / "mapping.ttl").read_text(encoding="utf-8")
    ottr = (folder / "tables" / "templates.stottr").read_text(encoding="utf-8")
    terms = [term for table in tables for term in (table.subject, *(it for _, it in table.objects))]
    objects = len(terms) - len(tables)
    classes = sum(len(table.classes) for table in tables)
    assert rml.count("rr:objectMap") == objects
    assert rml.count("rr:template") == sum(bool(term.kind.start) for term in terms)
    assert rml.count("rr:class") == classes
    assert ottr.count("ottr:Triple") == objects + classes


def test_questions_have_the_answers_of_rdflib_and_of_plain_joins(tmp_path: Path) -> None:
    part = questions.measure(tmp_path, 12_000, 1, 1.0, None)
    notes = {(it.case.split()[0].rstrip(","), it.who): it.note for it in part.results}
    asked = {name for name, _ in notes}
    assert {"tasks", "between", "shared-projects", "dependencies"} <= asked
    assert {notes[name, "rdflib"] for name in asked} == {"same answer", "stopped after 1 s"}
    assert notes["shared-projects", "plain SPARQL"] == "same answer"
    assert notes["dependencies", "plain SPARQL"].startswith("same departments")


def test_a_peer_that_fails_is_left_out_and_told() -> None:
    def fails() -> int:
        run([sys.executable, "-c", "raise SystemExit('no model')"])
        return 0

    said: list[str] = []
    assert list(run_in_turn({US: lambda: 1, "peer": fails}, 2, said)) == [{US: 1}, {US: 1}]
    assert len(said) == 1
    assert said[0].startswith("peer is left out: it fails")
    assert "no model" in said[0]
    with pytest.raises(RunError, match="no model"):
        list(run_in_turn({US: fails}, 1, said))


def test_ratios_tell_how_many_times_better_we_are() -> None:
    mine = Result("case", "seconds", US, (1.0, 2.0, 3.0))
    slow = Result("case", "seconds", "slow", (4.0, 6.0, 12.0), goal=5.0)
    stopped = Result("case", "seconds", "stopped", (10.0,), goal=20.0, at_least=True)
    assert ratio(mine, slow) == 4.0
    assert cells(mine, slow)[5:7] == ("4.00", "≥ 5: missed")
    assert cells(mine, stopped)[3:7] == ("> 10", "", "≥ 10.00", "≥ 20: not known")
    rates = [
        Result("case", "tasks a second", who, (rate,), True) for who, rate in ((US, 6), ("", 2))
    ]
    assert ratio(*rates) == 3.0
    assert to_markdown(Part("part", "Title.", (mine, slow))).count("\n| case |") == 3


def test_the_command_writes_a_page_with_all_that_it_tells(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "benchmarks.peers", "load", "--sizes", "4000"]
    command += ["--rounds", "1", "--results", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    rows = [line for line in done.stdout.splitlines() if " | taskkg | " in line]
    assert len(rows) == 2
    assert done.stdout.count("same number of statements") == 2 * len(rows)
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert page.count("<tr><td>") == 2 * len(rows)
    assert "oxigraph load" in page
    assert "<svg" in page
    assert "<th>cores</th>" in page
    # The page is self-contained.
    assert not re.search(r'(?:src|href)="', page)
    refused = subprocess.run([*command[:3], "lod"], capture_output=True, text=True, check=False)
    assert refused.returncode == 2
    assert "no such part: lod" in refused.stderr


def test_names_in_documents_that_a_reader_has_read_are_scored(tmp_path: Path) -> None:
    kinds = ("places", "roads", "subdistricts", "communities", "organizations", "bodies")
    empty: dict[str, list[str]] = {
        key: [] for key in (*kinds, "projects", "policies", "events", "quantities", "dates")
    }
    noted = {"task": "改造柳河公园", "progress": "", "departments": ["城管局"], "targets": []}
    for name in ("first", "second"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "code.txt").write_text("420103\n", encoding="utf-8")
        record = {**empty, **noted, "no": 7, "places": [{"name": "柳河公园", "quote": "柳河公园"}]}
        record |= {"status": None, "category": ["", None]}
        (folder / "gold.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")
    nothing = Report("", "", "", Jurisdiction(None, ""), None, None, ())
    reports = extraction.read_reference(tmp_path, nothing)
    assert [report.tasks[0].departments[0].name for report, _ in reports] == ["城管局"] * 2

    def half(report: Report) -> dict[int, extraction.Names]:
        places = ["柳河公园"] if report.identifier == "first" else []
        return {7: {"places": places, "organizations": [], "projects": []}}

    results = extraction.score_names(tmp_path, reports, {US: half})
    (recall,) = [it for it in results if it.measure == "recall" and it.case.startswith("places")]
    assert (recall.case, recall.values) == ("places and roads, 2 tasks of 2 documents", (0.5,))
