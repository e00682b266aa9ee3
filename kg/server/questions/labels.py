"""Labels of the catalogue's questions, parameters and columns on pages.

In the catalogue, only the titles of questions are in Chinese and English, all other texts are in
English. This module has the Chinese texts, and the groups of questions.
"""

from __future__ import annotations

from typing import NamedTuple


class Group(NamedTuple):
    """A group of questions: its labels, and the names of its questions."""

    zh: str
    en: str
    questions: tuple[str, ...]


GROUPS = (
    Group(
        "任务与进展",
        "Tasks and how far they are",
        ("tasks", "history", "timeline", "blockers", "categories"),
    ),
    Group("目标与指标", "Targets and indicators", ("indicators", "behind", "series")),
    Group(
        "部门之间",
        "Departments and what ties them",
        (
            "departments",
            "dependencies",
            "between",
            "shared-things",
            "shared-projects",
            "coverage",
        ),
    ),
    Group(
        "项目、机构与道路", "Projects, bodies and streets", ("projects", "organisations", "streets")
    ),
    Group("多个区之间", "Several districts", ("across", "same-targets")),
)

MEANINGS = {
    "across": "一个以上的区在报告中提到的机构、项目、政策和活动：是同一个，还是只是同名。",
    "behind": "未达到或落后于进度的数值目标：报告了多少，为什么这样判断。",
    "between": "两个部门之间的全部联系，逐句列出：共同负责的任务、共同涉及的事物、一方等待另一方。",
    "blockers": "阻碍任务或让任务等待的原因、条件、手续和问题，在等谁，以及说明它的原句。",
    "categories": "每个工作类目的任务、进展和责任部门。",
    "coverage": "每个部门的任务中，有多少写明了状态、数字、日期和具体名称。",
    "departments": "每个部门的任务数、与他人共同负责的任务、已完成的任务和落后的目标。",
    "dependencies": "一个部门与哪些部门相连：直接的，以及隔一个部门的；附路径和原句。",
    "history": "各期报告对每项任务的说法：状态、进展、部门和目标的完成情况。",
    "indicators": "每个数值目标：衡量什么、承诺多少、报告多少、如何判断。",
    "organisations": "任务提到的每个机构，涉及的部门、任务、状态和原句。",
    "projects": "任务提到的每个项目，涉及的部门、任务、状态和原句。",
    "same-targets": "一个以上的区都有目标的指标：各区承诺多少、报告多少、如何判断。",
    "series": "各期报告对每个目标报告的数值，以及当期的判断。",
    "shared-projects": "把部门联系起来的项目、地点、道路、机构、政策和活动，同一任务或不同任务的。",
    "shared-things": "不同部门的任务都提到的事物，联系最强的在前。",
    "streets": "任务提到的每个街道和每条道路，以及在那里工作的部门。",
    "tasks": "每项任务的类目、状态、责任部门和承诺内容。",
    "timeline": "报告之后将到的日期，按先后排列：计划做什么、由谁做，以及原句。",
}

# Labels of parameters and columns; the catalogue has their meanings in English.
LABELS = {
    "a": ("部门一", "One department"),
    "b": ("部门二", "The other department"),
    "actual": ("报告值", "Reported"),
    "actual_unit": ("单位", "Its unit"),
    "affected": ("受影响的", "Affected"),
    "as_of": ("截至", "As of"),
    "awaits": ("等待", "Awaits"),
    "basis": ("法律依据", "Legal basis"),
    "behind": ("落后的目标", "Targets behind"),
    "category": ("类目", "Heading"),
    "cell": ("单元格", "Cell"),
    "communities": ("社区", "Communities"),
    "comparator": ("比较", "Comparator"),
    "completed": ("已完成", "Completed"),
    "confidence": ("匹配置信度", "Confidence"),
    "count": ("部门数", "Departments"),
    "counted": ("是否计入", "Counted"),
    "date": ("日期", "Date"),
    "delayed": ("推迟或取消", "Delayed"),
    "department": ("部门", "Department"),
    "departments": ("责任部门", "Departments"),
    "district": ("区", "District"),
    "districts": ("区", "Districts"),
    "evidence": ("原句", "Sentences"),
    "from": ("从", "From"),
    "indicator": ("指标", "Indicator"),
    "iso": ("日期写法", "As written"),
    "joint": ("共同负责", "Joint"),
    "judgement": ("判断", "Judgement"),
    "kind": ("种类", "Kind"),
    "line": ("源文件行", "Line"),
    "name": ("名称", "Name"),
    "number": ("有数字", "Number"),
    "numbers": ("任务序号", "Task numbers"),
    "organisation": ("机构", "Organisation"),
    "part_of": ("属于", "Part of"),
    "path": ("路径", "Path"),
    "place": ("地点", "Place"),
    "progress": ("进展情况", "Progress"),
    "project": ("项目", "Project"),
    "promise": ("工作任务", "Promise"),
    "quote": ("原句", "Sentence"),
    "reason": ("依据", "Reason"),
    "report": ("报告", "Report"),
    "road": ("道路", "Road"),
    "role": ("日期性质", "Role"),
    "row": ("行", "Row"),
    "same": ("同一事物", "Same thing"),
    "sentence": ("所在句子", "Sentence"),
    "share": ("完整度（%）", "Share (%)"),
    "status": ("状态", "State"),
    "statuses": ("状态", "States"),
    "steps": ("步数", "Steps"),
    "street": ("街道或道路", "Subdistrict or road"),
    "subdistrict": ("街道", "Subdistrict"),
    "target": ("目标值", "Target"),
    "task": ("任务", "Task"),
    "tasks": ("任务", "Tasks"),
    "thing": ("事物", "Thing"),
    "tie": ("联系", "Tie"),
    "ties": ("共同涉及", "Shared things"),
    "unit": ("单位", "Unit"),
    "until": ("到", "Until"),
    "values": ("完成值", "Values"),
    "weight": ("权重", "Weight"),
    "what": ("内容", "What"),
}

# Labels of the cells of a report's rows.
CELLS = {
    "task": ("工作任务", "task"),
    "progress": ("进展情况", "progress"),
    "departments": ("责任部门", "departments"),
    "category": ("类目", "heading"),
}

# Columns whose values are concepts of the vocabulary, and their schemes.
SCHEMES = {
    "status": "status",
    "judgement": "judgement",
    "role": "date-role",
    "kind": "obstacle-kind",
}
