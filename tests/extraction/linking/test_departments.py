from __future__ import annotations

import pytest

from kg.extraction.linking.departments import link_departments


@pytest.mark.parametrize(
    "forms",
    [
        ("发改局", "区发改局", "发展和改革局", "发展改革局"),
        ("城管委", "城管局", "城管执法局", "区城市管理执法局"),
        ("人社局", "人力资源和社会保障局"),
        ("卫健局", "卫生健康局"),
    ],
)
def test_short_and_long_forms_are_one_department(forms: tuple[str, ...]) -> None:
    links = link_departments(forms)
    assert len({links.get(form, form) for form in forms}) == 1


def test_departments_of_other_levels_are_not_linked() -> None:
    assert link_departments(["发展和改革局"], ["市发改委", "省发改委", "国家发展改革委"]) == {}
