"""Texts of tables without a column: plans without progress, rows below a department."""

from __future__ import annotations

from pathlib import Path

from kg.reading import read

TITLE = "西湖区2021年政府工作报告重点任务分解表（截至6月底）"
PLAN = """
序号  工作任务                       完成时限    责任领导  责任单位
1     新建学校2所，新增学位三千      12月底      张三丰    区教育局
      个，全部投入使用。
2     改造老旧小区30个，加装电       11月底      李四光    区住建局
      梯200台。                                            区民政局
3     新建养老服务站5个。            10月底      王五一    区民政局
"""
CELLS = """
序号 工作任务 责任单位

1

新建学校2所，新增学位三千
个，全部投入使用。

区教育局

2

改造老旧小区30个，加装电
梯200台。

区住建局
区民政局

3

新建养老服务站5个。

区民政局
"""


def test_plans_have_no_progress(tmp_path: Path) -> None:
    for text in (PLAN, CELLS):
        path = tmp_path / "plan.txt"
        path.write_text(f"{TITLE}\n{text}", encoding="utf-8")
        report = read(path, "330106")
        assert [task.task.text for task in report.tasks] == [
            "新建学校2所，新增学位三千个，全部投入使用。",
            "改造老旧小区30个，加装电梯200台。",
            "新建养老服务站5个。",
        ]
        names = [[d.name for d in task.departments] for task in report.tasks]
        assert names == [["区教育局"], ["区住建局", "区民政局"], ["区民政局"]]
        left_out = ["a column of people is left out (--with-people keeps it)"] * (text == PLAN)
        assert [problem.reason for problem in report.problems] == left_out
        assert "张三丰" not in repr(report)
