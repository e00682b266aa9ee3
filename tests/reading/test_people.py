"""Which words are names of people."""

from __future__ import annotations

from pathlib import Path

from kg.reading import read
from kg.reading.people import standalone_names
from kg.reading.review import summary, to_json


def test_words_that_only_look_like_names_stay_in_the_texts() -> None:
    text = (
        "单位：万元\n责任人：赵某某\n累计完成投资8260万元。\n"
        "长安、盐官、丁桥3个中心开放，北京路、江津路改造完成。\n责任人\n陈某某、李某\n"
    )
    assert standalone_names(text) == {"赵某某", "陈某某", "李某"}


def test_a_contact_below_a_table_is_not_named(tmp_path: Path) -> None:
    path = tmp_path / "table.txt"
    path.write_text(
        "江汉区2023年重点工作进展情况\n序号\t重点任务\t目前进展\t责任单位\n"
        "1\t改造老旧小区6个\t全部开工\t区住建局\n2\t新建幼儿园2所\t主体封顶\t区教育局\n"
        "注：数据截至9月底。联系人：赵某某，电话0471-0000000\n填表人：钱某某　　审核人：孙某某\n",
        encoding="utf-8",
    )
    report = read(path)
    assert [task.progress.text for task in report.tasks] == ["全部开工", "主体封顶"]
    for name in ("赵某某", "钱某某", "孙某某"):
        assert name not in to_json(report) + summary(report)
        assert name in to_json(read(path, with_people=True))
