"""Three reports of one plan of an invented district, worded as its office might do.

From May to October the numbers shift by one, task 3 is reworded, 2 vanishes, a new one comes; from
October to December a department is dropped and a target moves away.
"""

from __future__ import annotations

from pathlib import Path

HEAD = "序号,工作类目,工作任务,进展情况,责任部门\n"
TITLE = "东湖区2021年政府工作报告任务进展情况（截至2021年{}月底）\n"

MAY = """\
1,就业,新增就业5000人。,截至5月底，新增就业2100人。,人力资源和社会保障局
2,文化,举办荷花文化节活动。,正在制定活动方案。,文化和旅游局
3,住房,完成老旧小区改造20个，惠及居民3000户。,已完工老旧小区6个，其余正在施工。,住房和城乡建设局、城市管理局
4,教育,新建公办幼儿园3所，新增学位900个。,3所幼儿园正在办理规划审批手续。,教育局
5,环境,空气质量优良天数比例达到85%以上。,截至5月底，空气质量优良天数比例为88.2%。,生态环境局
6,交通,建成学府路西段并通车。,学府路西段正在进行路基施工。,交通运输局
"""
OCTOBER = """\
1,养老,建设社区养老服务驿站8个。,已建成社区养老服务驿站5个。,民政局
2,就业,新增就业5000人。,截至10月底，新增就业4600人。,人力资源和社会保障局
3,住房,全面完成20个老旧小区的改造任务，惠及居民3000户。,已完工老旧小区17个，其余正在施工。,住房和城乡建设局、城市管理局
4,教育,新建公办幼儿园3所，新增学位900个。,3所幼儿园主体结构已封顶。,教育局
5,环境,空气质量优良天数比例达到85%以上。,截至10月底，空气质量优良天数比例为86.1%。,生态环境局
6,交通,建成学府路西段并通车。,学府路西段已建成通车。,交通运输局
"""
DECEMBER = """\
1,养老,建设社区养老服务驿站8个。,已建成社区养老服务驿站8个。,民政局
2,就业,新增就业5000人。,截至12月底，新增就业5320人，已全面完成全年目标任务。,人力资源和社会保障局
3,住房,全面完成20个老旧小区的改造任务，惠及居民3000户。,已完工老旧小区20个，全部完工。,住房和城乡建设局
4,教育,新建公办幼儿园3所，新增学位900个。,3所幼儿园已全部建成。,教育局
5,环境,空气质量优良天数比例达到85%以上。,截至12月底，空气质量优良天数比例为82.4%。,生态环境局
6,交通,建成学府路西段并通车。,学府路西段已建成通车。,交通运输局
"""


def write_plan(folder: Path) -> list[Path]:
    """Write the three reports and return their files, in order."""
    paths = []
    for month, rows in ((5, MAY), (10, OCTOBER), (12, DECEMBER)):
        path = folder / f"{month:02d}.csv"
        path.write_text(TITLE.format(month) + HEAD + rows, encoding="utf-8")
        paths.append(path)
    return paths
