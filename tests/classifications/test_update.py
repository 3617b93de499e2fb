"""Fetching lists: a local server that follows the REST description, and all its bad days."""

import datetime as dt
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from kirjaamo.classifications import Codes
from kirjaamo.classifications.errors import CannotFetchError, CannotImportError
from kirjaamo.classifications.importing import store
from kirjaamo.classifications.update import Server, fetch
from tests.reference import DATA, needs_data

OID = "1.2.246.537.6.1248"
NOW = dt.datetime(2026, 3, 1, 12, 0, tzinfo=dt.UTC)
DESCRIPTION = DATA / "code_server_openapi_v6.yaml"


def concept(number):
    return {
        "classificationId": OID,
        "classificationName": "Ratkaisun laji",
        "versionId": f"{OID}.2014",
        "conceptCodeId": f"{number:04}",
        "status": "ACTIVE",
        "beginDate": "2014-01-01",
        "expirationDate": "2099-12-31",
        "attributes": [
            {"attributeName": "LongName", "attributeValue": [f"Ratkaisu {number}"]},
            {"attributeName": "Ruotsinkielinen nimi", "attributeValue": [f"Beslut {number}"]},
            {"attributeName": "HierarchyLevel", "attributeValue": ["0"]},
        ],
    }


VERSION = {
    "classificationId": OID,
    "versionId": f"{OID}.2014",
    "definitions": [
        {"fieldName": "LongName", "fieldType": "BASE"},
        {
            "fieldName": "Ruotsinkielinen nimi",
            "fieldType": "ATTRIBUTE",
            "fieldSubType": "LONGTEXT",
            "xmlName": "longname",
            "xmlLanguageCode": "sv",
        },
    ],
}
NO_LIST = {"name": "NOT_FOUND", "message": "Classification is not found."}


class CodeServer(ThreadingHTTPServer):
    """Gives the codes it holds; ``spoil(number, answer)`` may change the answer number so."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answer)
        self.codes = [concept(n) for n in range(1, 1203)]
        self.version = VERSION
        self.spoil = lambda _number, answer: answer
        self.asked = []
        self.answers = []

    def handle_error(self, *_):
        """Keep quiet: a client that lost patience has hung up."""

    def settings(self, **facts):
        return Server(
            f"http://127.0.0.1:{self.server_port}/csapi",
            **({"timeout": 5, "backoff": 0} | facts),
        )


class Answer(BaseHTTPRequestHandler):
    """Answers one question."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        """Keep quiet."""

    def do_GET(self):
        self.server.asked.append(self.path)
        status, body = self.server.spoil(len(self.server.asked), self.answer())
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def answer(self):
        address = urlsplit(self.path)
        given = parse_qs(address.query)
        where = address.path.removeprefix(f"/csapi/v6/classifications/{OID}/")
        if where == f"versions/{OID}.2014" and self.server.version:
            answer = 200, self.server.version
        elif where == "conceptcodes":
            answer = 200, self.page(int(given["page"][0]), int(given["pageSize"][0]))
        else:
            answer = 404, NO_LIST
        self.server.answers.append(answer[1])
        return answer

    def page(self, number, size):
        codes = self.server.codes
        return {
            "conceptCodes": codes[(number - 1) * size : number * size],
            "pageSize": size,
            "page": number,
            "totalItems": len(codes),
            "totalPages": max(1, -(-len(codes) // size)),
        }


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with CodeServer() as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def fetched(server, oid=OID, **facts):
    return fetch(server.settings(**facts), oid, lambda: NOW)


def test_a_list_of_several_pages_comes_whole_with_both_names(server, tmp_path):
    export, origin = fetched(server)
    stored = store(tmp_path, OID, export, origin)

    mine = Codes(tmp_path).get(OID)
    assert stored.codes == 1202
    assert mine.frame.row(1201, named=True) == {
        "code": "1202", "name_fi": "Ratkaisu 1202", "name_sv": "Beslut 1202", "parent": "",
        "valid_from": dt.date(2014, 1, 1), "valid_to": dt.date(2099, 12, 31), "status": "active",
        "confidence": "confirmed", "source": "REST service of the national code service",
    }  # fmt: skip
    assert mine.complete
    assert mine.edition == "2026-03-01"
    edition = yaml.safe_load((stored.folder / "edition.yaml").read_text("utf-8"))
    assert len(edition["made_from"]) == 3
    assert edition["retrieved_at"] == NOW


def test_every_status_is_asked_for_in_the_largest_pages(server):
    fetched(server)

    given = parse_qs(urlsplit(server.asked[0]).query)
    assert given["status"] == ["ACTIVE", "PROPOSAL", "DELETED"]
    assert given["pageSize"] == ["500"]
    assert [parse_qs(urlsplit(p).query).get("page") for p in server.asked] == [
        ["1"],
        ["2"],
        ["3"],
        None,
    ]


@needs_data
def test_the_answers_of_the_test_server_follow_the_rest_description(server):
    jsonschema = pytest.importorskip("jsonschema")
    schemas = yaml.safe_load(DESCRIPTION.read_text("utf-8"))["components"]
    fetched(server)
    with pytest.raises(CannotFetchError):
        fetched(server, "1.2.3")
    kinds = ["ConceptCodes"] * 3 + ["Version", "Error"]

    for kind, answer in zip(kinds, server.answers, strict=True):
        schema = {"$ref": f"#/components/schemas/{kind}", "components": schemas}
        jsonschema.Draft7Validator(schema).validate(answer)
        known = set(schemas["schemas"][kind]["properties"])
        assert set(answer) <= known


def test_a_list_without_definitions_has_no_swedish_names(server):
    server.version = None

    export, _ = fetched(server)

    assert {c.name_sv for c in export.concepts} == {""}


def test_a_server_that_stumbles_is_asked_again(server):
    server.spoil = lambda n, answer: (500, b"") if n in {1, 2} else answer

    export, _ = fetched(server)

    assert len(export.concepts) == 1202


def _without(name):
    return lambda _n, answer: (answer[0], {k: v for k, v in answer[1].items() if k != name})


def _with(**facts):
    return lambda _n, answer: (answer[0], answer[1] | facts)


def _on(number, spoil):
    return lambda n, answer: spoil(n, answer) if n == number else answer


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda _n, _a: (500, b""), "answered 500"),
        (lambda _n, _a: (503, NO_LIST), "answered 503"),
        (lambda _n, _a: (401, NO_LIST), "answered 401"),
        (lambda _n, _a: (204, b""), "answered 204"),
        (lambda _n, _a: (200, b'{"conceptCodes": ['), "not what the service describes"),
        (lambda _n, _a: (200, b"<html>maintenance</html>"), "not what the service describes"),
        (_with(conceptCodes={"1": 2}), "not what the service describes"),
        (_with(totalItems="many"), "not what the service describes"),
        (_with(totalItems=1203), "1203 codes were promised, 1202 came"),
        (_with(totalItems=1201), "1201 codes were promised, 1202 came"),
        (_with(totalPages=2), "1202 codes were promised, 1000 came"),
        (_with(totalPages=10**9), "does not say how many"),
        (_without("totalItems"), "does not say how many"),
        (_with(page=1), "page 2 was asked for"),
        (_on(2, _with(totalItems=1300)), "changed while it was read"),
        (_on(3, _with(conceptCodes=[])), "1202 codes were promised, 1000 came"),
        (_with(conceptCodes=[], totalItems=0, totalPages=0), "has no codes"),
    ],
)
def test_what_is_not_a_whole_list_is_refused(spoil, reason, server):
    server.spoil = spoil

    with pytest.raises(CannotFetchError) as caught:
        fetched(server, retries=1)

    assert reason in str(caught.value)
    assert OID in str(caught.value)


def test_a_list_that_the_server_does_not_have_is_named(server):
    with pytest.raises(CannotFetchError, match="does not know it"):
        fetched(server, "1.2.3")


def test_a_server_that_does_not_answer_in_time_is_given_up(server):
    def wait(_number, answer):
        time.sleep(0.4)
        return answer

    server.spoil = wait

    with pytest.raises(CannotFetchError, match="ReadTimeoutError"):
        fetched(server, timeout=0.1, retries=1)
    assert len(server.asked) == 2


def test_a_server_that_is_not_there_is_named():
    with pytest.raises(CannotFetchError, match="NewConnectionError"):
        fetch(Server("http://127.0.0.1:9", timeout=1, retries=0), OID, lambda: NOW)


def test_a_code_that_comes_twice_is_refused_when_the_list_is_stored(server, tmp_path):
    server.codes[1] = server.codes[0]
    export, origin = fetched(server)

    with pytest.raises(CannotImportError, match=r"page 1, code 2.*overlap.*page 1, code 1"):
        store(tmp_path / "own", OID, export, origin)
    assert not (tmp_path / "own").exists()


def test_the_proxy_of_the_environment_is_used(monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:3128")
    monkeypatch.setenv("no_proxy", "")

    with Server("http://codes.example/csapi").pool() as pool:
        assert pool.proxy.port == 3128
