"""Tables with one cell on each line."""

from __future__ import annotations

from pathlib import Path

from tests.reading.texts import read_text, shown

HEADS = ["序号", "重点工作", "年度目标", "责任单位", "进展情况", "存在问题"]
ROWS = [
    ("城乡供水一体化", "覆盖人口21万人", "水利局", "主管网已铺设84公里。", "需协调迁改"),
    ("集中供热管网延伸", "新增面积80万平方米", "住建局\n城投公司", "已完成招标。", ""),
    ("第三高级中学建设", "9月投入使用", "教体局", "教学楼主体完工，\n正在进行内部装修。", ""),
]


def test_lines_without_a_blank_line_between_them_are_one_cell(tmp_path: Path) -> None:
    cells = [c for n, row in enumerate(ROWS, 1) for c in (str(n), *row) if c]
    footer = "扫一扫在手机打开当前页\n版权所有：青溪县人民政府"
    text = "\n\n".join(["青溪县2024年重点工作台账", *HEADS, *cells, footer]) + "\n"
    assert shown(read_text(tmp_path, text)) == [
        (f"{task} {target}", progress.replace("\n", ""), units.split("\n"))
        for task, target, units, progress, _ in ROWS
    ]
