from __future__ import annotations

import pytest

from benchmarks.scale import Measurement, fit_line, print_forecast


def test_a_line_goes_through_points() -> None:
    assert fit_line([1, 2, 4], [5, 7, 11]) == pytest.approx((2, 3))


def test_the_plan_multiplies_what_one_more_report_takes(
    capsys: pytest.CaptureFixture[str],
) -> None:
    # Each report takes 36 processor seconds, 20,000 statements and 10 MB; 100 s are for the start.
    sizes = [
        Measurement(count, 1, 100 + 36 * count, 20_000 * count, 10 * count, 500)
        for count in (10, 20, 40)
    ]
    print_forecast(sizes, price=0.05, spark=2)
    country = capsys.readouterr().out.splitlines()[-1]
    told = [cell.strip() for cell in country.strip("|").split("|")]
    # 3,200 × 12 × 10 reports; twice 36 s of each is 7,680 hours, 480 of 16 cores, 20 days of them.
    assert told == [
        "the country",
        *("384,000", "40,704,000", "7,680,000,000", "3.84", "7,680", "20", "384"),
    ]
