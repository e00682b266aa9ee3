from __future__ import annotations

import csv
import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Quad, Store

import kg
from kg.cli import cli
from kg.errors import InputError
from kg.graph.rdf.ontology import ontology_quads
from kg.graph.rdf.terms import BASE
from kg.graph.stores.embedded import open_graph
from kg.questions.ask import Understanding, build_matcher, understand
from kg.questions.catalogue import bind_parameters, questions
from kg.questions.sparql import run_query, select

TABLE = Path(__file__).with_name("asked.csv")
UNKNOWN = "unknown name"


def ask(graph: Store, text: str) -> Understanding:
    return understand(graph, text, build_matcher(graph))


@pytest.fixture(scope="session")
def graph(store: Path) -> Store:
    return open_graph(store)


def read_questions(part: str) -> Iterator[tuple[str, str, dict[str, str]]]:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["set"] == part:
                pairs = (pair.partition("=") for pair in row["parameters"].split(";") if pair)
                yield row["question"], row["expected"], {name: value for name, _, value in pairs}


def understand_question(graph: Store, question: str) -> tuple[str, dict[str, str]]:
    try:
        found = ask(graph, question)
    except InputError as error:
        return UNKNOWN if "the graph knows no such name" in str(error) else str(error), {}
    return found.question.name if found.question else "", dict(found.parameters)


@pytest.mark.parametrize(("question", "expected", "parameters"), list(read_questions("tuned")))
def test_what_people_ask(
    graph: Store, question: str, expected: str, parameters: dict[str, str]
) -> None:
    assert understand_question(graph, question) == (expected, parameters)


def test_questions_that_nothing_was_fitted_to(graph: Store) -> None:
    rows = list(read_questions("held-out"))
    found = [understand_question(graph, question) for question, _, _ in rows]
    right = [one == (name, values) for one, (_, name, values) in zip(found, rows, strict=True)]
    assert sum(right) / len(right) >= 0.85
    # What is not understood is left alone: nothing is answered that was not asked.
    assert all(ok or one == ("", {}) for ok, one in zip(right, found, strict=True))


def test_every_question_of_the_catalogue_is_asked_in_both_languages() -> None:
    for question in questions():
        languages = {any("一" <= letter <= "鿿" for letter in one) for one in question.phrasings}
        assert languages == {True, False}, question.name
    wanted = {name for part in ("tuned", "held-out") for _, name, _ in read_questions(part)}
    assert wanted >= {question.name for question in questions()}


def test_the_examples_that_are_offered_are_understood(graph: Store) -> None:
    offered: dict[str, str] = {}
    for text in ("天气", "weather", *(text for text, _, _ in list(read_questions("tuned"))[::4])):
        try:
            found = ask(graph, text)
        except InputError:
            continue
        assert len(found.alternatives) == 3
        offered |= {one.example: one.question.name for one in found.alternatives}
    for example, name in offered.items():
        assert understand_question(graph, example)[0] == name, example


def test_the_answer_is_that_of_the_question(graph: Store) -> None:
    answered = kg.ask(graph, "哪些部门共同涉及汉口火车站？")
    found = answered.understanding
    assert isinstance(found, Understanding)
    assert found.question is not None
    assert answered.table == kg.query(graph, "shared-things", {"thing": "汉口火车站"})
    assert answered.table is not None
    assert answered.table.rows[0][:2] == ("汉口火车站", "Place")
    query = bind_parameters(graph, found.question, found.parameters)
    assert found.sparql in query
    assert not found.sparql.startswith("#")
    assert select(graph, found.sparql, answered.table.fields) == answered.table


def test_letters_marks_and_case_do_not_matter(graph: Store) -> None:
    plain = ("tasks", {"department": "科技和经信局", "status": "delayed"})
    for question in (
        "科经局哪些任务延期了",
        "请问，科经局有没有延期的任务？？",
        "  科经局\t延期\n任务 ",
        "“科经局”的哪些任务推迟了呢",
        "ｗｈｉｃｈ ｔａｓｋｓ of 科经局 are DELAYED",
        "\x00科经局\x1b的任务\x07有哪些延期",
    ):
        assert understand_question(graph, question) == plain, question


def test_a_name_that_the_graph_does_not_know(graph: Store) -> None:
    with pytest.raises(InputError, match=r"园艺局.*the graph knows no such name.*园林局"):
        ask(graph, "园艺局负责哪些任务")
    with pytest.raises(InputError, match="Moon Lake”: the graph knows no such name"):
        ask(graph, "Which departments share Moon Lake?")
    with pytest.raises(InputError, match=r"西马街.*the graph knows no such name"):
        ask(graph, "西马街有哪些部门在施工")
    with pytest.raises(InputError, match="no such name") as caught:
        ask(graph, f"哪些部门共同涉及{'湖' * 500}")
    assert len(str(caught.value)) < 300


def test_a_question_must_have_words_and_not_too_many(graph: Store) -> None:
    for question in ("", " \n", "\u3000"):
        with pytest.raises(InputError, match="empty"):
            ask(graph, question)
    began = time.perf_counter()
    with pytest.raises(InputError, match="10000 characters"):
        ask(graph, "哪些任务延期" * 1666 + "了吗？？")
    for long in ("局" * 1000, "第四十八项任务的局" * 111, "建设局和财政局" * 140, "a b " * 250):
        assert ask(graph, long).question is None
    assert time.perf_counter() - began < 10


def ask_or_refuse(graph: Store, text: str) -> tuple[Understanding | None, str]:
    """Return the answer to a question, or the message that refuses it; the graph stays as it is."""
    before = len(graph)
    try:
        return ask(graph, text), ""
    except InputError as error:
        return None, str(error)
    finally:
        assert len(graph) == before


@pytest.mark.parametrize(
    "text",
    [
        "DROP ALL",
        "INSERT DATA { <x> <y> <z> }",
        "哪些部门共同涉及汉口火车站 } ; DROP ALL #",
        '建设局") } DELETE WHERE { ?s ?p ?o } # 负责哪些任务',
        "哪些部门共同涉及“DROP ALL”",
        "{thing} {} %s $(ls) `ls`",
    ],
)
def test_code_is_never_run(graph: Store, text: str) -> None:
    found, message = ask_or_refuse(graph, text)
    query = found.sparql if found else message
    assert "DELETE" not in query
    assert "DROP ALL }" not in query


WORDS = [word for text, _, _ in read_questions("tuned") for word in text.split()]


@given(st.text(max_size=60) | st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join))
def test_any_text_is_answered_or_not_understood(graph: Store, text: str) -> None:
    found, message = ask_or_refuse(graph, text)
    if found:
        assert (found.question is None) == (not found.sparql)
        assert 0 <= found.confidence <= 1
        assert len(found.alternatives) == 3
    assert "\n" not in message
    assert len(message) < 400


def test_a_word_stands_in_one_group() -> None:
    path = Path(kg.__file__).parent / "questions" / "words.yaml"
    groups = yaml.safe_load(path.read_text(encoding="utf-8"))
    listed = [word.strip() for group in groups for word in group["words"].split(",")]
    assert len(listed) == len(set(listed))


def test_the_command(store: Path) -> None:
    def run(*arguments: str) -> tuple[int, str, str]:
        result = CliRunner().invoke(cli, ["ask", *arguments, "--store", str(store)])
        return result.exit_code, result.stdout, result.stderr

    code, answer, said = run("哪些部门共同涉及汉口火车站？", "--format", "csv")
    assert code == 0
    assert answer.splitlines()[0] == "name,kind,departments,tasks,weight,part_of"

    code, answer, said = run("哪些部门共同涉及汉口火车站？")
    assert code == 0
    assert "汉口火车站" in answer.splitlines()[0]
    title = "共同涉及的事物 / Shared things"
    assert said == f"Understood as shared-things ({title}): thing = 汉口火车站\n"

    code, query, said = run("哪些部门共同涉及汉口火车站？", "--sparql")
    found = run_query(open_graph(store), query)
    assert not isinstance(found, str)
    assert len(found.rows) == 1
    assert "SELECT" not in said

    code, answer, said = run("今天天气怎么样")
    assert (code, answer) == (1, "")
    assert said.startswith("Not answered: the graph covers tasks")
    assert len(said.splitlines()) == 4

    code, answer, said = run("120号任务由谁牵头？")
    assert (code, answer) == (1, "")
    assert said.startswith("Not answered: there is no task 120; tasks go up to 106.")

    code, answer, said = run("园林局的任务有哪些被取消了")
    assert code == 0
    assert "没有" in answer

    code, answer, said = run("汉江大道通车了吗", "--format", "json")
    assert "9月26日" in json.loads(answer)["answer"]


def test_a_graph_without_tasks() -> None:
    graph = Store()
    graph.extend(Quad(*quad.triple) for quad in ontology_quads(BASE))
    found = ask(graph, "哪些任务延期了？")
    assert found.question is not None
    assert select(graph, found.sparql).rows == ()
    assert ask(graph, "天气").question is None
    with pytest.raises(InputError, match="the graph knows no such name"):
        ask(graph, "建设局负责哪些任务")
