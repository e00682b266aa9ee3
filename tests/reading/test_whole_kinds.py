"""One small document for each kind that documents of other governments differ by."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reading.texts import Row, read_text, shown

PLACES = "新建城区公共停车位600个"
HOUSES = "改造农村危房120户"
PARKED = "城南、火车站两处停车场已投入使用，新增车位410个。"
BUILT = "全部改造完毕，已通过验收。"
CITY, HOUSING = "县城管局", "县住建局"
ROWS: list[Row] = [(PLACES, PARKED, [CITY]), (HOUSES, BUILT, [HOUSING])]
PROMISES: list[Row] = [(PLACES, "", [CITY]), (HOUSES, "", [HOUSING])]
TITLE = "青溪县2023年民生实事完成情况（截至9月底）\n\n"
PLAN = "青溪县2024年重点任务分工\n\n"
HEAD = "序号\n实事内容\n责任单位\n完成情况\n"


DOCUMENTS: dict[str, tuple[str, list[Row]]] = {
    "progress on the next line, without a label": (
        f"{TITLE}1. {PLACES}。（责任单位：{CITY}）\n{PARKED}\n"
        f"2. {HOUSES}。（责任单位：{HOUSING}）\n{BUILT}\n",
        ROWS,
    ),
    "progress in the same paragraph": (
        f"{TITLE}1. {PLACES}（责任单位：{CITY}）。{PARKED}\n"
        f"2. {HOUSES}（责任单位：{HOUSING}）。{BUILT}\n",
        ROWS,
    ),
    "a row over two lines": (
        "青溪县2023年重点工作进展情况\n"
        "序号  工作任务              进展情况                责任单位\n"
        "1     新建城区公共停车位    已新增车位410个，其     县城管局\n"
        "      600个                 余正在划线\n"
        "2     改造农村危房120户     全部改造完毕            县住建局\n",
        [(PLACES, "已新增车位410个，其余正在划线", [CITY]), (HOUSES, "全部改造完毕", [HOUSING])],
    ),
    "units on several lines of a cell": (
        f"{TITLE}{HEAD}1\n{PLACES}\n{CITY}\n县公安局\n{PARKED}\n2\n{HOUSES}\n{HOUSING}\n{BUILT}\n",
        [(PLACES, PARKED, [CITY, "县公安局"]), (HOUSES, BUILT, [HOUSING])],
    ),
    "the first unit leads": (
        f"{PLAN}1. {PLACES}。（{CITY}负责，排在第一位的部门为牵头部门，下同）\n"
        f"2. {HOUSES}。（{HOUSING}负责）\n",
        PROMISES,
    ),
    "units in the sentence": (
        f"{PLAN}一、{PLACES}。由{CITY}牵头，县财政局配合。\n二、{HOUSES}。由{HOUSING}负责。\n",
        [(PLACES, "", [CITY, "县财政局"]), (HOUSES, "", [HOUSING])],
    ),
    "stars before units": (
        f"{PLAN}1. {PLACES}。（责任单位：★{CITY}、*县财政局）\n"
        f"2. {HOUSES}。（责任单位：★{HOUSING}）\n",
        [(PLACES, "", [CITY, "县财政局"]), (HOUSES, "", [HOUSING])],
    ),
    "a schedule is a plan": (
        f"青溪县2024年重点项目推进计划\n\n1. {PLACES}\n责任单位：{CITY}\n"
        f"时间安排：3月：完成招标；6月：进场施工。\n"
        f"2. {HOUSES}\n责任单位：{HOUSING}\n时间安排：2月：完成设计；5月：开工建设。\n",
        PROMISES,
    ),
    "a second plan in the document": (
        f"{PLAN}1. {PLACES}。（责任单位：{CITY}）"
        f"\n\n青溪县2024年重点项目清单\n\n1. {HOUSES}。（责任单位：{HOUSING}）\n",
        PROMISES,
    ),
    "prose and a table": (
        "青溪县2023年民生实事进展情况\n今年以来，全县上下扎实推进民生实事，取得明显成效。\n"
        "| 序号 | 实事内容 | 完成情况 | 责任部门 |\n|---|---|---|---|\n"
        f"| 1 | {PLACES} | {PARKED} | {CITY} |\n| 2 | {HOUSES} | {BUILT} | {HOUSING} |\n",
        ROWS,
    ),
    "a ranking list and a signature": (
        f"{TITLE}1. {PLACES}。\n责任单位：{CITY}\n进展：{PARKED}\n"
        f"2. {HOUSES}。\n责任单位：{HOUSING}\n进展：{BUILT}\n\n"
        "附：各乡镇完成情况排名\n第1名 云山镇 98.5分\n第2名 白沙镇 97.1分\n\n"
        "县政府办公室\n2023年9月28日\n",
        ROWS,
    ),
    "places with their scores": (
        f"{TITLE}1. {PLACES}。\n责任单位：{CITY}\n进展：{PARKED}\n"
        f"2. {HOUSES}。\n责任单位：{HOUSING}\n进展：{BUILT}\n"
        "3. 建成滨河公园二期。\n责任单位：县水利局\n进展：土方工程完成80%。\n"
        "\n各镇完成率\n云山镇 58.9%\n白沙镇 55.2%\n",
        [*ROWS, ("建成滨河公园二期", "土方工程完成80%。", ["县水利局"])],
    ),
    "headings before the first task, and a closing section": (
        f"青溪县2024年政府工作报告任务分解\n\n总体要求：坚持稳中求进工作总基调。\n\n"
        f"一、改善出行\n1. {PLACES}。（牵头单位：{CITY}）\n"
        f"二、改善居住\n2. {HOUSES}。（牵头单位：{HOUSING}）\n\n"
        "三、保障措施\n各单位要加强组织领导，压实责任。\n",
        PROMISES,
    ),
    "columns of rates, of yes and no, and of people": (
        "青溪县2023年民生实事完成情况表\n序号\t工作任务\t责任单位\t责任人\t完成率\t是否完成\t进展情况\n"
        f"1\t{PLACES}\t{CITY}\t赵某某\t68%\t否\t{PARKED}\n2\t{HOUSES}\t{HOUSING}\t李某某\t100%\t是\t{BUILT}\n",
        ROWS,
    ),
    "an evaluation beside the progress": (
        "| 序号 | 工作任务 | 责任单位 | 一季度进展 | 进度评价 |\n| --- | --- | --- | --- | --- |\n"
        f"| 1 | {PLACES} | {CITY} | {PARKED} | 正常 |\n"
        f"| 2 | {HOUSES} | {HOUSING} | {BUILT} | 较快 |\n",
        ROWS,
    ),
}


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_documents_of_each_kind_are_read_right(kind: str, tmp_path: Path) -> None:
    text, expected = DOCUMENTS[kind]
    found = shown(read_text(tmp_path, text))
    assert [(task.rstrip("。"), *others) for task, *others in found] == expected
