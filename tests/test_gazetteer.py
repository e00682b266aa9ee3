from __future__ import annotations

import pytest

from kg.errors import InputError
from kg.gazetteer import find_jurisdiction, jurisdiction, load_gazetteer


def test_a_district_has_its_subdistricts_and_communities() -> None:
    units = load_gazetteer("420103")
    assert units.subdistricts["民权街"].code.startswith("420103")
    assert units.communities["单洞社区"].code.startswith("420103")
    assert units.aliases["花水街"] == "花楼水塔街"
    assert load_gazetteer(None).subdistricts == {}


def test_districts_of_the_same_name_are_told_apart_by_their_city() -> None:
    assert find_jurisdiction("南京市鼓楼区2022年任务表") == jurisdiction("320106")
    assert find_jurisdiction("鼓楼区2022年任务表") is None


@pytest.mark.parametrize("code", ["42", "999999", "江汉区"])
def test_what_is_no_district_code_is_refused(code: str) -> None:
    with pytest.raises(InputError, match="six-digit GB/T 2260 code"):
        jurisdiction(code)
