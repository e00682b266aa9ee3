from __future__ import annotations

import signal
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.reading import budget, read
from kg.reading.budget import time_limit


def test_the_time_limit_stops_code_that_catches_all_exceptions() -> None:
    def run() -> None:
        with time_limit("slow.pdf", 0.2):
            while True:
                with suppress(Exception):
                    time.sleep(10)

    start = time.monotonic()
    with pytest.raises(InputError, match=r"slow\.pdf: takes over 0 seconds; give only the part"):
        run()
    assert time.monotonic() - start < 5
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0
    assert signal.getsignal(signal.SIGALRM) == signal.SIG_DFL


def test_the_timer_of_a_caller_is_not_changed() -> None:
    before = signal.signal(signal.SIGALRM, signal.SIG_IGN)
    signal.setitimer(signal.ITIMER_REAL, 60)
    try:
        with time_limit("a.csv", 0.01):
            time.sleep(0.05)
        assert signal.getitimer(signal.ITIMER_REAL)[0] > 50
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_other_threads_have_no_limit() -> None:
    told = []

    def run() -> None:
        with time_limit("a.csv", 0.01):
            time.sleep(0.05)
        told.append("done")

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert told == ["done"]


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    with path.open("wb") as file:
        file.truncate(budget.FILE_BYTES + 1)
    with pytest.raises(InputError, match="has 268,435,457 bytes, more than the limit of"):
        read(path)


def test_more_text_than_any_report_has_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.html"
    cell = f'<td rowspan="300">{"建设道路" * 20_000}</td>'
    rows = "".join(f"<tr><td>{at}</td></tr>" for at in range(299))
    path.write_text(f"<table><tr>{cell}<td>任务</td></tr>{rows}</table>", encoding="utf-8")
    with pytest.raises(InputError, match=r"has 2[0-9,]+ characters, more than the limit of"):
        read(path)
