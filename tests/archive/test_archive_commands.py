"""The commands from signing to acceptance, as a person types them."""

import base64
import json
import re

import openpyxl
import polars as pl
import pytest
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding

from kirjaamo.samples.documents import document as national
from tests.archive.authority import document, frame
from tests.archive.test_keys import as_pkcs12
from tests.browser import violations
from tests.command_line import kirjaamo, refused

PASSWORD = "hyvin salainen"  # of a key that is made for the tests
AT = "2026-03-05T09:20:00+02:00"
NOW = ("--at", "2026-03-06T09:00:00+02:00")
PLAN = "1.2.246.537.6.1506.15007.2024.11.28"

SETTINGS = """
[organisation]
name = "Kaskivuoren hyvinvointialue"
[hand_over]
key = "seal.p12"
trusted = ["ca.pem"]
prefix = "kaskivuori"
documents = 3
"""


def archive(*words, **more):
    return kirjaamo("archive", *words, **more)


@pytest.fixture
def here(workspace, seal, authority, monkeypatch):
    """Return a workspace with a key, a trusted certificate and documents to sign."""
    (workspace / "kirjaamo.toml").write_text(SETTINGS)
    hiding = BestAvailableEncryption(PASSWORD.encode())
    (workspace / "seal.p12").write_bytes(as_pkcs12(seal, hiding))
    (workspace / "ca.pem").write_bytes(authority.certificate.public_bytes(Encoding.PEM))
    (workspace / "documents").mkdir()
    for number in range(4):
        (workspace / f"documents/{number}.xml").write_bytes(document(number))
        (workspace / f"documents/f{number}.xml").write_bytes(frame(number))
    monkeypatch.setenv("KIRJAAMO_KEY_PASSWORD", PASSWORD)
    return workspace


@pytest.fixture
def packed(here):
    """Return the workspace with two packages."""
    assert archive("sign", "documents", "-o", "signed", "--at", AT).exit_code == 0
    made = archive("pack", "signed", "-o", "packages", "--day", "2026-03-06", *NOW)
    assert made.exit_code == 0, made.stderr
    return here


def filled(path, answer):
    """Fill a protocol as a person would."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[1]
    column = next(cell.column for cell in sheet[1] if str(cell.value).startswith("same?"))
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, column).value = answer
    book.save(path)


def test_the_chain_from_signing_to_acceptance(packed, tmp_path):
    one = "packages/kaskivuori-0001"
    verified = archive("verify", "signed", one, "packages/kaskivuori-0002", *NOW)
    sampled = archive("sample", one, "-o", "p.xlsx", "--size", 1, *NOW)
    early = archive("accept", one, "--step", "transferred", "--statement", "sent", *NOW)
    bare = archive("accept", one, "--step", "tested", "--statement", "ok", *NOW)
    unfilled = archive(
        "accept", one, "--step", "tested", "--statement", "ok", "--protocol", "p.xlsx", *NOW
    )
    filled("p.xlsx", "yes")
    tested = archive(
        "accept", one, "--step", "tested", "--statement", "ok", "--protocol", "p.xlsx", *NOW
    )
    sent = archive("accept", one, "--step", "transferred", "--statement", "sent", *NOW)
    done = archive("accept", one, "--step", "accepted", "--statement", "answer 1",
                   "--evidence", "ca.pem", "-o", "record.json", *NOW)  # fmt: skip
    page = archive("record", "kaskivuori-0001", "-o", "record.html")
    listed = archive("packages", "--format", "json")
    unpacked = archive("unpack", one, "packages/kaskivuori-0002", "-o", "out", *NOW)

    assert verified.exit_code == 0, verified.stdout
    assert "Verified 8 documents; found 0." in verified.stderr
    assert sampled.exit_code == 0, sampled.stderr
    assert early.exit_code == 4
    assert "is packed; it becomes transferred only when it is tested" in early.stderr
    assert (bare.exit_code, "--protocol" in bare.stderr) == (2, True)
    assert (unfilled.exit_code, "rows without a mark" in unfilled.stderr) == (1, True)
    assert [each.exit_code for each in (tested, sent, done, page, unpacked)] == [0] * 5
    assert "kaskivuori-0001 is accepted." in done.stdout
    record = json.loads((packed / "record.json").read_text())
    assert [step["state"] for step in record["steps"]] == [
        "packed", "tested", "transferred", "accepted",
    ]  # fmt: skip
    assert all(step["who"] and re.fullmatch(r"[0-9a-f]{64}", step["evidence"])
               for step in record["steps"])  # fmt: skip
    assert [row["status"] for row in json.loads(listed.stdout)] == ["accepted", "packed"]
    assert "Documents accepted: 3" in listed.stderr
    assert sorted(p.name for p in (packed / "out").iterdir()) == sorted(
        p.name for p in (packed / "documents").iterdir()
    )


def test_a_refused_package_lets_its_documents_go(packed):
    one = "packages/kaskivuori-0001"
    refused_ = archive("accept", one, "--step", "refused", "--statement", "index missing", *NOW)
    again = archive("pack", "signed", "-o", "again", *NOW)
    twice = archive("accept", one, "--step", "refused", "--statement", "again", *NOW)

    assert refused_.exit_code == 0, refused_.stderr
    assert again.exit_code == 4  # the documents of the second package are packed still
    assert "1 documents cannot be packed" in again.stderr
    assert twice.exit_code == 4


def test_a_protocol_that_tells_of_a_difference_stops_the_package(packed):
    one = "packages/kaskivuori-0001"
    archive("sample", one, "-o", "p.xlsx", *NOW)
    filled("p.xlsx", "no")
    stopped = archive(
        "accept", one, "--step", "tested", "--statement", "x", "--protocol", "p.xlsx", *NOW
    )

    assert (stopped.exit_code, "marked as different" in stopped.stderr) == (1, True)
    assert "can be read" in refused(
        "archive", "accept", one, "--step", "tested", "--statement", "x",
        "--protocol", "ca.pem", *NOW,
    )  # fmt: skip


def test_another_package_of_the_same_name_takes_no_step(packed, tmp_path):
    other = tmp_path / "other/kaskivuori-0001"
    other.parent.mkdir()
    (packed / "packages/kaskivuori-0002").rename(other)

    result = archive("accept", other, "--step", "refused", "--statement", "x", *NOW)
    assert result.exit_code == 0  # a refusal needs no package that holds

    (packed / "packages/kaskivuori-0001").rename(packed / "packages/kaskivuori-0002")
    archive("sample", "packages/kaskivuori-0002", "-o", "p.xlsx", *NOW)
    filled("p.xlsx", "yes")
    result = archive("accept", "packages/kaskivuori-0002", "--step", "tested", "--statement",
                     "x", "--protocol", "p.xlsx", *NOW)  # fmt: skip
    assert (result.exit_code, "its hash is another one" in result.stderr) == (4, True)


def test_the_protocol_compares_with_the_source_and_reveals_only_there(packed):
    tree = national(PLAN, "all")
    told = [f"{number}.json" for number in range(3)]
    (packed / "source").mkdir()
    for name in told:
        oid = f"1.2.246.10.90000011.95.2026.{name[0]}"
        (packed / f"source/{oid}.json").write_text(json.dumps(tree))
    result = archive("sample", "packages/kaskivuori-0001", "-o", "p.html", "--against", "source",
                     *NOW)  # fmt: skip
    trail = kirjaamo("migrate", "audit", "export").stdout

    assert result.exit_code == 0, result.stderr
    assert (
        "cannot be read" in (packed / "p.html").read_text()
    )  # the small ones have no structure
    assert "sample revealed" in trail
    assert "must end with .xlsx or .html" in refused(
        "archive", "sample", "packages/kaskivuori-0001", "-o", "p.docx", *NOW
    )


def whole(number, tree):
    """Return a small archive document with a national body and its view."""
    from kirjaamo.archive.view import view
    from kirjaamo.classifications import structures

    oid = f"1.2.246.10.90000011.95.2026.{number}"
    shown = base64.b64encode(view(tree, structures.get(PLAN), language="fi", oid=oid)).decode()
    body = base64.b64encode(json.dumps(tree).encode()).decode()
    text = document(number, header='<languageCode code="FI"/>').decode()
    text = re.sub(r'B64">[^<]*<', f'B64">{shown}<', text)
    text = re.sub(r"json>[^<]*<", f"json>{body}<", text)
    told = f"<hl7fi:contentSpecificationId>{PLAN}</hl7fi:contentSpecificationId>"
    return text.replace("</hl7fi:localSocialHeader>", f"{told}</hl7fi:localSocialHeader>")


def test_the_protocol_goes_through_every_field(here):
    tree = national(PLAN, "all")
    other = national(PLAN, "required")
    for path in (here / "documents").iterdir():
        path.unlink()
    for number, held in ((1, tree), (2, other)):
        (here / f"documents/{number}.xml").write_text(whole(number, held))
    lines = [{"id": f"1.2.246.10.90000011.95.2026.{n}", "document": tree} for n in (1, 2)]
    (here / "documents.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    archive("sign", "documents", "-o", "signed", "--at", AT)
    archive("pack", "signed", "-o", "packages", "--zip", *NOW)
    result = archive("sample", "packages/kaskivuori-0001.zip", "-o", "p.xlsx",
                     "--against", "documents.jsonl", *NOW)  # fmt: skip
    book = openpyxl.load_workbook(here / "p.xlsx", read_only=True)
    rows = list(book.worksheets[1].iter_rows(values_only=True))
    book.close()
    facts = pl.DataFrame(rows[1:], schema=list(map(str, rows[0])), orient="row")
    first, second = (
        facts.filter(pl.col("document").str.ends_with(f".{number}")) for number in (1, 2)
    )

    assert result.exit_code == 0, result.stderr
    assert set(first["equal"]) == {"yes"}
    assert "shows what the body says" in first["in the package"].to_list()
    assert "no" in second["equal"].to_list()
    assert first.height > 40


def test_what_was_changed_is_told_with_the_layer_that_found_it(packed):
    path = packed / "signed/1.xml"
    path.write_bytes(
        path.read_bytes().replace(b'versionNumber value="1"', b'versionNumber value="2"')
    )
    result = archive("verify", "signed", "--format", "json", *NOW)
    swedish = archive("verify", "signed", "--lang", "sv", *NOW)
    found = json.loads(result.stdout)

    assert result.exit_code == 1
    assert {(row["file"], row["found_by"], row["word"]) for row in found} == {
        ("1.xml", "hash", "changed"),
        ("1.xml", "ledger", "ledger"),
    }
    assert "förteckningen" in swedish.stdout


def test_a_lone_document_is_not_called_whole(here, tmp_path_factory, monkeypatch):
    archive("sign", "documents", "-o", "signed", "--at", AT)
    place = tmp_path_factory.mktemp("elsewhere")
    (place / "0.xml").write_bytes((here / "signed/0.xml").read_bytes())
    inside = archive("verify", place / "0.xml", *NOW)
    blind = archive("verify", place / "0.xml", "--without-ledger", *NOW)
    monkeypatch.chdir(place)
    outside = archive("verify", "0.xml", "--ca", here / "ca.pem", *NOW)

    assert [each.exit_code for each in (inside, blind, outside)] == [0, 3, 3]
    assert "a changed header stays unseen" in outside.stdout


def test_signing_needs_a_key_its_password_and_a_valid_certificate(here, monkeypatch):
    sign = ("archive", "sign", "documents", "-o", "signed", "--at", AT)
    early = refused(*sign[:-1], "2019-03-05T09:20:00+02:00")
    time = refused(*sign[:-1], "eilen")
    zone = refused(*sign[:-1], "2026-03-05T09:20:00")
    monkeypatch.setenv("KIRJAAMO_KEY_PASSWORD", "wrong")
    wrong = refused(*sign)
    monkeypatch.delenv("KIRJAAMO_KEY_PASSWORD")
    missing = refused(*sign)
    half = refused(*sign, "--kind", "professional", "--given", "Aino")
    (here / "kirjaamo.toml").write_text("")
    none = refused(*sign)
    untrusted = refused("archive", "verify", "documents")

    assert "not at the time of signing 2019-03-05" in early
    assert "no time with its zone" in time
    assert "no time with its zone" in zone
    assert "wrong or missing" in wrong
    assert "wrong or missing" in missing
    assert "--registration" in half
    assert "Give the key" in none
    assert "--ca" in untrusted
    assert not (here / "signed").exists()


def test_the_password_comes_from_a_file_or_a_prompt_and_is_never_shown(here, monkeypatch):
    monkeypatch.delenv("KIRJAAMO_KEY_PASSWORD")
    (here / "password").write_text(f"{PASSWORD}\n")
    from_file = archive(
        "sign", "documents", "-o", "a", "--password-file", "password", "--at", AT
    )
    missing = refused("archive", "sign", "documents", "-o", "b", "--password-file", "none")
    monkeypatch.setattr("kirjaamo.cli.archive_keys._is_asked", lambda: True)
    asked = archive("sign", "documents", "-o", "c", "--at", AT, "--kind", "professional",
                    "--registration", "1", "--given", "Aino", "--family", "Koe",
                    input=f"{PASSWORD}\n")  # fmt: skip

    assert from_file.exit_code == asked.exit_code == 0, (from_file.stderr, asked.stderr)
    assert "no such file" in missing
    assert PASSWORD not in from_file.output + asked.output
    assert "Aino" in (here / "c/0.xml").read_text()


def test_an_annex_is_written_as_text_and_page(here, visit):
    text = archive("annex", "-o", "annex.md", "--size", 7, "--days", 14)
    page = archive("annex", "-o", "annex.html")

    assert text.exit_code == page.exit_code == 0
    written = (here / "annex.md").read_text()
    assert "| 4.1 | Paketti testataan ennen luovutusta" in written
    assert "7 asiakirjaa kustakin rakenteesta" in written
    assert "14 päivän kuluessa" in written
    assert "enintään 3 asiakirjaa" in written
    assert "{" not in written
    opened = visit(here / "annex.html")
    assert violations(opened) == []
    assert opened.locator("html").get_attribute("lang") == "fi"
    assert ".md, .html" in refused("archive", "annex", "-o", "annex.docx")


def test_the_pages_of_testing_and_acceptance_are_accessible(packed, visit):
    archive("sample", "packages/kaskivuori-0001", "-o", "p.html", *NOW)
    archive("record", "kaskivuori-0001", "-o", "r.html")

    for name in ("p.html", "r.html"):
        assert violations(visit(packed / name)) == []
    assert "no package called" in refused("archive", "record", "none", "-o", "r.html")


def test_a_document_is_shown_as_a_page(here):
    (here / "plan.json").write_text(json.dumps(national(PLAN, "all")))
    (here / "whole.xml").write_text(whole(1, national(PLAN)))
    made = archive("view", "plan.json", "--language", "sv", "-o", "plan.html")
    stored = archive("view", "whole.xml")
    named = archive("view", "plan.json", "--structure", PLAN)
    trail = kirjaamo("migrate", "audit", "export").stdout

    assert made.exit_code == stored.exit_code == named.exit_code == 0, stored.stderr
    assert "Klientplan inom servicen" in (here / "plan.html").read_text()
    assert '<article lang="fi">' in stored.stdout
    assert trail.count("document shown") == 3


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("broken.json", b"{", "not whole JSON"),
        ("unknown.json", b'{"tuntematon": {}}', "structure is not known"),
        ("none.txt", b"", "not whole JSON"),
        ("damaged.xml", b"<a", "container is broken"),
        ("bare.xml", document(), "is not shown: its root is not a div"),
        ("empty.xml", re.sub(rb'B64">[^<]*<', b'B64"><', document()), "cannot be read"),
    ],
)
def test_what_cannot_be_shown_is_one_sentence(here, name, content, reason):
    (here / name).write_bytes(content)

    assert reason in refused("archive", "view", name)
