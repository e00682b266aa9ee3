"""Recognise texts that name no single department: groups (各街道, 区直有关部门), or none (无)."""

from __future__ import annotations

import re
from unicodedata import normalize

_LEVEL = (
    "(?:中央|国家|省|自治区|市|州|盟|地区|区|县|旗|镇|乡|街道|政府|人民政府|市政府|区政府|县政府)"
)
_PLACE = "(?:县级市|县市区|市县区|县区|区县|市区|区市县|区县市|县市|区|县|市|旗|州|盟|市州)"
_TOWN = "(?:乡镇街道|镇街道|乡镇街|镇街|街镇|乡镇|镇乡|街乡镇|镇|乡|街道|街|苏木|团场)"
# Zones in general; 高新区管委会 is a single unit.
_ZONE = "(?:各类)?(?:开发区|功能区|园区|片区|农场|林场|社区|村|管理区)(?:管委会)?|管委会"
_OFFICE = "(?:人民政府|政府|办事处|管委会|党工委|党委|党政办)"
_BODY = "(?:部门|单位|委办局|企业|平台|机构|学校|医院|院校|国企|公司|银行|平台公司|成员|科室|处室|中心|专班)"
# Kinds of units, which do not name a unit but may continue a group: 各区、县级市.
_KIND = re.compile(
    rf"(?:{_LEVEL}{{0,2}}(?:直属?|级|属)?)?(?:{_PLACE}|{_TOWN}|{_TOWN}{_OFFICE}|{_PLACE}{_OFFICE}|{_BODY})"
)
_ZONE_NAME = re.compile(_ZONE)
_GROUP_WORDS = re.compile(
    r"各|有关|相关|其[他它余]|所有|全体|成员单位|直属?(?:部门|单位|机关)|级(?:部门|单位)|属地|涉及的"
    r"|等(?:部门|单位|地区?|平台|园区|镇街|街道|社区)$|责任单位$|配合单位$|牵头单位$"
    rf"|^(?:全[市区县省])?[\d一二三四五六七八九十两]+个?(?:{_TOWN}|{_PLACE}|{_ZONE}|{_BODY})$"
    rf"|^(?:全[市区县省]|辖区|驻[市区县地]|街属|区属|市属|县属)(?:.{{0,4}})?(?:{_TOWN}|{_PLACE}|{_ZONE}|{_BODY})$"
)
_NOTHING = re.compile(
    r"[(【\[]?(?:[暂尚]?(?:无|没有|缺)|(?:[暂尚]?[待未]|另行?)(?:进一步|研究|予以?)?(?:明确|确定|落实|定)|空白?|不详|不涉及"
    r"|n[/.]?a\.?|null|nil|none|nan|tb[dc])(?:牵头|责任|主管|配合)?(?:单位|部门)?[)】\]]?[。.]?",
    re.IGNORECASE,
)
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_INNER_BRACKETS = re.compile(r"[（(][^（()）]*[）)]")
_IN_BRACKETS = re.compile(r"[（(\[【〔［].*", re.DOTALL)


def is_group(name: str) -> bool:
    """Return whether a name stands for several units without naming them.

    >>> [is_group(name) for name in ("各街道", "区直有关部门", "其他配合单位", "县级市", "属地政府")]
    [True, True, True, True, True]
    >>> [is_group(name) for name in ("民权街道", "区城管局（各科室）", "高新区管委会", "城市公司")]
    [False, False, False, False]
    """
    bare = _IN_BRACKETS.sub("", name)
    return bool(bare) and bool(_GROUP_WORDS.search(bare) or _KIND.fullmatch(bare))


def is_generic(name: str) -> bool:
    """Return whether a name is only a kind of unit, which may continue a group.

    >>> [is_generic(name) for name in ("县级市", "县（区）人民政府", "管委会", "市商务局")]
    [True, True, True, False]
    """
    bare = _INNER_BRACKETS.sub("", name)
    return bool(_KIND.fullmatch(bare) or _ZONE_NAME.fullmatch(bare))


def is_nothing(text: str) -> bool:
    """Return whether a text says that there is no department, or not yet one.

    >>> [is_nothing(text) for text in ("无", "——", "/", "待定", "N/A", "（暂无）", "另行确定")]
    [True, True, True, True, True, True, True]
    >>> [is_nothing(text) for text in ("无线电管理局", "空军", "待业人员中心")]
    [False, False, False]
    """
    bare = "".join(normalize("NFKC", text).split())
    return not _LETTER_OR_DIGIT.search(bare) or bool(_NOTHING.fullmatch(bare))
