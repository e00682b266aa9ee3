"""Any order of changes to a store, some of them failing or killed, against a dictionary."""

from __future__ import annotations

import multiprocessing
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from kg.errors import InputError
from kg.graph.build import add, build, remove
from kg.graph.stores.embedded import open_graph, reports
from kg.questions.sparql import select

_HEAD = "序号,一级类目,二级类目,工作任务,进展情况,责任单位"
_STATES = "SELECT ?state { ?state a tkg:TaskState ; tkg:task ?task ; tkg:report ?report }"
MONTHS = (6, 9, 12)


def add_one(path: Path, store: Path) -> None:
    add([path], store, jurisdiction="330106")


class Changes(RuleBasedStateMachine):
    """A store of reports of three months, with the number of tasks last written for each."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.store = self.folder / "store"
        self.model: dict[int, int] = {}

    def report(self, month: int, tasks: int) -> Path:
        path = self.folder / f"{month}.csv"
        title = f"西湖区2023年政府工作报告任务进展情况（截至2023年{month}月底）"
        lines = (f"{n},民生,教育,新建学校{n}所。,已开工。,教育局" for n in range(1, tasks + 1))
        path.write_text("\n".join((title, _HEAD, *lines)), encoding="utf-8")
        return path

    @rule(month=st.sampled_from(MONTHS), tasks=st.integers(1, 3))
    def build_anew(self, month: int, tasks: int) -> None:
        build([self.report(month, tasks)], self.store, jurisdiction="330106")
        self.model = {month: tasks}

    @precondition(lambda self: self.model)
    @rule(month=st.sampled_from(MONTHS), tasks=st.integers(1, 3))
    def add_report(self, month: int, tasks: int) -> None:
        add([self.report(month, tasks)], self.store, jurisdiction="330106")
        self.model[month] = tasks

    @precondition(lambda self: self.model)
    @rule()
    def add_what_is_no_table(self) -> None:
        path = self.folder / "no.csv"
        path.write_text("a,b\n1,2\n", encoding="utf-8")
        with pytest.raises(InputError):
            add([path], self.store, jurisdiction="330106")

    @precondition(lambda self: len(self.model) > 1)
    @rule(data=st.data())
    def remove_report(self, data: st.DataObject) -> None:
        month = data.draw(st.sampled_from(sorted(self.model)))
        remove([f"xihu-330106-2023-{month:02}"], self.store)
        del self.model[month]

    @precondition(lambda self: self.model)
    @rule(month=st.sampled_from(MONTHS), seconds=st.floats(0.5, 4))
    def add_report_and_be_killed(self, month: int, seconds: float) -> None:
        path = self.report(month, 4)
        spawn = multiprocessing.get_context("spawn")
        process = spawn.Process(target=add_one, args=(path, self.store))
        process.start()
        process.join(seconds)
        process.kill()
        process.join()
        # The store is in the state before or after.
        if self.counts() != self.model:
            self.model[month] = 4

    def counts(self) -> dict[int, int]:
        """Return how many tasks each report in the store has, by its month."""
        return {int(str(row[0])[-2:]): int(str(row[3])) for row in reports(self.store).rows}

    @invariant()
    def holds_what_the_model_says(self) -> None:
        if not self.model:
            return
        assert self.counts() == self.model
        rows = select(open_graph(self.store), _STATES).rows
        assert len(rows) == sum(self.model.values())

    def teardown(self) -> None:
        if self.model:
            # After another complete change there are no leftovers of killed builds.
            build([self.report(6, 1)], self.store, jurisdiction="330106")
            assert len(list(self.store.glob("build-*"))) <= 2
        shutil.rmtree(self.folder)


TestChanges = pytest.mark.slow(Changes.TestCase)
TestChanges.settings = settings(
    max_examples=4,
    stateful_step_count=8,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
