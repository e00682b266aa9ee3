from __future__ import annotations

from decimal import Decimal

import pytest

from kg.model import Target
from tests.extraction.rows import facts_of


def targets(promise: str, progress: str) -> tuple[Target, ...]:
    return facts_of((promise, progress))[0].targets


@pytest.mark.parametrize(
    ("promise", "progress", "judgement"),
    [
        ("新增就业2万人", "截至10月底，新增就业21224人", "met"),
        ("失业率控制在3.2%以内", "截至10月底，失业率为2.39%", "met"),
        ("发放贷款100万元", "截至10月底，发放贷款90万元", "on_track"),
        ("发放贷款100万元", "截至10月底，发放贷款50万元", "behind"),
        ("发放贷款100万元", "前三季度，发放贷款80万元", "on_track"),
        ("发放贷款100万元", "一季度发放贷款30万元", "on_track"),
        ("完成投资430亿元", "截至10月底，完成投资290亿元，低于序时进度", "behind"),
        ("建设书院1个", "正在设计", "unknown"),
        ("开工道路30条", "36条已开工", "met"),
        ("新建道路10条", "已完工9条", "on_track"),
        ("更换配件200件", "全区配件更换已全部完成", "met"),
    ],
)
def test_a_target_is_judged_by_figures_words_and_dates(
    promise: str, progress: str, judgement: str
) -> None:
    (target,) = targets(promise, progress)
    assert target.judgement == judgement
    assert target.reason


def test_each_reported_figure_answers_one_promise() -> None:
    found = targets(
        "举办招聘会20场，开展培训12期，提供岗位5000个",
        "举办招聘会22场，提供岗位8500个；开展培训13期，推荐项目14个。",
    )
    assert [target.actual for target in found] == [22, 13, 8500]


def test_a_figure_of_another_promise_does_not_answer() -> None:
    (talks, _) = targets("举办讲座84场，组织群众进剧场2次", "组织群众进剧场17次")
    assert talks.actual is None


def test_a_figure_after_the_words_of_a_promise_answers_it() -> None:
    (target, _) = targets(
        "帮扶高校毕业生、农民工，新增就业2万人，失业率控制在3.2%以内",
        "累计扶持劳动者创业4722人，创业带动就业13000人；城镇新增就业21224人；失业率为2.39%。",
    )
    assert target.actual == 21224
    assert target.judgement == "met"


def test_plans_are_not_reported_figures() -> None:
    (target,) = targets("建设26个平安小区", "平安小区计划建设40个、首批26个，已完成8个")
    assert target.actual == 8


def test_a_part_of_a_figure_does_not_match_it() -> None:
    (target,) = targets("新增就业2万人", "新增就业21224人，其中实现困难人员就业1565人")
    assert target.actual == Decimal(21224)


@pytest.mark.parametrize(
    ("promise", "progress", "actual", "judgement"),
    [
        ("外贸进出口总额增长5%", "前三季度，外贸进出口总额同比下降18.2%", "-18.2", "behind"),
        ("规上工业增加值增长6%", "规上工业增加值增长6.8%", "6.8", "met"),
        ("规上工业增加值增长6%", "前三季度，规上工业增加值负增长1.1%", "-1.1", "behind"),
        ("外贸进出口总额增长4%", "进出口总额增速为-1.8%", "-1.8", "behind"),
        ("新增城镇就业不少于8000人", "新增城镇就业8260人", "8260", "met"),
        ("空气质量优良天数比率不低于80%", "空气质量优良天数比率为84.1%", "84.1", "met"),
    ],
)
def test_a_fall_is_not_growth_and_at_least_is_not_at_most(
    promise: str, progress: str, actual: str, judgement: str
) -> None:
    (target,) = targets(promise, progress)
    assert (str(target.actual), target.judgement) == (actual, judgement)


@pytest.mark.parametrize(
    ("promise", "progress", "actual"),
    [
        ("打通断头路30条", "36条已开工", None),
        ("新建社区食堂9个", "9个社区食堂均已选址。", None),
        ("新建口袋公园20个", "20个口袋公园已全部立项审批。", None),
        ("新建蔬菜大棚300个", "出栏生猪5.2万头，建成蔬菜大棚212个。", 212),
        ("新吸收幼儿园6所", "年初有幼儿园40所，今年新吸收7所，总数达47所。", 7),
        ("城镇就业2000人", "1-10月城镇就业2130人。", 2130),
        ("改造300户", "启动并完成300户改造。", 300),
    ],
)
def test_a_step_and_another_count_do_not_answer(
    promise: str, progress: str, actual: int | None
) -> None:
    (target,) = targets(promise, progress)
    assert target.actual == actual
    assert actual is not None or target.judgement != "met"


@pytest.mark.parametrize(
    "promise", ["新建一条全长3.6公里、宽24米的道路", "建设综合楼，建筑面积8600平方米"]
)
def test_descriptions_are_not_targets(promise: str) -> None:
    assert targets(promise, "") == ()


def test_people_do_not_answer_for_things() -> None:
    (target,) = targets("新建幼儿园3所", "慰问困难户900户，培训教师120人")
    assert target.actual is None
    assert target.judgement == "unknown"


def test_ranks_and_ages_are_not_promises() -> None:
    assert targets("发展三大产业，为30周岁以上孕妇检查", "") == ()
