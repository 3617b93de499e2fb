"""The validation service: a local server with the answers known of it, and its bad days."""

import base64
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kirjaamo.archive.service import answers as answering
from kirjaamo.archive.service.answers import understood
from kirjaamo.archive.service.errors import NotTestDataError
from kirjaamo.archive.service.request import Request, request
from tests.archive.material import OID, PERSON, sound
from tests.command_line import kirjaamo, refused

REAL = "100190-123X"
FOUND = {
    "description": "1: Asiakirjan rakenne on vanhentunut; ks. ohje;2: Palvelutehtävä puuttuu"
}
DRIP = b" | " * 1000
PAGE = b"<html><title>Request Rejected</title>Your support ID is 1</html>"


def document(oid=OID):
    """Return a sound document with an OID of its own."""
    return sound()["document"].replace(OID.encode(), oid.encode())


def frame(oid=OID):
    """Return the frame of a document."""
    return sound()["frame"].replace(OID.encode(), oid.encode())


class Validator(ThreadingHTTPServer):
    """Gives the answers of a script, one for each request; the last one again and again."""

    daemon_threads = True

    def __init__(self, script):
        super().__init__(("127.0.0.1", 0), Handler)
        self.script = list(script)
        self.bodies = []
        threading.Thread(
            target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        ).start()

    def handle_error(self, *_):
        """Say nothing of a client that did not wait."""

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/shark-validointi/validoi/asiakirja/tulos"


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.bodies.append(json.loads(body))
        number = min(len(self.server.bodies), len(self.server.script)) - 1
        status, content, *wait = self.server.script[number]
        if status is None:
            self.connection.close()
            return
        time.sleep(wait[0] if wait else 0)
        self.send_response(status)
        content = content if isinstance(content, bytes) else json.dumps(content).encode()
        self.send_header("Content-Length", str(len(content)))
        if status == 302:
            self.send_header("Location", "/elsewhere")
        self.end_headers()
        for piece in content.split(b"|"):
            self.wfile.write(piece)
            time.sleep(0.05 if content is DRIP else 0)

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def serve():
    """Give a function that starts a server with a script of answers."""
    started = []

    def begin(*script):
        started.append(Validator(script))
        return started[-1]

    yield begin
    for one in started:
        one.shutdown()
        one.server_close()


@pytest.fixture
def folder(tmp_path):
    """Return a folder with one document and its frame."""
    place = tmp_path / "documents"
    place.mkdir()
    (place / "one.xml").write_bytes(document())
    (place / "frame.xml").write_bytes(frame())
    return place


def validate(folder, server, *words):
    quick = ("--timeout", 0.3, "--retries", 2, "--backoff", 0)
    return kirjaamo("archive", "validate", folder, "--service", server.url, *quick,
                    "--format", "json", *words)  # fmt: skip


def test_an_empty_answer_means_that_nothing_was_found(folder, serve):
    server = serve((200, b""))
    result = validate(folder, server)

    assert result.exit_code == 0, result.stderr
    assert json.loads(result.stdout) == [
        {"file": "one.xml", "state": "accepted", "number": None, "finding": ""}
    ]
    assert "Asked about 1 documents: 1 without findings." in result.stderr
    assert server.bodies == [{
        "messageId": OID, "palveluPyynto": "SP17", "level": "1",
        "siirtokehysXml": frame().decode(), "asiakirjaXml": document().decode(),
    }]  # fmt: skip


@pytest.mark.parametrize("status", [200, 400])
def test_findings_are_told_one_by_one(folder, serve, status):
    result = validate(folder, serve((status, FOUND)))

    assert result.exit_code == 1
    assert [(row["number"], row["finding"]) for row in json.loads(result.stdout)] == [
        (1, "Asiakirjan rakenne on vanhentunut; ks. ohje"), (2, "Palvelutehtävä puuttuu"),
    ]  # fmt: skip


def test_a_busy_service_is_asked_again(folder, serve):
    server = serve((503, b""), (500, b"oops"), (200, b""))
    result = validate(folder, server)

    assert result.exit_code == 0
    assert len(server.bodies) == 3


@pytest.mark.parametrize(
    ("answer", "times", "reason"),
    [
        ((503, b""), 3, "the service answered 503 every time"),
        ((200, PAGE), 1, "the firewall before the service rejected the request"),
        ((403, b"<html>no</html>"), 1, "a web page came instead of an answer"),
        ((200, b"garbage"), 1, "not what is known of the service (status 200)"),
        ((200, {"message": "x"}), 1, "not what is known of the service"),
        ((200, {"description": " "}), 1, "not what is known of the service"),
        ((404, b""), 1, "the service answered 404"),
        ((302, b""), 1, "the service answered 302"),
        ((200, b"x" * (1 << 20) + b"xx"), 1, "the answer is too large"),
        ((200, b"", 1.5), 3, "no answer (ReadTimeoutError)"),
        ((None, b""), 3, "no answer (ProtocolError)"),
    ],
)
def test_what_is_no_answer_is_told_and_the_trials_are_counted(
    folder, serve, answer, times, reason
):
    server = serve(answer)
    started = time.monotonic()
    result = validate(folder, server)

    assert result.exit_code == 3
    assert reason in json.loads(result.stdout)[0]["finding"]
    assert len(server.bodies) == times
    assert time.monotonic() - started < 10


def test_a_service_that_never_ends_its_answer_is_left(folder, serve):
    result = validate(folder, serve((200, DRIP)))

    assert result.exit_code == 3
    assert "did not end in time" in result.stdout


def test_no_service_is_one_finding_for_each_document(folder):
    result = kirjaamo("archive", "validate", folder, "--service", "http://127.0.0.1:9/x",
                      "--retries", 0)  # fmt: skip

    assert result.exit_code == 3
    assert "no answer (" in result.stdout


def with_body(content):
    old = document()
    start = old.index(b"<s:json>") + 8
    return old[:start] + base64.b64encode(content) + old[old.index(b"</s:json>") :]


def with_view(content):
    old = document()
    start = old.index(b'"B64">') + 6
    return old[:start] + base64.b64encode(content) + old[old.index(b"</text><s:json>") :]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (document().replace(PERSON.encode(), REAL.encode()), "not of the 900 series"),
        (document().replace(b"</ClinicalDocument>", f"<!-- {REAL} --></ClinicalDocument>".encode()),
         "not of the 900 series"),
        (document().replace(b"Kaskivuori<", b"K &#49;00190-123X<"),
         "not of the 900 series"),
        (with_body(json.dumps({"a": [f"isän hetu {REAL}"]}).encode()), "not of the 900 series"),
        (with_body(b'{"a": "100190\\u002d123X"}'), "not of the 900 series"),
        (with_view(b"<div><p>100190-<b>123X</b></p></div>"), "not of the 900 series"),
        (with_view(b"%PDF-1.7 ..."), "it holds a PDF"),
        (with_view(b"\xff\xfe"), "cannot be read"),
        (with_body(b"\xff"), "cannot be read"),
        (document().replace(b"<s:json>", b"<s:json>*"), "cannot be read"),
        (document().replace(b'root="1.2.246.21"', b'root="1.2.246.10.1.22.2026"'),
         "no identity code"),
        (document().replace(PERSON.encode(), b"unknown"), "no identity code"),
        (b"<ClinicalDocument>", "cannot be read"),
        (b"\xff\xfe", "cannot be read"),
    ],
)  # fmt: skip
def test_nothing_leaves_when_a_person_may_be_real(folder, serve, content, reason):
    server = serve((200, b""))
    (folder / "zwei.xml").write_bytes(content)
    told = refused("archive", "validate", folder, "--service", server.url)

    assert reason in told
    assert "zwei.xml was not sent" in told
    assert REAL not in told
    assert server.bodies == []


def test_a_real_person_in_the_frame_is_refused(folder, serve):
    server = serve((200, b""))
    (folder / "frame.xml").write_bytes(frame().replace(PERSON.encode(), REAL.encode()))

    assert "not of the 900 series" in refused(
        "archive", "validate", folder, "--service", server.url
    )
    assert server.bodies == []


def test_what_the_service_would_not_take_is_not_sent(folder, serve):
    server = serve((200, b""))
    other = f"{OID}8"
    (folder / "a.xml").write_bytes(document(oid=other))
    (folder / "loose.xml").write_bytes(frame(oid=f"{OID}9"))
    result = validate(folder, server)
    rows = {row["file"]: row for row in json.loads(result.stdout)}

    assert result.exit_code == 3
    assert rows["a.xml"]["finding"] == "it has no message frame beside it"
    assert rows["loose.xml"]["finding"] == "its document is not beside it"
    assert rows["one.xml"]["state"] == "accepted"
    assert len(server.bodies) == 1


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ((document().replace(b"\n", b"\r\n"), frame()), "line ends other than LF"),
        ((document()[document().index(b"\n") + 1 :], frame()), "not just one XML declaration"),
        ((document(), frame().replace(b"1.2.246.537.6.1503.", b"1.2.246.537.6.9.")),
         "names no service request"),
    ],
)  # fmt: skip
def test_form_is_looked_at_before_sending(changed, reason):
    assert reason in request("one", *changed).reason


def test_signatures_and_pictures_are_not_taken_for_identity_codes():
    packed = "A" * 40 + "123456A123B" + "A" * 40
    logo = f'<div><img alt="" src="data:image/png;base64,{packed}"/></div>'

    assert isinstance(request("one", with_view(logo.encode()), frame()), Request)


@pytest.mark.parametrize(
    "url", ["ftp://host/x", "host/x", "http://", "http://[::1", "http://h:x/"]
)
def test_an_address_that_is_none_is_refused(folder, url):
    assert "must begin with http://" in refused("archive", "validate", folder, "--service", url)


def test_findings_of_the_service_are_made_safe_to_show():
    answer = understood(400, json.dumps({"description": f"1: hetu {REAL} \u001b[31m"}).encode())
    one = understood(400, json.dumps({"description": "x" * 2000}).encode())

    assert answer.findings[0].text == "hetu * \ufffd[31m"
    assert len(one.findings[0].text) <= answering.LONGEST + 2
    assert answer.why() == ""


def test_the_same_error_is_raised_for_reading_in_process():
    with pytest.raises(NotTestDataError):
        request("x", b"no xml", None)
