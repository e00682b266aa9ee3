from __future__ import annotations

import base64
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from kg.errors import InputError
from kg.graph.stores.endpoint import Endpoint
from tests.programs import program
from tests.stores.servers import free_port

ANSWER = b'{"head": {}, "boolean": true}'
ALLOWED = "Basic " + base64.b64encode(b"ann:secret").decode()


@contextmanager
def server(way: str, certificate: Path | None = None) -> Iterator[str]:
    """Serve in a way that goes wrong; by HTTPS if there is a certificate."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            asked.append(self.path)
            known = self.headers.get("Authorization") == ALLOWED
            code = {"busy": 503, "away": 503, "basic": 200 if known else 401, "no": 403}
            fails = way == "busy" and len(asked) <= 2
            self.send_response(code.get(way, 200) if fails or way != "busy" else 200)
            if way == "slow":
                time.sleep(1)
            if way == "basic" and not known:
                self.send_header("WWW-Authenticate", 'Basic realm="x"')
            self.send_header("Content-Type", "text/html" if way == "page" else "application/json")
            self.send_header("Content-Length", str(len(ANSWER) + (way == "cut")))
            self.end_headers()
            self.wfile.write(ANSWER)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            listening.socket = context.wrap_socket(listening.socket, server_side=True)
        Thread(target=listening.serve_forever, daemon=True).start()
        scheme = "https" if certificate else "http"
        yield f"{scheme}://127.0.0.1:{listening.server_port}/sparql"
        listening.shutdown()


def ask(url: str) -> bytes:
    return Endpoint(url).ask("ASK {}", "application/sparql-results+json", [])


def test_a_server_that_is_busy_is_asked_again() -> None:
    with server("busy") as url:
        assert ask(url) == ANSWER


def test_who_asks_is_told_where_the_server_asks_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TASKKG_USER", "ann")
    monkeypatch.setenv("TASKKG_PASSWORD", "secret")
    with server("basic") as url:
        assert ask(url) == ANSWER


@pytest.mark.parametrize(
    ("way", "told"),
    [
        ("page", "is a web page, not a SPARQL endpoint"),
        ("cut", "the answer is incomplete"),
        ("no", "you have no permission"),
        ("basic", "needs other credentials"),
        ("slow", "did not answer in time"),
    ],
)
def test_what_goes_wrong_is_told_in_a_sentence(
    way: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TASKKG_TIMEOUT", "0.1")
    monkeypatch.delenv("TASKKG_USER", raising=False)
    with server(way) as url, pytest.raises(InputError, match=told):
        ask(url)


def test_a_certificate_that_nobody_vouches_for_is_told_and_can_be_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = tmp_path / "certificate.pem"
    request = "req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=127.0.0.1"
    request += f" -addext subjectAltName=IP:127.0.0.1 -keyout {made} -out {tmp_path / 'public.pem'}"
    openssl = program("openssl", "Debian: openssl")
    subprocess.run([openssl, *request.split()], check=True, capture_output=True)
    with made.open("ab") as file:
        file.write((tmp_path / "public.pem").read_bytes())
    with server("well", made) as url:
        with pytest.raises(InputError, match="certificate is not trusted; set REQUESTS_CA_BUNDLE"):
            ask(url)
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "public.pem"))
        assert ask(url) == ANSWER


def test_a_server_that_is_away_is_told() -> None:
    with pytest.raises(InputError, match="cannot be reached"):
        ask(f"http://127.0.0.1:{free_port()}/sparql")


def test_an_address_with_a_password_is_refused_and_not_shown() -> None:
    with pytest.raises(InputError, match="contains a password") as told:
        Endpoint("https://ann:secret@example.org/sparql")
    assert "secret" not in str(told.value)
