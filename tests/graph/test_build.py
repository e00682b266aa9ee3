from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from kg.errors import InputError
from kg.graph.build import build
from kg.graph.rdf.terms import BASE, mint
from kg.graph.stores.embedded import about_build, open_graph
from kg.publishing.export import export
from kg.questions.sparql import select
from tests.files import text_file


def test_building_twice_gives_the_same_bytes(dataset: Path, store: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    build([dataset], again)
    for name, path in (("a.nq", store), ("b.nq", again)):
        export(open_graph(path), tmp_path / name, "nquads")
    first = (tmp_path / "a.nq").read_bytes()
    assert first == (tmp_path / "b.nq").read_bytes()
    assert b"_:" not in first


def test_a_file_that_cannot_be_built_takes_no_other_with_it(dataset: Path, tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "good.csv").write_bytes(dataset.read_bytes())
    long = f"序号,工作任务,进展情况,责任部门\n1,建成青禾桥。,已完工。,{'建设' * 900}局\n"
    (folder / "name.csv").write_text(long, encoding="utf-8")
    (folder / "empty.csv").write_text("", encoding="utf-8")
    built = build([folder], tmp_path / "store", jurisdiction="420103")
    assert {report["tasks"] for report in built.reports} == {1, 106}
    assert ["empty.csv" in told for told in built.failed] == [True]


def test_every_evidence_holds_its_quote_in_its_sentence_and_cell(store: Path) -> None:
    rows = select(
        open_graph(store),
        """SELECT ?quote ?sentence ?start ?end ?text WHERE {
             ?e a tkg:Evidence ; tkg:sentence ?sentence ; oa:hasSelector/oa:exact ?quote ;
               oa:hasSelector [ oa:start ?start ; oa:end ?end ] ; oa:hasSource/rdf:value ?text }""",
    ).rows
    assert len(rows) > 1000
    for quote, sentence, start, end, text in rows:
        assert str(quote) in str(sentence)
        assert isinstance(start, int)
        assert isinstance(end, int)
        assert str(text)[start:end] == quote


def test_every_fact_has_evidence(store: Path) -> None:
    unproved = select(
        open_graph(store),
        """SELECT ?task ?thing WHERE {
             ?task a tkg:Task ; tkg:mentions|tkg:quantity|tkg:target|tkg:date|tkg:status
               |tkg:responsible|tkg:part|tkg:obstacle ?thing .
             FILTER NOT EXISTS { ?e tkg:supports ?thing ; tkg:task ?task } }""",
    )
    assert unproved.rows == ()


def test_a_failed_build_leaves_the_store_as_it_was(dataset: Path, tmp_path: Path) -> None:
    path = tmp_path / "store"
    build([dataset], path)
    before = about_build(path), len(open_graph(path))
    bad = text_file(tmp_path / "bad.csv", "工作任务,进展情况,责任部门\n")
    with pytest.raises(InputError, match="has no rows"):
        build([bad], path)
    with pytest.raises(InputError, match="same report"):
        build([dataset, dataset], path)
    assert (about_build(path), len(open_graph(path))) == before


def test_a_reader_keeps_its_graph_while_a_build_replaces_it(dataset: Path, tmp_path: Path) -> None:
    path = tmp_path / "store"
    build([dataset], path)
    reader = open_graph(path)
    size = len(reader)
    build([dataset], path, base="https://example.org/kg")
    assert len(reader) == size
    assert about_build(path)["base"] == "https://example.org/kg"


def test_a_folder_that_is_no_store_is_not_touched(dataset: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="not a store"):
        build([dataset], tmp_path)
    assert [found.name for found in tmp_path.iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize(
    "base", ["kg", "https://", "https://a b", "https://example.org/kg#", "https://a/\u202e", "urn:"]
)
def test_a_base_that_is_no_iri_is_refused(base: str, dataset: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is not an IRI"):
        build([dataset], tmp_path / "store", base=base)
    assert list(tmp_path.iterdir()) == []


@given(st.text(max_size=20))
def test_any_name_makes_a_valid_iri(name: str) -> None:
    iri = mint(BASE, "place", "420103", name)
    line = f"<{iri.value}> <http://example.org/p> <{iri.value}> .".encode("utf-8", "surrogatepass")
    (quad,) = parse(line, RdfFormat.N_TRIPLES)
    assert quad.subject == iri


def test_nothing_in_a_name_turns_the_writing_of_its_iri() -> None:
    assert mint(BASE, "road", "420103", "右\u202e至左\u200f路").value.endswith(
        "/右%E2%80%AE至左%E2%80%8F路"
    )


def rows(store: Path, query: str) -> set[tuple[object, ...]]:
    return set(select(open_graph(store), query).rows)


def test_one_thing_has_one_node_with_all_its_names(store: Path) -> None:
    found = rows(
        store,
        """SELECT ?label ?other WHERE { ?place a tkg:Place ; skos:prefLabel ?label ;
             skos:altLabel ?other }""",
    )
    assert ("武汉中央商务区", "武汉CBD") in found
    for _, other in found:
        assert not rows(store, f"SELECT ?a WHERE {{ ?a a tkg:Place ; rdfs:label '{other}'@zh }}")


def test_listed_units_have_their_code_and_their_other_names(store: Path) -> None:
    found = rows(
        store,
        """SELECT ?label ?code ?other WHERE { ?unit a tkg:Subdistrict ; rdfs:label ?label ;
             dcterms:identifier ?code OPTIONAL { ?unit skos:altLabel ?other } }""",
    )
    codes = {str(label): str(code) for label, code, _ in found}
    assert codes["民权街"] == "420103004"
    assert all(code.startswith("420103") and len(code) == 9 for code in codes.values())
    assert ("花楼水塔街", codes["花楼水塔街"], "花水街") in found


def test_quantities_have_a_standard_unit_beside_the_written_one(store: Path) -> None:
    found = rows(
        store,
        """SELECT ?value ?unit ?standard ?ucum ?qudt WHERE {
             ?q a tkg:Quantity ; tkg:value ?value ; tkg:unit ?unit ;
               tkg:standardValue ?standard ; tkg:ucum ?ucum ; qudt:hasUnit ?qudt }""",
    )
    written = (Decimal("4.87"), "万㎡", Decimal(48700), "m2", "http://qudt.org/vocab/unit/M2")
    assert written in found


def test_obstacles_and_parts_are_facts_of_their_tasks(store: Path) -> None:
    obstacles = rows(
        store,
        """SELECT ?task ?kind ?what WHERE { ?t tkg:number ?task ; tkg:obstacle ?o .
             ?o tkg:obstacleKind/skos:prefLabel ?kind ; rdfs:label ?what .
             FILTER(LANG(?kind) = "en") }""",
    )
    assert (10, "Cancelled", "消防需要") in obstacles
    parts = rows(
        store,
        """SELECT ?task ?part ?status WHERE { ?t a tkg:Task ; tkg:number ?task ; tkg:part ?p .
             ?p tkg:number ?part ; tkg:status ?status }""",
    )
    assert {part for task, part, _ in parts if task == 7} == {1, 2, 3, 4}


def test_facts_tell_their_confidence(store: Path) -> None:
    found = rows(
        store,
        """SELECT ?kind ?sure WHERE {
             ?e tkg:supports ?thing ; tkg:confidence ?sure . ?thing a ?kind }""",
    )
    assert all(isinstance(sure, Decimal) and 0 < sure <= 1 for _, sure in found)
    assert len({sure for _, sure in found}) > 3


def test_words_far_from_any_full_stop_have_a_short_context(tmp_path: Path) -> None:
    cell = "柳园路、" * 2_000
    source = text_file(
        tmp_path / "report.csv", f"工作任务,进展情况,责任部门\n建设柳园,{cell},建设局\n"
    )
    build([source], tmp_path / "store", jurisdiction="420103")
    found = rows(tmp_path / "store", "SELECT ?sentence WHERE { ?e tkg:sentence ?sentence }")
    assert found
    assert all(len(str(sentence)) < 1_000 for (sentence,) in found)


def test_roles_that_the_document_tells_are_kept_and_none_is_invented(tmp_path: Path) -> None:
    source = text_file(
        tmp_path / "report.csv",
        "工作任务,进展情况,责任部门\n"
        "建设柳园,已建成。,财政局（牵头）、教育局（配合）\n"
        "建设桃园,已建成。,民政局、教育局\n",
    )
    build([source], tmp_path / "store", jurisdiction="420103")
    found = rows(
        tmp_path / "store",
        """SELECT ?number ?name ?role WHERE {
             ?task tkg:number ?number ; prov:qualifiedAttribution ?held .
             ?held prov:agent/rdfs:label ?name ; dcat:hadRole ?role }""",
    )
    told = {(number, name, str(role).rpartition("/")[2]) for number, name, role in found}
    assert told == {
        (1, "财政局", "lead"),
        (1, "教育局", "cooperating"),
        (2, "民政局", "responsible"),
        (2, "教育局", "responsible"),
    }
    leads = "SELECT ?name WHERE { ?task tkg:lead/rdfs:label ?name }"
    assert rows(tmp_path / "store", leads) == {("财政局",)}


def test_things_are_found_by_the_classes_of_other_vocabularies(store: Path) -> None:
    counted = """SELECT (COUNT(?thing) AS ?count) WHERE {{ ?thing a {} }}"""
    for ours, theirs in (
        ("tkg:Department", "org:OrganizationalUnit"),
        ("tkg:Evidence", "oa:SpecificResource"),
        ("tkg:Observation", "sosa:Observation"),
        ("tkg:Road", "geo:Feature ; a tkg:Road"),
    ):
        ((count,),) = rows(store, counted.format(ours))
        assert count
        assert rows(store, counted.format(theirs)) == {(count,)}
    units = "SELECT ?name WHERE { ?authority a tkg:Authority ; org:hasUnit/rdfs:label ?name }"
    assert ("建设局",) in rows(store, units)


def test_a_build_tells_what_the_shapes_find_wrong(tmp_path: Path) -> None:
    source = text_file(
        tmp_path / "report.csv",
        "2019年政府工作报告任务进展情况（截至2019年12月）\n工作任务,进展情况,责任部门\n"
        "新增学位500个,截至2020年3月，新增学位600个。,教育局\n",
    )
    built = build([source], tmp_path / "store", jurisdiction="420103")
    (finding,) = built.findings
    assert (finding.task, finding.severity) == (1, "warning")
    assert "晚于报告的截止日期" in finding.message
    assert "2020年3月" in finding.evidence
    (report,) = about_build(tmp_path / "store")["reports"]
    assert report["validity"] == {"violation": 0, "warning": 1}
