"""A client for SPARQL 1.1 servers: addresses for reading and writing, credentials and errors."""

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

# Seconds to connect, and to wait for a response; TASKKG_TIMEOUT overrides the second.
_CONNECT = 10
_READ = 300
# Requests to a server that is busy or restarting are repeated after 0.5, 1, 2 and 4 seconds. All
# requests are idempotent: adding or removing statements a second time changes nothing.
_AGAIN = Retry(
    total=4,
    connect=2,
    other=0,  # such as a bad certificate, which a retry does not change
    backoff_factor=0.5,
    status_forcelist=(429, 502, 503, 504),
    allowed_methods=None,
    raise_on_status=False,
)
_LONGEST_QUOTE = 200


class _Anonymous(AuthBase):
    """Send no credentials; otherwise requests would send those in netrc at once."""

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        return request


@dataclass(slots=True)
class Endpoint:
    """A SPARQL 1.1 server.

    Credentials come from `TASKKG_USER` and `TASKKG_PASSWORD`, or else from netrc. They are only
    sent if the server asks for them.

    Attributes:
        url: The address for queries.
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
            raise InputError(
                f"{self.url}: is not an address; write one such as https://host/sparql"
            )
        if parts.username or parts.password:
            raise InputError(
                f"{host}: the address contains a password; remove it, and set TASKKG_USER and "
                "TASKKG_PASSWORD"
            )
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, HTTPAdapter(max_retries=_AGAIN))

    def ask(self, query: str, accept: str, fields: Iterable[tuple[str, str]]) -> bytes:
        """Return the answer to a query.

        Args:
            query: SPARQL.
            accept: The media type to ask for.
            fields: Further fields of the request: the graphs to query.

        Raises:
            InputError: The server cannot be reached, refuses, takes too long, or sends an
                incomplete answer.
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
                f"{self.url}: is a web page, not a SPARQL endpoint; servers usually have it at an "
                "address such as /sparql or /query"
            )
        return answer.content

    def update(self, update: str) -> None:
        """Change statements by SPARQL Update.

        Raises:
            InputError: As for `ask`.
        """
        self._send("POST", self._write_addresses()[0], [("update", update)], {})

    def put_graph(self, graph: str, triples: bytes, first: bool) -> None:
        """Add N-Triples to a named graph; the first ones replace what it holds.

        Raises:
            InputError: As for `ask`.
        """
        self._change_graph("PUT" if first else "POST", graph, triples)

    def delete_graph(self, graph: str) -> None:
        """Delete a named graph, if it exists.

        Raises:
            InputError: As for `ask`.
        """
        self._change_graph("DELETE", graph, None)

    def _change_graph(self, method: str, graph: str, content: bytes | None) -> None:
        headers = {"Content-Type": "application/n-triples"} if content is not None else {}
        self._send(method, self._write_addresses()[1], content, headers, {"graph": graph})

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
                timeout=(_CONNECT, _timeout_seconds()),
            )

        try:
            answer = send()
            credentials = answer.status_code == requests.codes.unauthorized and _credentials(url)
            if credentials:
                digest = "digest" in answer.headers.get("WWW-Authenticate", "").lower()
                self._auth = (HTTPDigestAuth if digest else HTTPBasicAuth)(*credentials)
                answer = send()
        except requests.exceptions.SSLError:
            raise InputError(
                f"{url}: the server's certificate is not trusted; set REQUESTS_CA_BUNDLE to the "
                "file of its certificate authority"
            ) from None
        except requests.exceptions.Timeout:
            raise InputError(_timeout_message(url)) from None
        except (requests.exceptions.ChunkedEncodingError, requests.exceptions.ContentDecodingError):
            raise InputError(f"{url}: the answer is incomplete; try again") from None
        except requests.exceptions.ConnectionError as error:
            # Repeated timeouts are reported as a failed connection.
            if "Read timed out" in str(error):
                raise InputError(_timeout_message(url)) from None
            raise InputError(
                f"{url}: the server cannot be reached; check that it runs, and check the address"
            ) from None
        except (requests.exceptions.RequestException, UnicodeError):
            raise InputError(f"{url}: is not a valid address; correct it") from None
        _raise_for_error(method, url, answer)
        return answer

    def _write_addresses(self) -> tuple[str, str]:
        """Return the addresses for updates and for whole graphs."""
        if self._writing is None:
            known = os.environ.get("TASKKG_UPDATE"), os.environ.get("TASKKG_GRAPH_STORE")
            update, graphs = known if all(known) else self._guess_write_addresses()
            self._writing = known[0] or str(update), known[1] or str(graphs)
        return self._writing

    def _guess_write_addresses(self) -> tuple[str, str]:
        """Return the addresses for writing, guessed from the server's address and headers."""
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


def _timeout_message(url: str) -> str:
    return (
        f"{url}: the server did not answer in time; try again, or set TASKKG_TIMEOUT to more "
        "seconds"
    )


def _raise_for_error(method: str, url: str, answer: requests.Response) -> None:
    """Raise an error for an error response."""
    code = answer.status_code
    if answer.ok or (method == "DELETE" and code == requests.codes.not_found):
        return
    if code == requests.codes.unauthorized:
        why = "the server needs other credentials; set TASKKG_USER and TASKKG_PASSWORD"
    elif code == requests.codes.forbidden:
        why = "you have no permission for this; ask the server's administrator"
    elif code in (requests.codes.not_found, requests.codes.not_allowed):
        why = (
            f"is not an address of a SPARQL server (HTTP {code}); correct it, or set TASKKG_UPDATE "
            "and TASKKG_GRAPH_STORE to the addresses for writing"
        )
    elif code in (429, 502, 503, 504):
        why = f"the server is busy or unavailable (HTTP {code}), also after retries; try later"
    else:
        text = " ".join(answer.text[: 10 * _LONGEST_QUOTE].split())[:_LONGEST_QUOTE]
        why = f"the server refuses (HTTP {code}): {text}"
    raise InputError(f"{url}: {why}")


def _credentials(url: str) -> tuple[str, str] | None:
    user, password = os.environ.get("TASKKG_USER"), os.environ.get("TASKKG_PASSWORD")
    return (user, password or "") if user else get_netrc_auth(url)


def _timeout_seconds() -> float:
    text = os.environ.get("TASKKG_TIMEOUT", "")
    try:
        seconds = float(text or _READ)
    except ValueError:
        seconds = 0
    if not 0 < seconds < float("inf"):
        raise InputError(
            f"TASKKG_TIMEOUT “{text}”: is not a number of seconds; write one such as 300"
        )
    return seconds
