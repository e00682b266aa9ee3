from __future__ import annotations

import csv

import pytest

from kg.errors import InputError
from kg.gazetteer import find_jurisdiction, jurisdiction, load_gazetteer, romanised_name
from kg.gazetteer.divisions import stem, upper_divisions
from kg.model import Jurisdiction
from kg.resources import resource


def test_a_district_has_its_subdistricts_and_communities() -> None:
    units = load_gazetteer("420103")
    assert units.subdistricts["民权街"].code.startswith("420103")
    assert units.communities["单洞社区"].code.startswith("420103")
    assert units.aliases["花水街"] == "花楼水塔街"
    assert load_gazetteer(None).subdistricts == {}


def test_a_town_has_its_communities_and_is_no_unit_of_its_own() -> None:
    units = load_gazetteer("420103004")
    assert units.level == "街道"
    assert units.subdistricts == {}
    assert units.communities
    assert all(unit.code.startswith("420103004") for unit in units.communities.values())
    assert "满春街" in units.neighbours["江汉区"]


def test_areas_above_are_known_by_their_names_and_stems() -> None:
    regions = load_gazetteer("150102").regions
    assert {"内蒙古自治区", "内蒙古", "湖北", "恩施"} <= regions
    assert "内" not in regions


def test_districts_of_the_same_name_are_told_apart_by_their_city() -> None:
    assert find_jurisdiction("南京市鼓楼区2022年任务表") == jurisdiction("320106")
    assert find_jurisdiction("鼓楼区2022年任务表") is None


@pytest.mark.parametrize("code", ["42", "999999", "江汉区", "310100", "330108999", "4201030011"])
def test_what_is_no_district_code_is_refused(code: str) -> None:
    with pytest.raises(InputError, match="six-digit GB/T 2260 code"):
        jurisdiction(code)


@pytest.mark.parametrize(
    ("code", "name", "called"),
    [
        ("440000", "广东省", "guangdong"),
        ("500000", "重庆市", "chongqing"),
        ("650000", "新疆维吾尔自治区", "xinjiang-650000"),
        ("150000", "内蒙古自治区", "neimenggu"),
        ("140000", "山西省", "shanxi"),
        ("610000", "陕西省", "shaanxi"),
        ("433100", "湘西土家族苗族自治州", "xiangxi"),
        ("510100", "成都市", "chengdu"),
        ("441900", "东莞市", "dongguan"),
        ("620200", "嘉峪关市", "jiayuguan"),
        ("420528", "长阳土家族自治县", "changyang"),
        ("429021", "神农架林区", "shennongjia"),
        ("320576", "苏州工业园区", "suzhougongyeyuan"),
        ("230921204", "杏树朝鲜族乡", "xingshu-230921204"),
        ("420103002", "花楼水塔街道", "hualoushuita-420103002"),
        ("420103400", "江汉经济开发区", "jianghanjingjikaifa-420103400"),
        ("441900121", "虎门镇", "humen-441900121"),
    ],
)
def test_places_of_all_levels_have_codes(code: str, name: str, called: str) -> None:
    assert jurisdiction(code) == Jurisdiction(code, name)
    assert romanised_name(jurisdiction(code)) == called


@pytest.mark.parametrize(
    ("code", "called"),
    [
        ("130225", "laoting"),
        ("340300", "bengbu"),
        ("340303", "bengshan"),
        ("341500", "luan"),
        ("371722", "shan"),
        ("371522", "shen"),
        ("370881", "qufu"),
        ("371481", "laoling"),
        ("141024", "hongtong"),
        ("140428", "zhangzi"),
        ("440113", "panyu"),
        ("510682", "shifang"),
        ("511822", "yingjing"),
        ("410182", "xingyang"),
        ("410621", "xun"),
        ("652801", "kuerle"),
        ("310112", "minhang"),
        ("210211", "ganjingzi"),
        ("451228", "duan"),
        ("450406", "longxu"),
        ("230921", "boli"),
    ],
)
def test_names_are_read_as_they_are_read_there(code: str, called: str) -> None:
    assert romanised_name(jurisdiction(code)) == called


def test_readings_are_those_of_listed_names_and_give_a_syllable_a_character() -> None:
    names = set(upper_divisions().values())
    with resource("data", "gazetteer", "readings.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert len({row["name"] for row in rows}) == len(rows)
    for row in rows:
        assert row["name"] in names
        assert row["note"]
        # 林区 and 特区 are kinds of divisions, but most names ending in 林区 or 特区 are of a 区.
        kind = 1 if row["name"] in ("神农架林区", "六枝特区") else 0
        assert len(row["pinyin"].split()) == len(stem(row["name"])) - kind


def test_what_is_read_alike_is_told_apart_by_code() -> None:
    yang, yan = jurisdiction("361124"), jurisdiction("532622")
    assert (yang.name, yan.name) == ("铅山县", "砚山县")
    assert romanised_name(yang) == "yanshan-361124"
    assert romanised_name(yan) == "yanshan-532622"


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("四川省2023年重点任务分工", "510000"),
        ("天津市20项民心工程2023年进展", "120000"),
        ("宁夏回族自治区2023年民生实事", "640000"),
        ("宁夏2023年民生实事", "640000"),
        ("衢州市1至10月重点项目进度", "330800"),
        ("合肥2023年重点工作", "340100"),
        ("凉山州2023年民生实事清单", "513400"),
        ("凉山彝族自治州西昌市2023年民生实事", "513401"),
        ("景宁县2023年十件实事", "331127"),
        ("湖南长沙岳麓区2023年重点工作", "430104"),
        ("苏州工业园区2023年实事项目", "320576"),
        ("中共岳麓区委办公室关于印发2023年要点的通知", "430104"),
        ("长沙市岳麓区望月湖街道2023年民生实事", "430104001"),
        ("东莞市虎门镇2023年十件实事", "441900121"),
        ("附件1：岳麓区2023年重点工作", "430104"),
        ("二、岳麓区2023年重点工作", "430104"),
        ("岳麓区教育局2023年重点工作", "430104"),
        ("长沙市对口支援新疆吐鲁番市2023年工作安排", "430100"),
        ("上海市民生项目2023年进展", "310000"),
    ],
)
def test_a_title_names_the_place_whose_it_is(title: str, code: str) -> None:
    found = find_jurisdiction(title)
    assert found == jurisdiction(code)


@pytest.mark.parametrize(
    "text",
    [
        "坚持市场导向，做好民生工作",
        "各市州2023年任务",
        "全市2023年重点工作",
        "长沙市、株洲市人民政府：",
        "岳麓区人民政府：",
        "岳麓区、天心区人民政府，市直机关各单位：",
        "今年以来，岳麓区加快建设",
        "会议在长沙市召开",
        "与长沙市共建的项目",
        "合肥市场监管工作要点",
        "上海市民热线2023年工作",
        "望月湖街道召开了会议",
    ],
)
def test_nobody_is_guessed_from_words_or_addressees(text: str) -> None:
    assert find_jurisdiction(text) is None
