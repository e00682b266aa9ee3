"""Which words are names of people."""

from __future__ import annotations

from kg.reading.people import standalone_names


def test_words_that_only_look_like_names_stay_in_the_texts() -> None:
    text = (
        "单位：万元\n责任人：赵某某\n累计完成投资8260万元。\n"
        "长安、盐官、丁桥3个中心开放，北京路、江津路改造完成。\n责任人\n陈某某、李某\n"
    )
    assert standalone_names(text) == {"赵某某", "陈某某", "李某"}
