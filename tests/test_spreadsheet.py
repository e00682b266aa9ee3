from __future__ import annotations

from decimal import Decimal
from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from kg.spreadsheet import to_xlsx
from kg.tables import Answer, unescape_formula


def read_back(content: bytes) -> list[tuple[object, ...]]:
    sheet = load_workbook(BytesIO(content)).active
    assert sheet is not None
    return list(sheet.iter_rows(values_only=True))


def test_numbers_stay_numbers_and_nothing_becomes_a_formula() -> None:
    answer = Answer(("name", "value"), (("=1+1", 3), ("建设局", Decimal("2.5")), (None, True)))
    rows = read_back(to_xlsx(answer, "任务: [1]"))
    assert rows == [("name", "value"), ("'=1+1", 3), ("建设局", 2.5), (None, True)]


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=40))
def test_any_text_is_read_back_as_it_was(text: str) -> None:
    rows = read_back(to_xlsx(Answer(("text",), ((text,),)), text))
    assert unescape_formula(str(rows[1][0])) == unescape_formula(text)
