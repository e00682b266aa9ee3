from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from kg.charts.files import to_png, to_svg
from kg.charts.matrix import legend_items, level, matrix_chart
from kg.charts.message import MOST, MessageLine, message_chart
from kg.charts.states import state_chart
from kg.charts.subdistricts import subdistrict_chart
from kg.charts.svg import chart_size, shorten, text_width, to_markup, wrap
from kg.charts.targets import target_chart
from kg.charts.timeline import timeline_chart
from kg.graph.stores.embedded import open_graph
from kg.palette import LIGHT
from kg.planning.coordination import find_coordination, read_network
from kg.planning.deadlines import Deadline, read_deadlines
from kg.planning.departments import Name
from kg.planning.subdistricts import read_subdistricts
from kg.planning.targets import read_targets

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def charts(store: Path) -> dict[str, ElementTree.Element]:
    graph = open_graph(store)
    network = read_network(graph)
    deadlines = read_deadlines(graph)
    return {
        "matrix": matrix_chart(find_coordination(network).matrix, network.names),
        "targets": target_chart(read_targets(graph)),
        "timeline": timeline_chart([("城管执法局", deadlines)], date(2019, 10, 31)),
        "subdistricts": subdistrict_chart(read_subdistricts(graph)),
        "states": state_chart({"为民办实事": {"completed": 3, "delayed": 1}}),
        "message": message_chart("一句话", [MessageLine("甲局", "学校", "乙局", 1)], "来源"),
    }


def test_each_picture_stands_alone_as_svg_and_png(charts: dict[str, ElementTree.Element]) -> None:
    for name, chart in charts.items():
        svg = to_svg(chart).decode()
        root = ElementTree.fromstring(svg)
        assert root.tag == f"{SVG}svg"
        assert "var(" not in svg, name
        assert LIGHT["ink"] in svg
        # Nothing is asked for elsewhere.
        assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")
        image = Image.open(BytesIO(to_png(chart)))
        width, height = chart_size(chart)
        assert abs(image.width - 2 * width) <= 2, name
        assert abs(image.height - 2 * height) <= 2, name
        assert len(image.convert("RGB").getcolors(1 << 24) or []) > 20, name


def test_texts_stay_in_their_picture(charts: dict[str, ElementTree.Element]) -> None:
    for name, chart in charts.items():
        width, height = chart_size(chart)
        for text in chart.iter("text"):
            if text.get("transform"):
                continue
            x, y = float(text.get("x", 0)), float(text.get("y", 0))
            wide = text_width(text.text or "", float(text.get("font-size", 14)))
            anchor = text.get("text-anchor", "start")
            left = x - {"start": 0, "middle": wide / 2, "end": wide}[anchor]
            assert left >= -3, (name, text.text)
            assert left + wide <= width + 3, (name, text.text)
            assert 0 <= y <= height + 1, (name, text.text)


def test_the_matrix_colours_each_pair_twice(store: Path) -> None:
    network = read_network(open_graph(store))
    matrix = find_coordination(network).matrix
    chart = matrix_chart(matrix, network.names)
    squares = sum(
        path.get("d", "").count("M")
        for path in chart.iter("path")
        if path.get("class", "").startswith("level-")
    )
    assert squares == 2 * len(matrix.cells)
    names = [text.text for text in chart.iter("text")]
    for iri in matrix.departments:
        assert names.count(network.names[iri]) == 2
    assert (
        chart.get("aria-label")
        == f"{len(matrix.departments)}个部门的联系矩阵：{len(matrix.cells)}对部门相互联系"
    )
    assert [level(weight) for weight in (0.1, 0.25, 0.5, 1, 2)] == [1, 2, 3, 4, 5]
    assert len(legend_items()) == 5


def test_a_message_has_as_many_lines_as_can_be_read() -> None:
    lines = [MessageLine(f"{at}局", "学校", "教育局", 1) for at in range(9)]
    chart = message_chart("很长的一句话" * 20, lines, "来源" * 60)
    width, height = chart_size(chart)
    assert width / height == 16 / 9
    assert len(list(chart.iter("line"))) == MOST
    headline = [it.text or "" for it in chart.iter("text") if it.get("font-size") == "54"]
    assert len(headline) == 3
    assert headline[-1].endswith("…")


def test_deadlines_far_off_stand_at_the_edge() -> None:
    def deadline(first: date, last: date, overdue: bool = False) -> Deadline:
        return Deadline(
            "t", 1, "做", "delayed", (Name("d", "甲局"),), first, last, "年内", "年内", overdue
        )

    chart = timeline_chart(
        [
            (
                "甲局",
                [
                    deadline(date(2019, 1, 1), date(2019, 12, 31)),
                    deadline(date(2030, 1, 1), date(2030, 12, 31)),
                ],
            )
        ],
        date(2019, 10, 31),
    )
    width, _ = chart_size(chart)
    bars = [rect for rect in chart.iter("rect") if rect.get("class", "").startswith("state-")]
    ends = [float(bar.get("x", 0)) + float(bar.get("width", 0)) for bar in bars]
    assert ends[1] <= width
    assert any((text.text or "").startswith("▸") for text in chart.iter("text"))
    assert timeline_chart([], None).tag == "svg"


@given(st.text(max_size=60))
def test_any_text_makes_well_formed_pictures(text: str) -> None:
    chart = message_chart(text, [MessageLine(text, text, text, 0.5)], text)
    root = ElementTree.fromstring(to_svg(chart))
    assert root.tag == f"{SVG}svg"
    assert ElementTree.fromstring(to_markup(chart)) is not None


@given(st.text(max_size=40), st.floats(5, 40), st.floats(40, 400), st.integers(1, 4))
def test_lines_fit_their_room(text: str, size: float, room: float, most: int) -> None:
    lines = wrap(text, size, room, most)
    assert 1 <= len(lines) <= most
    assert all(text_width(line, size) <= max(room, size) + 0.2 for line in lines)
    short = shorten(text, size, room)
    assert short == text or short.endswith("…")
