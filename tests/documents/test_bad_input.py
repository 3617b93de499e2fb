"""Documents that somebody damaged: a finding or one clear error each, and never a traceback."""

import base64
import datetime as dt
import io
import json
import tracemalloc
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kirjaamo import findings, validators
from kirjaamo.classifications import Codes
from kirjaamo.classifications.structures.checking import Library
from kirjaamo.documents.model import Raw
from kirjaamo.documents.parsing import DAMAGES, Damaged, parse
from kirjaamo.documents.reading import documents
from kirjaamo.engines.document_driver import add_documents
from kirjaamo.engines.documents import Checker
from kirjaamo.engines.pack import Context
from kirjaamo.engines.tally import Tally
from kirjaamo.errors import KirjaamoError
from kirjaamo.rules import Kind
from kirjaamo.samples.documents import Documents

OID = "1.2.246.537.6.1506.11002.2023.9.8"
ROOT = "lastensuojelun_palvelu__tai_tukitoimipaatos"
RULES = [rule for rule in validators.rules().values() if rule.kind is Kind.DOCUMENT]
CONTEXT = Context(dt.date(2026, 6, 1), Codes())
LIBRARY = Library()
CHECKER = Checker(LIBRARY, RULES, CONTEXT)
WHOLE = json.dumps(Documents(LIBRARY.structures).make(OID)).encode()

CDA = """<?xml version="1.0"?>{dtd}
<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:s="urn:hl7finland">
 <id root="1.2.246.10.2048198.14.1"/><setId root="1.2.246.10.2048198.14.2"/>
 <s:contentSpecificationId text="{oid}"/><s:json>{body}</s:json></ClinicalDocument>"""


def cda(body, *, dtd="", oid=OID):
    return CDA.format(body=body, dtd=dtd, oid=oid).encode()


def packed(content):
    return base64.b64encode(content).decode()


DAMAGED = {
    "nothing": (b"", "json"),
    "cut off": (WHOLE[:200], "json"),
    "two documents": (WHOLE + WHOLE, "json"),
    "a list": (b"[1]", "object"),
    "no root": (b"{}", "object"),
    "two roots": (b'{"a": {}, "b": {}}', "object"),
    "a root twice": (b'{"a": {}, "a": {}}', "duplicate"),
    "a key twice": (b'{"a": {"b": 1, "c": 2, "b": 3}}', "duplicate"),
    "a key twice, with odd space": (b'{"a": {"b" :1, "b":1}}', "duplicate"),
    "a key twice, written with escapes": (b'{"a":{"b":1,"\\u0062":"\\u003a"}}', "duplicate"),
    "deep lists": (b'{"a":' + b"[" * 10_000 + b"]" * 10_000 + b"}", "depth"),
    "deep objects": (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, "depth"),
    "a number out of range": (b'{"a": {"b": 1e999}}', "number"),
    "a number of 5000 digits": (b'{"a": ' + b"9" * 5000 + b"}", "number"),
    "not a number": (b'{"a": {"b": NaN}}', "number"),
    "minus infinity": (b'{"a": [-Infinity]}', "number"),
    "Latin-1": ('{"a": "ä"}'.encode("latin-1"), "encoding"),
    "UTF-16": ('{"a": "ä"}'.encode("utf-16"), "encoding"),
    "a byte order mark": (b"\xef\xbb\xbf" + WHOLE, "encoding"),
}


@pytest.mark.parametrize(("content", "damage"), DAMAGED.values(), ids=DAMAGED)
def test_damaged_bytes_are_named(content, damage):
    with pytest.raises(Damaged, match=f"^{damage}$"):
        parse(content)

    assert found(Raw("x", 1, content, OID)) == [("", "ST001", f'{{"damage": "{damage}"}}')]


@pytest.mark.parametrize(
    "content",
    [
        b'{"a":"\\u003a"}',
        b'{"a" : {"b:" : ": \\":", "c": 1.50}}',
        '{"a": "ä"}'.encode(),
        b' \n{"a": []}\n',
    ],
)
def test_unusual_but_right_bytes_are_read(content):
    assert parse(content) == json.loads(content)


def found(raw, checker=CHECKER):
    return [(place, rule, parameters) for _, place, rule, parameters in checker.check(raw)]


def test_every_damage_has_a_sentence():
    assert {damage for _, damage in DAMAGED.values()} < set(DAMAGES)


def test_nesting_below_the_parsers_limit_is_damage_too():
    content = json.dumps({ROOT: {"lisatiedot": json.loads("[" * 300 + "]" * 300)}}).encode()

    assert found(Raw("x", 1, content, OID)) == [("", "ST001", '{"damage": "depth"}')]


@pytest.mark.parametrize("wrong", ["1", '"x"', "[]", '{"sukunimi": 1}'])
def test_huge_lists_take_bounded_memory_and_time(wrong):
    items = ",".join([wrong] * 300_000)
    content = f'{{"{ROOT}": {{"asiakas": [{items}]}}}}'.encode()
    CHECKER.compiled(OID, dt.date(2026, 6, 1))
    tracemalloc.start()

    result = found(Raw("x", 1, content, OID))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert 1000 < len(result) < 5000
    assert peak < 400 << 20


def test_what_is_wrong_far_down_a_huge_list_is_still_found():
    tree = json.loads(WHOLE)
    tree[ROOT]["asiakas"] *= 5000
    tree[ROOT]["asiakas"].append(1)

    places = [(p, r) for p, r, _ in found(Raw("x", 1, json.dumps(tree).encode(), OID))]

    assert (f"/{ROOT}/asiakas/5000", "ST005") in places


@pytest.mark.parametrize(
    ("content", "damage"),
    {
        "no XML": (b"<a", "container"),
        "no body": (b"<a/>", "container"),
        "broken base64": (cda("%%%"), "base64"),
        "a document type": (cda(packed(WHOLE), dtd="<!DOCTYPE a>"), "entity"),
        "an outside document type": (
            cda(packed(WHOLE), dtd='<!DOCTYPE a SYSTEM "x">'),
            "entity",
        ),
        "entities": (cda("&e;", dtd='<!DOCTYPE a [<!ENTITY e "eA==">]>'), "entity"),
        "another encoding than told": (
            "<?xml version='1.0'?><a>ä</a>".encode("latin-1"),
            "container",
        ),
        "not JSON inside": (cda(packed(b"x")), "json"),
    }.values(),
)
def test_damaged_archive_documents_are_named(tmp_path, content, damage):
    (tmp_path / "a.xml").write_bytes(content)

    (raw,) = documents(tmp_path)

    assert found(raw) == [("", "ST001", f'{{"damage": "{damage}"}}')]


def test_an_archive_document_is_read_with_its_metadata(tmp_path):
    (tmp_path / "a.xml").write_bytes(cda(packed(WHOLE)))

    (raw,) = documents(tmp_path / "a.xml")

    assert (raw.structure, raw.content) == (OID, WHOLE)
    assert raw.metadata == {
        "document_id": "1.2.246.10.2048198.14.1",
        "set_id": "1.2.246.10.2048198.14.2",
    }


def zipped(members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    (tmp_path / "a.zip").write_bytes(zipped({"a.json": b"0" * (8 << 20)}))

    with pytest.raises(KirjaamoError):
        list(documents(tmp_path))


def test_a_damaged_member_leaves_the_others_alone(tmp_path):
    content = bytearray(zipped({f"{OID}/a.json": WHOLE, f"{OID}/b.json": WHOLE[::-1]}))
    content[120:160] = bytes(40)
    (tmp_path / "a.zip").write_bytes(content)

    raws = list(documents(tmp_path))

    assert [raw.damage for raw in raws] == ["container", ""]
    assert raws[1].content == WHOLE[::-1]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", zipped({"a.json": WHOLE})[:-40]])
def test_a_damaged_zip_is_one_finding(tmp_path, content):
    (tmp_path / "a.zip").write_bytes(content)

    assert [raw.damage for raw in documents(tmp_path)] == ["container"]


def test_a_line_that_is_too_long_does_not_hide_the_next(tmp_path, monkeypatch):
    monkeypatch.setattr("kirjaamo.documents.reading.LARGEST", 100)
    (tmp_path / "a.jsonl").write_bytes(b"x" * 350 + b'\n\n{"a": 1}\n')

    assert [(r.number, r.damage, r.content) for r in documents(tmp_path)] == [
        (1, "size", b""),
        (3, "", b'{"a": 1}\n'),
    ]


def test_a_file_that_is_not_there_is_one_clear_error(tmp_path):
    with pytest.raises(KirjaamoError, match=r"nothing\.json"):
        list(documents(tmp_path / "nothing.json"))


def test_folders_with_names_of_documents_are_walked_into(tmp_path):
    (tmp_path / "a.json").mkdir()
    (tmp_path / "a.json" / "b.json").write_bytes(WHOLE)

    assert [raw.source for raw in documents(tmp_path)] == ["a.json/b.json"]


@pytest.mark.parametrize("suffix", [".json", ".jsonl", ".xml", ".zip"])
@given(content=st.binary(max_size=300) | st.text(max_size=100).map(str.encode))
@settings(max_examples=25, deadline=None, derandomize=True)
def test_any_bytes_give_findings(tmp_path_factory, suffix, content):
    path = tmp_path_factory.mktemp("any") / f"a{suffix}"
    path.write_bytes(content)

    for raw in documents(path):
        assert {rule for _, rule, _ in found(raw)} <= {"ST001", "ST002"}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.floats(allow_nan=False) | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["asiakas", "paatos", "henkilotunnus", "x"]), inner)
    ),
)


@given(body=JSON)
@settings(max_examples=50, deadline=None, derandomize=True)
def test_any_tree_gives_findings(body):
    content = json.dumps({ROOT: body}).encode()

    assert found(Raw("x", 1, content, OID))


def test_several_processes_find_what_one_finds(tmp_path):
    samples = Documents(LIBRARY.structures)
    oids = LIBRARY.structures.versions()["oid"].to_list()[::40]
    lines = [json.dumps(samples.make(oid, "random", n)) for oid in oids for n in range(3)]
    damaged = [line.replace('"20', '"19', 1) for line in lines] + ["{", '{"x": {}}']
    (tmp_path / "a.jsonl").write_text("\n".join(lines + damaged), "utf-8")

    one, two = (run(tmp_path, jobs) for jobs in (1, 2))

    assert one.height > 10
    assert one.equals(two)
    assert one["column"].str.len_chars().max() > 0


def run(folder, jobs):
    tally = Tally()
    add_documents(tally, [folder], RULES, library=LIBRARY, context=CONTEXT, jobs=jobs)
    return findings.concat(tally.finish(RULES, CONTEXT).findings)
