"""Offices by the level of the report's own government."""

from __future__ import annotations

import csv
import gzip
from dataclasses import replace

import pytest

from kg.extraction.facts import extract
from kg.extraction.names.offices import find_offices, office_kind, split_joined_offices
from kg.gazetteer import Gazetteer, load_gazetteer
from kg.model import Department, Jurisdiction, NameKind, Report
from kg.resources import resource
from kg.tagger.spans import LabelledSpan
from tests.extraction.rows import row

CITY, DISTRICT = Gazetteer(level="市"), Gazetteer(level="区")
TOWN = load_gazetteer("330109107")


@pytest.mark.parametrize(
    ("name", "city", "district"),
    [
        ("市水利局", "body", "organization"),
        ("市重大项目建设指挥部", "body", "organization"),
        ("市委宣传委", "body", "organization"),
        ("团市委", "body", "organization"),
        ("省财政厅", "organization", "organization"),
        ("国家发改委", "organization", "organization"),
    ],
)
def test_the_level_distinguishes_bodies_and_organizations(
    name: str, city: NameKind, district: NameKind
) -> None:
    for kind in ("organization", "body"):
        assert office_kind(kind, name, CITY) == city
        assert office_kind(kind, name, DISTRICT) == district


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("区禁毒工作领导小组和现场指挥部", ["区禁毒工作领导小组", "现场指挥部"]),
        ("市交通局、市公路局及县交警大队", ["市交通局", "市公路局", "县交警大队"]),
        ("枫林水务集团与青溪大学", ["枫林水务集团与青溪大学"]),
        ("市住房和城乡建设局", ["市住房和城乡建设局"]),
        ("区经济和信息化局", ["区经济和信息化局"]),
        ("市发展和改革委员会与市文化和旅游局", ["市发展和改革委员会", "市文化和旅游局"]),
    ],
)
def test_joined_offices_are_separate_names(text: str, names: list[str]) -> None:
    spans = split_joined_offices(text, [LabelledSpan(0, len(text), "body", 0.9)])
    assert [text[span.start : span.end] for span in spans] == names


def test_an_office_of_a_lower_level_keeps_its_kind() -> None:
    assert office_kind("organization", "区水利局", CITY) == "organization"


@pytest.mark.parametrize("name", ["市中医院", "市实验小学", "市城投集团", "市水利"])
def test_names_that_are_not_offices_keep_their_kind(name: str) -> None:
    assert office_kind("organization", name, CITY) == "organization"


def test_offices_of_the_district_are_organizations_for_a_town() -> None:
    assert office_kind("body", "区水利局", TOWN) == "organization"
    assert office_kind("organization", "镇综合执法办公室", TOWN) == "body"
    found = find_offices(["报区政府和市政府，会同镇财政办公室"], ["财政办公室"], TOWN)
    assert [[(m.kind, m.name) for m in mentions] for mentions in found] == [
        [
            ("body", "镇财政办公室"),
            ("organization", "区政府"),
            ("organization", "市政府"),
        ]
    ]


def test_without_a_government_names_keep_their_kind() -> None:
    assert office_kind("organization", "市水利局", Gazetteer()) == "organization"


def test_every_government_has_a_level() -> None:
    table = gzip.decompress(resource("data", "gazetteer", "divisions.csv.gz").read_bytes())
    codes = [row[0] for row in csv.reader(table.decode().splitlines()) if len(row[0]) == 6]
    for code in codes[::40]:
        gazetteer = load_gazetteer(code)
        assert office_kind("organization", f"{gazetteer.level}水利局", gazetteer) == "body"


@pytest.mark.parametrize("code", ["130672", "632857", "460321"])
def test_an_area_without_a_level_decides_nothing(code: str) -> None:
    gazetteer = load_gazetteer(code)
    assert office_kind("organization", "市水利局", gazetteer) == "organization"
    assert list(find_offices(["报市政府同意"], ["水利局"], gazetteer)) == [[]]


def test_departments_of_the_column_are_found_in_cells() -> None:
    found = find_offices(
        ["会同财政局办理", "报区财政局", "报市财政局批复", "财政支持"],
        ["财政局", "民政局"],
        DISTRICT,
    )
    assert [[mention.name for mention in mentions] for mentions in found] == [
        ["财政局"],
        ["区财政局"],
        [],
        [],
    ]


def test_governments_above_the_own_are_organizations() -> None:
    texts = ["报市政府和省政府", "区政府常务会", "市政府工作报告"]
    found = find_offices(texts, [], DISTRICT)
    assert [[(m.kind, m.name) for m in mentions] for mentions in found] == [
        [("organization", "市政府"), ("organization", "省政府")],
        [],
        [],
    ]
    assert [[m.name for m in ms] for ms in find_offices(texts[:1], [], CITY)] == [["省政府"]]


def test_a_department_named_in_a_cell_is_a_body_of_the_task() -> None:
    task = row("", "待资规分局完成用地调整后开工")
    told = task.evidence("departments", 0, 3, "column")
    task = replace(task, departments=(Department("水务局", told), Department("资规分局", told)))
    (found,) = extract(Report("r", "r", "", Jurisdiction(None, ""), 2019, "2019-10", (task,)))
    assert ("body", "资规分局") in {(name.kind, name.name) for name in found.names}
