"""Send random requests to a server; report those that are answered with a server error.

usage: python -m benchmarks.fuzz.requests [--times 5000] [--seed 1]

A finding is a status from 500 on, except 503 (too busy), or a broken connection. The exit code is 1
if there are findings.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import quote_from_bytes, urlsplit

from kg.graph.build import build
from kg.questions.catalogue import questions
from kg.resources import resource
from kg.server.data.entries import KINDS
from kg.server.discovery.interface import OPERATIONS
from kg.server.pages.lists import LISTS
from kg.views.networks.catalogue import VIEWS
from tests.server.conftest import serving

_NAMES = (
    "教育局",
    "建设局",
    "发改委",
    "jiaoyuju",
    "民权街",
    "420103-2019-10",
    "2019-10-31",
    "zh",
    "en",
)
_ORDINARY = (
    *("1", "0", "50", "2019-12-31", "state", "department", "csv", "xlsx", "png", "svg", "docx"),
    *("html", "json", "asc", "-task", "done", "delayed", "on", "true", ""),
)
_QUERIES = (
    *(
        "ASK {}",
        "SELECT * { ?s ?p ?o } LIMIT 3",
        "DESCRIBE tkg:Task",
        "SELECT",
        "ASK { SERVICE <a> {} }",
    ),
    *("CONSTRUCT { ?s tkg: ?o } { ?s ?p ?o } LIMIT 2", "SELECT (1/0 AS ?x) {}", "BASE <::> ASK {}"),
    *(
        'SELECT (REPLACE("a", "(((", "") AS ?x) {}',
        "ASK { FILTER(REGEX('a', '" + "(" * 300 + "')) }",
    ),
    *("ASK " + "{" * 2000 + "}" * 2000, "INSERT DATA {}", "LOAD <file:///etc/passwd>"),
)
_HOSTILE = (
    *("-1", "1e999", "9" * 4400, "١٢", "²", "0x10", "1_000", "NaN", "-0", "1.5", "+1", " 1 "),
    *("0000-00-00", "2019-02-30", "9999-12-31", "2019-W01-1", "20191231", "-2019-01-01"),
    *("'", '"', "<script>", "{{7*7}}", "%s%n", "\\", "../../etc/passwd", "a\0b", "\x1b[31m"),
    *(
        "\u202e教育",
        "\ufeff",
        "\ufffe",
        "😀" * 60,
        "教" * 3000,
        "?" * 90,
        "*",
        "(",
        "[",
        "a|b",
        "^$",
    ),
    *("http://", "urn:x", "//evil.example", "javascript:alert(1)", "<http://a>", "_:b", "a b"),
    *(";", "&", "=", "#", "/", ":", ",", "，", "、", "\r\nX-Evil: 1", "\u2028"),
)
_BYTES = (b"\xff\xfe", b"\xe6\x95", b"\xc0\x80", b"\xed\xa0\x80")
_HEADERS = {
    "Accept": (
        "*/*",
        "text/turtle",
        "text/html;q=0",
        "a/b",
        "text/*;q=x",
        ",",
        "*/*;q=1.0000",
        "x" * 500,
    ),
    "Accept-Language": ("en", "zh-CN,zh;q=0.9", "*", "x" * 300, ";q="),
    "If-None-Match": ("*", '"x"', "W/", '"' * 99),
    "If-Modified-Since": ("Mon, 01 Jan 0001 00:00:00 GMT", "yesterday", "9" * 99),
    "Range": ("bytes=0-", "bytes=9-1", "x=1"),
    "Cookie": ("lang=en", "lang=" + "x" * 99, "=;=;", "lang"),
    "Content-Type": (
        *("application/sparql-query", "application/sparql-update", "text/plain", "a/b;c", ""),
        *("application/x-www-form-urlencoded", "application/sparql-query;charset=x-none"),
    ),
    "Authorization": ("Bearer", "Bearer x", "Basic OjpA", "é".encode().decode("latin-1")),
    "Content-Encoding": ("gzip", "x"),
}


@dataclass(frozen=True, slots=True)
class Request:
    """A request that is determined by its seed and number.

    Attributes:
        method: Its method.
        target: Its path and query, perhaps badly percent-encoded.
        headers: Its headers.
        body: Its body.
    """

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


def make_requests(seed: int, times: int) -> Iterator[Request]:
    """Yield a number of requests to the addresses in the server's description."""
    for number in range(times):
        yield _make_request(random.Random(f"{seed}-{number}"))


def _make_request(dice: random.Random) -> Request:
    path = dice.choice(list(OPERATIONS))
    operation = dice.choice(OPERATIONS[path])
    for name in operation.path:
        path = path.replace(f"{{{name}}}", _encode(_path_part(name, dice), dice))
    names = [*operation.query, "lang", "a", "page", "unknown"]
    chosen = dice.choices(names, k=dice.choice((0, 1, 1, 2, 3, 6)))
    query = "&".join(
        f"{_encode(name, dice)}={_encode(_value(name, dice), dice)}" for name in chosen
    )
    headers = {
        name: dice.choice(values) for name, values in _HEADERS.items() if dice.random() < 0.15
    }
    method = dice.choices(("GET", "HEAD", "POST", "OPTIONS", "PUT"), (80, 5, 12, 2, 1))[0]
    text = dice.choice((_value("query", dice), query, f"query={query}", f"update={query}"))
    body = text.encode(errors="replace") if method in ("POST", "PUT") else b""
    return Request(method, f"{path}?{query}" if query else path, headers, body)


def _path_part(name: str, dice: random.Random) -> str:
    known = (*(it.name for it in questions()), *LISTS, *VIEWS, *KINDS, *_ORDINARY, *_NAMES)
    return dice.choice(known) if dice.random() < 0.8 else _value(name, dice)


def _value(name: str, dice: random.Random) -> str:
    if name in ("query", "update") and dice.random() < 0.8:
        return dice.choice(_QUERIES)
    pool = dice.choices((_NAMES, _ORDINARY, _HOSTILE), (3, 3, 4))[0]
    return "".join(dice.choices(pool, k=dice.choice((1, 1, 1, 2))))


def _encode(text: str, dice: random.Random) -> str:
    """Return a text as percent-encoded UTF-8, sometimes with invalid bytes."""
    content = text.encode(errors="surrogatepass")
    if dice.random() < 0.03:
        content += dice.choice(_BYTES)
    encoded = quote_from_bytes(content, safe="/")
    return encoded + dice.choice(("%", "%zz", "%u6559")) if dice.random() < 0.02 else encoded


def find_faults(address: str, requests: Iterator[Request], counts: Counter[int]) -> Iterator[str]:
    """Send requests to a server, count the statuses, and yield the findings."""
    where = urlsplit(address)
    assert where.hostname
    for request in requests:
        connection = HTTPConnection(where.hostname, where.port, timeout=60)
        try:
            connection.request(request.method, request.target, request.body, request.headers)
            answer = connection.getresponse()
            answer.read()
        except (HTTPException, OSError) as error:
            yield f"{type(error).__name__}: {request}"
            continue
        finally:
            connection.close()
        counts[answer.status] += 1
        if answer.status >= 500 and answer.status != 503:
            yield f"{answer.status}: {request}"


def main() -> int:
    """Send requests, print findings and a table of statuses; return 1 if there are findings."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--times", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    counts: Counter[int] = Counter()
    found = 0
    with tempfile.TemporaryDirectory() as folder:
        room = Path(folder)
        build([resource("data", "jianghan-2019", "report.csv")], room / "store")
        with serving(room / "store", room / "log", "--rate", "100000") as server:
            for fault in find_faults(
                server.address, make_requests(given.seed, given.times), counts
            ):
                found += 1
                print(fault, flush=True)
    print("status | requests")
    for status, count in sorted(counts.items()):
        print(f"{status} | {count}")
    print(f"all | {counts.total()} | findings: {found}")
    return min(found, 1)


if __name__ == "__main__":
    sys.exit(main())
