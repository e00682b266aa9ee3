"""The administrative divisions of the country by their codes, from provinces to townships."""

from __future__ import annotations

import csv
import gzip
import re
from functools import cache
from pathlib import Path

from kg.errors import InputError
from kg.model import Jurisdiction
from kg.resources import resource

FOLDER = ("data", "gazetteer")
_DIVISIONS = (*FOLDER, "divisions.csv.gz")
# Rows of the table that only group others and are not a government.
_NO_NAME = re.compile(r"市辖区|县|(省|自治区)直辖县级行政区划")
# The ethnic groups in the names of autonomous areas.
_PEOPLES = (
    "(?:[壮回满苗侗瑶彝藏羌黎畲傣佤白怒水土各]|土家|布依|仡佬|仫佬|毛南|哈尼|拉祜|布朗|景颇|傈僳|纳西|"
    "独龙|普米|朝鲜|达斡尔|鄂温克|裕固|保安|东乡|撒拉|哈萨克|蒙古)族|蒙古|维吾尔|哈萨克|柯尔克孜|锡伯|塔吉克"
)
_KIND = re.compile(
    rf"(?:(?<=..)(?:{_PEOPLES})+)?(?<=.)"
    "(?:自治[区州县旗]|新区|地区|[省市盟区县旗]|街?街道|镇|乡)$"
)


def read_divisions(path: Path, digits: str = "+") -> list[tuple[str, str]]:
    """Return the codes and names in a table; `digits` is a regex quantifier for a code's length."""
    text = gzip.decompress(path.read_bytes()).decode("utf-8")
    return re.findall(rf"^(\d{digits}),(.*)$", text, re.MULTILINE)


@cache
def upper_divisions() -> dict[str, str]:
    """Return the names of provinces, cities and districts by code; this loads quickly."""
    return {
        code: name
        for code, name in read_divisions(resource(*_DIVISIONS), "{2,6}")
        if not _NO_NAME.fullmatch(name)
    }


@cache
def townships() -> dict[str, str]:
    """Return the names of subdistricts, towns, townships and similar divisions by code."""
    return dict(read_divisions(resource(*_DIVISIONS), "{9}"))


@cache
def current_names() -> dict[str, tuple[str, list[str]]]:
    """Return the current official name and further aliases by code, where they are known."""
    found: dict[str, tuple[str, list[str]]] = {}
    with resource(*FOLDER, "aliases.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            _, aliases = found.setdefault(row["code"], (row["name"], []))
            if row["alias"]:
                aliases.append(row["alias"])
    return found


def stem(name: str) -> str:
    """Return the name of a place without the kind of division at its end.

    >>> [stem(name) for name in ("武汉市", "内蒙古自治区", "恩施土家族苗族自治州", "单县")]
    ['武汉', '内蒙古', '恩施', '单']
    """
    return _KIND.sub("", name)


def jurisdiction(code: str) -> Jurisdiction:
    """Return the province, city, district, township or development zone with that code.

    >>> jurisdiction("420103"), jurisdiction("330500")
    (Jurisdiction(code='420103', name='江汉区'), Jurisdiction(code='330500', name='湖州市'))
    >>> jurisdiction("350000"), jurisdiction("330108001")
    (Jurisdiction(code='350000', name='福建省'), Jurisdiction(code='330108001', name='西兴街道'))

    Raises:
        InputError: No place has that code.
    """
    if len(code) == 9 and code in townships():
        now, _ = current_names().get(code, (townships()[code], []))
        return Jurisdiction(code, now)
    above = [code[:size] for size in (4, 2) if code[size:] == "0" * (6 - size)]
    found = next((name for part in (code, *above) if (name := upper_divisions().get(part))), None)
    if found is None or len(code) != 6:
        raise InputError(
            f"{code}: is not the code of a province, city, district or town; give the six-digit "
            "GB/T 2260 code, such as 420103 for a district, 330500 for a city or 410000 for a "
            "province, or the nine digits of a town or subdistrict, such as 330108001"
        )
    return Jurisdiction(code, found)
