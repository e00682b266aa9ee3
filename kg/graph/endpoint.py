"""A SPARQL 1.1 server over HTTP: where it is written to, who asks, and what can go wrong."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase, HTTPBasicAuth, HTTPDigestAuth
from requests.utils import get_netrc_auth
from urllib3.util.retry import Retry

from kg.errors import InputError

# Seconds to reach a server, and to wait for what it says; the second may be set.
_CONNECT = 10
_READ = 300
# A server that is busy or starting anew is asked again after 0.5, 1, 2 and 4 seconds. Whatever is
# asked may be asked twice: statements that are put in or taken out a second time change nothing.
_AGAIN = Retry(
    total=4,
    connect=2,
    other=0,  # a certificate grows no better
    backoff_factor=0.5,
    status_forcelist=(429, 502, 503, 504),
    allowed_methods=None,
    raise_on_status=False,
)
_QUOTED = 200


class _Anonymous(AuthBase):
    """Sends no credentials; else requests would send those of netrc unasked."""

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        return request


@dataclass(slots=True)
class Endpoint:
    """A SPARQL 1.1 server.

    Who asks is told by `TASKKG_USER` and `TASKKG_PASSWORD`, else by netrc, and only where the
    server asks for it.

    Attributes:
        url: The address that answers queries.
    """

    url: str
    _session: requests.Session = field(default_factory=requests.Session, repr=False)
    _auth: AuthBase = field(default_factory=_Anonymous, repr=False)
    _writing: tuple[str, str] | None = None

    def __post_init__(self) -> None:
        try:
            parts = urlsplit(self.url)
            host = parts.hostname
        except ValueError:
            host = None
        if not host:
            raise InputError(f"{self.url}: is no address; write one such as https://host/sparql")
        if parts.username or parts.password:
            raise InputError(
                f"{host}: the address holds a password; write it without, and set TASKKG_USER and "
                "TASKKG_PASSWORD"
            )
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, HTTPAdapter(max_retries=_AGAIN))

    def ask(self, query: str, accept: str, fields: Iterable[tuple[str, str]]) -> bytes:
        """Return the answer to a query.

        Args:
            query: SPARQL.
            accept: The media type to ask for.
            fields: More fields of the request: the graphs to ask.

        Raises:
            InputError: The server is away, refuses, takes too long, or gives no whole answer.
        """
        answer = self._send("POST", self.url, [("query", query), *fields], {"Accept": accept})
        limit = answer.headers.get("X-SPARQL-MaxRows")
        if limit:
            raise InputError(
                f"{self.url}: the server cut the answer at {limit} rows; raise its limit "
                "(ResultSetMaxRows in virtuoso.ini)"
            )
        kind = answer.headers.get("Content-Type", "").partition(";")[0].strip()
        if kind in ("text/html", "application/xhtml+xml"):
            raise InputError(
                f"{self.url}: is a page, no SPARQL endpoint; servers have it at addresses such as "
                "/sparql or /query"
            )
        return answer.content

    def update(self, update: str) -> None:
        """Change statements by SPARQL Update.

        Raises:
            InputError: As for `ask`.
        """
        self._send("POST", self._writes()[0], [("update", update)], {})

    def put(self, graph: str, triples: bytes, first: bool) -> None:
        """Put N-Triples into a named graph, in the place of what it holds if they are the first.

        Raises:
            InputError: As for `ask`.
        """
        self._change("PUT" if first else "POST", graph, triples)

    def delete(self, graph: str) -> None:
        """Take out a named graph, if it is there.

        Raises:
            InputError: As for `ask`.
        """
        self._change("DELETE", graph, None)

    def _change(self, method: str, graph: str, content: bytes | None) -> None:
        headers = {"Content-Type": "application/n-triples"} if content is not None else {}
        self._send(method, self._writes()[1], content, headers, {"graph": graph})

    def _send(
        self,
        method: str,
        url: str,
        content: list[tuple[str, str]] | bytes | None,
        headers: dict[str, str],
        params: dict[str, str] | None = None,
    ) -> requests.Response:
        def send() -> requests.Response:
            return self._session.request(
                method,
                url,
                params=params,
                data=content,
                headers=headers,
                auth=self._auth,
                timeout=(_CONNECT, _seconds()),
            )

        try:
            answer = send()
            found = answer.status_code == requests.codes.unauthorized and _credentials(url)
            if found:
                digest = "digest" in answer.headers.get("WWW-Authenticate", "").lower()
                self._auth = (HTTPDigestAuth if digest else HTTPBasicAuth)(*found)
                answer = send()
        except requests.exceptions.SSLError:
            raise InputError(
                f"{url}: the server's certificate is not trusted; name its authority's file in "
                "REQUESTS_CA_BUNDLE"
            ) from None
        except requests.exceptions.Timeout:
            raise InputError(_late(url)) from None
        except (requests.exceptions.ChunkedEncodingError, requests.exceptions.ContentDecodingError):
            raise InputError(f"{url}: the answer ends in the middle; try again") from None
        except requests.exceptions.ConnectionError as error:
            # A server that is late again and again is told as a connection that failed.
            if "Read timed out" in str(error):
                raise InputError(_late(url)) from None
            raise InputError(
                f"{url}: the server cannot be reached; see that it runs and mend the address"
            ) from None
        except (requests.exceptions.RequestException, UnicodeError):
            raise InputError(f"{url}: is no address that can be asked; mend it") from None
        _check(method, url, answer)
        return answer

    def _writes(self) -> tuple[str, str]:
        """Return the addresses that take updates and whole graphs."""
        if self._writing is None:
            known = os.environ.get("TASKKG_UPDATE"), os.environ.get("TASKKG_GRAPH_STORE")
            update, graphs = known if all(known) else self._guess()
            self._writing = known[0] or str(update), known[1] or str(graphs)
        return self._writing

    def _guess(self) -> tuple[str, str]:
        """Return where servers of the kind that is known by its address and headers are written."""
        answer = self._send(
            "POST", self.url, [("query", "ASK {}")], {"Accept": "application/sparql-results+json"}
        )
        place = self.url.partition("?")[0].rstrip("/")
        if "/repositories/" in place:  # RDF4J, GraphDB
            return f"{place}/statements", f"{place}/rdf-graphs/service"
        if answer.headers.get("Server", "").startswith("Virtuoso"):
            return urljoin(place, "/sparql-auth"), urljoin(place, "/sparql-graph-crud-auth")
        # Jena Fuseki has `data` beside `update`, Oxigraph `store`.
        graphs = "data" if "Fuseki-Request-ID" in answer.headers else "store"
        return urljoin(place, "update"), urljoin(place, graphs)


def _late(url: str) -> str:
    return (
        f"{url}: the server gave no answer in time; try again, or allow more seconds in "
        "TASKKG_TIMEOUT"
    )


def _check(method: str, url: str, answer: requests.Response) -> None:
    """Refuse an answer that tells of a failure."""
    code = answer.status_code
    if answer.ok or (method == "DELETE" and code == requests.codes.not_found):
        return
    if code == requests.codes.unauthorized:
        why = "the server does not know you; set TASKKG_USER and TASKKG_PASSWORD"
    elif code == requests.codes.forbidden:
        why = "the server allows you no such thing; ask its keeper for the right"
    elif code in (requests.codes.not_found, requests.codes.not_allowed):
        why = (
            f"is no address of a SPARQL server (HTTP {code}); mend it, or name where the server is "
            "written in TASKKG_UPDATE and TASKKG_GRAPH_STORE"
        )
    elif code in (429, 502, 503, 504):
        why = f"the server is busy or away (HTTP {code}), also when asked again; try later"
    else:
        told = " ".join(answer.text[: 10 * _QUOTED].split())[:_QUOTED]
        why = f"the server refuses (HTTP {code}): {told}"
    raise InputError(f"{url}: {why}")


def _credentials(url: str) -> tuple[str, str] | None:
    user, password = os.environ.get("TASKKG_USER"), os.environ.get("TASKKG_PASSWORD")
    return (user, password or "") if user else get_netrc_auth(url)


def _seconds() -> float:
    told = os.environ.get("TASKKG_TIMEOUT", "")
    try:
        found = float(told or _READ)
    except ValueError:
        found = 0
    if not 0 < found < float("inf"):
        raise InputError(f"TASKKG_TIMEOUT “{told}”: is no number of seconds; write such as 300")
    return found
