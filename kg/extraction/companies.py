"""The companies known all over the country, whose short names follow no pattern."""

from __future__ import annotations

import re

KNOWN_COMPANY = re.compile(
    "中国铁塔|中国移动|中国联通|中国电信|中国石油|中国石化|中石油|中石化|国家电网|南方电网|中国银行|工商银行|农业银行|建设银行|"
    "交通银行|招商银行|华为|阿里云|阿里巴巴|腾讯|百度|京东|美团|小米|字节跳动|蚂蚁集团|顺丰|格力|海尔|万科|恒大|碧桂园|万达|比亚迪|"
    "微软|苹果公司|亚马逊|沃尔玛|麦德龙|家乐福|大润发|永辉超市|中建[一二三四五六七八]局|中铁[一二三四五六七八九十]{1,2}局|中交[一二三四]航局"
)


def is_known_company(name: str) -> bool:
    """Tell whether a name is that of a company known all over the country, and of no other.

    >>> is_known_company("华为"), is_known_company("东湖科技")
    (True, False)
    """
    return bool(KNOWN_COMPANY.fullmatch(name))
