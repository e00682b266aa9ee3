"""Plans and problems in the last column of rows with one cell on each line."""

from __future__ import annotations

from pathlib import Path

from tests.reading.texts import read_text, shown

HEADS = ["序号", "重点工作", "责任单位", "推进情况", "下一步打算"]
ROWS = [
    ("改造老旧小区9个", "县住建局", "9个小区全部开工。", "6月底前完成立面改造。"),
    ("新建学校2所", "县教育局", "主体已封顶。", "8月底前完成室内装修。"),
    ("整治内涝点12处", "县城管局", "已全面完成。", "加强汛期巡查值守。"),
    ("招引项目20个", "县投促局", "已签约11个。", "赴外地开展招商不少于5次。"),
]


def test_the_last_line_of_a_row_is_the_cell_of_the_last_column(tmp_path: Path) -> None:
    cells = [cell for n, row in enumerate(ROWS, 1) for cell in (str(n), *row)]
    report = read_text(tmp_path, "\n".join(["青溪县2022年重点工作推进情况表", *HEADS, *cells, ""]))
    assert shown(report) == [(task, progress, [unit]) for task, unit, progress, _ in ROWS]
    assert [task.plan.text for task in report.tasks] == [row[-1] for row in ROWS]
