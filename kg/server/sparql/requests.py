"""Read queries and updates from requests to the SPARQL endpoint.

Source: *SPARQL 1.1 Protocol* (W3C, 2013), sections 2.1 and 2.2.
"""

from __future__ import annotations

from dataclasses import dataclass
from email.message import Message
from urllib.parse import parse_qsl

from pyoxigraph import NamedNode
from starlette.requests import Request

from kg.server.http.problems import Problem

_FORM = "application/x-www-form-urlencoded"
_DIRECT = {"application/sparql-query": "query", "application/sparql-update": "update"}
_DATASET = {
    "query": ("default-graph-uri", "named-graph-uri"),
    "update": ("using-graph-uri", "using-named-graph-uri"),
}


@dataclass(frozen=True, slots=True)
class SparqlOperation:
    """A query or an update.

    Attributes:
        kind: `query` or `update`.
        text: The query or update.
        default_graph: IRIs of the graphs that are merged to its default graph.
        named_graphs: IRIs of its named graphs.
    """

    kind: str
    text: str
    default_graph: tuple[str, ...]
    named_graphs: tuple[str, ...]

    @property
    def has_dataset(self) -> bool:
        """Whether the request specifies a dataset."""
        return bool(self.default_graph or self.named_graphs)


async def requested_operation(request: Request) -> SparqlOperation | None:
    """Return the query or update in a request, or None if there is none.

    Raises:
        Problem: The request does not conform to the protocol.
    """
    given = _decode_parameters(request.scope["query_string"])
    if request.method == "POST":
        media = _body_media_type(request)
        body = await request.body()
        if media == _FORM:
            given += _decode_parameters(body)
        elif kind := _DIRECT.get(media):
            if any(name in ("query", "update") for name, _ in given):
                raise Problem(
                    400,
                    f"There is a query or update in the address, and a {kind} in the body.",
                    zh="网址和请求正文中都有语句，请只保留一处。",
                )
            given.append((kind, _decode_body(body)))
        else:
            known = ", ".join((_FORM, *_DIRECT))
            raise Problem(
                415,
                f"The body of a request must have one of these types: {known}.",
                {"Accept-Post": known},
                zh=f"请求正文只能是以下类型：{known.replace(', ', '、')}。",
            )
    return _parse_operation(given, request.method)


def _parse_operation(given: list[tuple[str, str]], method: str) -> SparqlOperation | None:
    operations = [(name, value) for name, value in given if name in _DATASET]
    if not operations:
        if method == "POST":
            raise Problem(
                400,
                "The request has neither a query nor an update.",
                zh="请求中没有查询语句，也没有更新语句。",
            )
        if found := [name for name, _ in given if any(name in all_ for all_ in _DATASET.values())]:
            raise Problem(
                400,
                f"{found[0]} needs a query in the same request.",
                zh=f"参数 {found[0]} 须与查询语句一起使用。",
            )
        return None
    if len(operations) > 1:
        raise Problem(
            400,
            "A request may have only one query or update.",
            zh="一次只能提交一条查询或更新语句。",
        )
    ((kind, text),) = operations
    if kind == "update" and method != "POST":
        zh = "更新请用 POST 方法提交。"
        raise Problem(405, "An update must be sent with POST.", {"Allow": "POST"}, zh=zh)
    (default, named), (other, *_) = _DATASET[kind], set(_DATASET) - {kind}
    if wrong := [name for name, _ in given if name in _DATASET[other]]:
        raise Problem(
            400,
            f"{wrong[0]} can only be used with {other}=…, not with {kind}=….",
            zh=f"参数 {wrong[0]} 只能与 {other} 一起使用，不能与 {kind} 一起使用。",
        )
    for name, iri in given:
        if name in (default, named) and not _is_iri(iri):
            raise Problem(
                400, f"{name}: must be an absolute IRI.", zh=f"参数 {name} 的值不是完整的 IRI。"
            )
    return SparqlOperation(
        kind,
        text,
        tuple(iri for name, iri in given if name == default),
        tuple(iri for name, iri in given if name == named),
    )


def _body_media_type(request: Request) -> str:
    """Return the media type of a request's body, or an empty text if it has none.

    Raises:
        Problem: The body is not in UTF-8.
    """
    header = Message()
    header["Content-Type"] = request.headers.get("content-type", "")
    if not request.headers.get("content-type"):
        return ""
    charset = header.get_content_charset("utf-8")
    if charset not in ("utf-8", "utf8", "us-ascii"):
        raise Problem(415, "A request must be in UTF-8.", zh="请求须用 UTF-8 编码。")
    return header.get_content_type()


def _decode_parameters(encoded: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            encoded.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=1000
        )
    except UnicodeError:
        raise Problem(
            400,
            "Parameters must be in UTF-8, percent-encoded.",
            zh="请求须用 UTF-8 编码，并作百分号转义。",
        ) from None
    except ValueError:
        raise Problem(
            400, "The request has too many parameters.", zh="请求中的参数过多。"
        ) from None


def _decode_body(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise Problem(400, "A request must be in UTF-8.", zh="请求须用 UTF-8 编码。") from None


def _is_iri(text: str) -> bool:
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True
