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


def test_a_long_cell_is_no_remark(tmp_path: Path) -> None:
    heads = ["序号", "改革任务", "工作目标", "责任单位", "完成时限"]
    long = f"将{'公章刻制、银行开户、' * 6}公积金开户全部纳入一个平台，办理时间压缩至1天。"
    rows = [
        ["1", "企业开办一网通办", long, "市场监管局", "6月底"],
        ["2", "一业一证改革试点", "在便利店等20个行业推行一业一证。", "行政审批局", "9月底"],
    ]
    parts = ["青溪县2021年改革任务清单", "", *heads, "一、准入", *rows[0], "二、审批", *rows[1]]
    assert shown(read_text(tmp_path, "\n".join(parts) + "\n")) == [
        (f"{task} {measure}", "", [unit]) for _, task, measure, unit, _ in rows
    ]
