"""The text after the last task of a list."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.reading import read

ITEMS = (
    "1. 改造老旧小区6个。（责任单位：区住建局）\n已开工5个，竣工2个。\n"
    "2. 新建社区食堂2处。（责任单位：区民政局）\n1处已营业，1处正在装修。\n"
    "3. 整治背街小巷12条。（责任单位：区城管局）\n全部完工，通过验收。\n"
)


@pytest.mark.parametrize(
    "closing",
    [
        "\n对完成情况较好的单位予以表扬。进度滞后的单位要于月底前报送整改情况。\n",
        "注：1．本表数据由各责任单位提供。\n",
        "\n下一步，请各责任单位倒排工期，确保完成全年任务。\n\n区政府办公室\n2024年10月8日\n",
        "\n主办：江汉区人民政府  网站标识码：4201030001\n",
        "\n二、下步工作要求\n（一）强化要素保障。各部门要开辟绿色通道。\n（二）严格跟踪问效。\n",
        "\n附：投资完成率前三名\n1. 区文旅局  94.5%\n2. 区住建局  82.0%\n3. 桥南街道办  77.1%\n",
        "\n评价说明：绿色为达到序时进度，红色为严重滞后\n",
    ],
    ids=["praise", "note", "signature", "page", "demands", "ranking", "legend"],
)
def test_the_last_report_ends_where_it_ends(closing: str, tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text(f"江汉区2024年民生实事进展情况\n\n{ITEMS}{closing}", encoding="utf-8")
    report = read(path)
    assert [task.progress.text for task in report.tasks] == [
        "已开工5个，竣工2个。",
        "1处已营业，1处正在装修。",
        "全部完工，通过验收。",
    ]
    assert [[unit.name for unit in task.departments] for task in report.tasks] == [
        ["区住建局"],
        ["区民政局"],
        ["区城管局"],
    ]


def test_a_last_report_of_several_paragraphs_is_complete_if_others_have_several(
    tmp_path: Path,
) -> None:
    path = tmp_path / "list.txt"
    items = "".join(
        f"{n}. 改造老旧小区{n}个。\n责任单位：区住建局\n"
        f"进展情况：已开工{n}个。\n\n其余正在招标。\n\n"
        for n in (2, 3, 4)
    )
    path.write_text(f"江汉区2024年民生实事进展情况\n\n{items}", encoding="utf-8")
    assert read(path).tasks[-1].progress.text.startswith("已开工4个。")
    assert "其余正在招标。" in read(path).tasks[-1].progress.text


@pytest.mark.parametrize(
    "closing",
    [
        "请各责任单位紧盯目标任务，抢抓施工黄金期，确保时间过半、任务过半。",
        "对未达到序时进度的任务，各牵头单位要倒排工期。",
        "特此公告。",
    ],
)
def test_what_addresses_all_units_is_no_second_paragraph(closing: str, tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    items = "".join(
        f"{n}. 改造老旧小区{n}个。（责任单位：区住建局）\n已开工{n}个。\n其余正在招标。\n\n"
        for n in (2, 3, 4)
    )
    path.write_text(f"江汉区2024年民生实事进展情况\n\n{items}{closing}\n", encoding="utf-8")
    assert read(path).tasks[-1].progress.text.endswith("其余正在招标。")


def test_a_summary_above_the_items_is_no_task(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    summary = "今年全区确定民生工程23项，已开工21项，完成投资15.2亿元，占年计划的36.5%。"
    path.write_text(
        f"江汉区2024年民生实事进展情况\n\n一、总体情况\n{summary}\n二、具体进展\n{ITEMS}",
        encoding="utf-8",
    )
    assert len(read(path).tasks) == 3
