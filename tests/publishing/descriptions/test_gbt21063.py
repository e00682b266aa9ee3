from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from kg.publishing.bundle import publish
from kg.publishing.files import PARTS
from tests.publishing.conftest import GIVEN

# The elements as the public list has them: Chinese name, and what they hold (? may be missing, *
# may come often, + comes at least once). pubDate and TpCat are mandatory there, but left out if not
# known.
NAMES = {
    "Metadata": (
        None,
        "mdId resTitle pubDate? abstract IdPoC+ DescKeys* TpCat* onLineSrc* resID ServInfo? "
        "MdContact* mdDateUpd?",
    ),
    "mdId": ("元数据标识符", ""),
    "resTitle": ("信息资源名称", ""),
    "pubDate": ("信息资源发布日期", ""),
    "abstract": ("信息资源摘要", ""),
    "IdPoC": ("信息资源提供方", "rpOrgName cntAdd?"),
    "IdPoC/rpOrgName": ("信息资源提供单位", ""),
    "DescKeys": ("关键字说明", "keyword+ thesaName?"),
    "DescKeys/keyword": ("关键字", ""),
    "onLineSrc": ("在线资源链接地址", ""),
    "resID": ("信息资源标识符", ""),
    "ServInfo": ("服务信息", "servURL servType?"),
    "ServInfo/servURL": ("服务地址", ""),
    "MdContact": ("元数据维护方", "rpOrgName cntAdd?"),
    "MdContact/rpOrgName": ("元数据联系单位", ""),
}
UNKNOWN = {"TpCat", "cntAdd", "thesaName", "servType", "mdDateUpd"}


def metadata(bundle: Path) -> ET.Element:
    return ET.parse(bundle / "gbt21063.xml").getroot()


def values(root: ET.Element, path: str) -> list[str]:
    return [found.text or "" for found in root.findall(path)]


def check(element: ET.Element, path: str) -> None:
    chinese, pattern = NAMES[path]
    assert element.get("zh") == chinese
    expected = "".join(
        f"(?:{part.rstrip('?*+')} ){part[len(part.rstrip('?*+')) :]}" for part in pattern.split()
    )
    assert re.fullmatch(expected, "".join(f"{child.tag} " for child in element)), path
    assert len(element) or (element.text or "").strip(), path
    for child in element:
        check(child, child.tag if path == "Metadata" else f"{path}/{child.tag}")


def test_the_elements_are_those_of_the_standard(bundle: Path) -> None:
    root = metadata(bundle)
    assert root.get("standard") == "GB/T 21063.3-2007"
    check(root, "Metadata")


def test_the_values_are_those_of_the_graph_and_the_options(plain_bundle: Path) -> None:
    root = metadata(plain_bundle)
    assert values(root, "resTitle") == ["江汉区2019年政府工作任务知识图谱"]
    assert values(root, "pubDate") == ["2020-01-31"]
    (abstract,) = values(root, "abstract")
    assert abstract.startswith("106项政府工作任务及其进展、36个责任部门")
    assert "《江汉区2019年政府工作报告责任事项进展情况（截至2019年10月底）》" in abstract
    assert values(root, "IdPoC/rpOrgName") == ["江汉区人民政府"]
    assert values(root, "MdContact/rpOrgName") == ["江汉区人民政府"]
    assert {"责任部门", "江汉区"} <= set(values(root, "DescKeys/keyword"))
    base = "https://data.example.org/jianghan"
    paths = ["index.html", *(part.path for part in PARTS)]
    assert values(root, "onLineSrc") == [f"{base}/{path}" for path in paths]
    assert values(root, "resID") == [f"{base}/dcat.ttl#dataset"]
    assert values(root, "ServInfo/servURL") == ["https://data.example.org/sparql"]


def test_what_is_not_known_is_left_out(plain_bundle: Path, nasty_bundle: Path) -> None:
    plain = {found.tag for found in metadata(plain_bundle).iter()}
    nasty = {found.tag for found in metadata(nasty_bundle).iter()}
    assert not UNKNOWN & plain
    assert plain - nasty == {"pubDate", "ServInfo", "servURL"}
    # The standard has room for a postal address only.
    assert "data@example.org" not in (plain_bundle / "gbt21063.xml").read_text(encoding="utf-8")


def test_addresses_are_uris(nasty_bundle: Path) -> None:
    root = metadata(nasty_bundle)
    addresses = values(root, "onLineSrc") + values(root, "resID")
    assert addresses[0] == "http://example.org/%E6%95%B0%E6%8D%AE/index.html"
    # RFC 2396 has ASCII characters alone.
    assert all(re.fullmatch(r"http://[!-~]+", address) for address in addresses)


def test_the_identifier_is_of_this_bundle_alone_and_stays(
    nasty_store: Path, nasty_bundle: Path, tmp_path: Path
) -> None:
    for name, base in (("1", GIVEN["base"]), ("2", GIVEN["base"]), ("3", "https://example.org/b")):
        publish(nasty_store, tmp_path / name, **(GIVEN | {"base": base}))
    first, second, third = ((tmp_path / name / "gbt21063.xml").read_bytes() for name in "123")
    assert first == second != third
    bundles = (tmp_path / "1", tmp_path / "3", nasty_bundle)
    identifiers = {found for bundle in bundles for found in values(metadata(bundle), "mdId")}
    assert len(identifiers) == 3
    # Letters, digits and these marks are what the standard allows.
    assert all(re.fullmatch(r"[\w\-./, ]+", found) for found in identifiers)


@pytest.mark.parametrize("name", ["index.html", "README.md"])
def test_pages_lead_to_it(plain_bundle: Path, name: str) -> None:
    text = (plain_bundle / name).read_text(encoding="utf-8")
    assert "gbt21063.xml" in text
    assert "ro-crate-metadata.json" in text
