"""``kirjaamo archive build``, ``explain`` and ``fields``: from records to checked files."""

import csv
import json
import shutil
from pathlib import Path

import orjson
import pytest
from lxml import etree

from kirjaamo.archive.building import Maker, metadata
from kirjaamo.archive.building.running import made
from kirjaamo.archive.checking import Means
from kirjaamo.archive.fields import fields
from tests.archive import material
from tests.command_line import kirjaamo, refused

AT = "2026-03-05T09:20:00+02:00"
FOLDER = Path(__file__).parent
SECOND = "1.2.246.10.90000011.95.2026.8"


@pytest.fixture
def workspace(tmp_path, monkeypatch):
    """Return a workspace with two documents and their metadata."""
    shutil.copy(FOLDER / "workspace.toml", tmp_path / "kirjaamo.toml")
    source = tmp_path / "source"
    source.mkdir()
    one = material.plain_case()
    for oid in (material.OID, SECOND):
        (source / f"{oid}.json").write_bytes(one.content)
    (tmp_path / "document.csv").write_text(
        "document_id;set_id;version;matter_id;structure;service_task;authored;client_ids;author\n"
        f"{material.OID};;1;{material.MATTER};{material.DECISION};24;{AT};C1;W1\n"
        f"{SECOND};{material.OID};2;{material.MATTER};{material.DECISION};24;2026-03-04;C1;W1\n"
    )
    (tmp_path / "client.jsonl").write_bytes(
        orjson.dumps({
            "client_id": "C1", "identity_code": material.PERSON,
            "first_names": "Aino Maria", "last_name": "Malli",
        }) + b"\n"
    )  # fmt: skip
    (tmp_path / "worker.csv").write_text(
        "worker_id,registration_number,first_names,last_name\nW1,12345678901,Eeva,Esimerkki\n"
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


def build(*more, output="out"):
    return kirjaamo(
        "archive", "build", "source", "-o", output, "--at", AT, "--table", "document=document.csv",
        "--table", "client=client.jsonl", "--table", "worker=worker.csv", *more,
    )  # fmt: skip


def files(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_documents_with_a_table_are_built_and_pass_the_check(workspace):
    done = build("--provenance", "told.jsonl", "--held", "held.csv")
    assert done.exit_code == 0, done.stderr
    assert "Built 2 documents; held 0." in done.stderr
    assert kirjaamo("archive", "check", "out").exit_code == 0

    second = next((workspace / "out" / "documents").rglob(f"{SECOND}.xml"))
    root = etree.fromstring(second.read_bytes())
    assert root.find("{*}versionNumber").get("value") == "2"
    assert root.find("{*}relatedDocument/{*}parentDocument/{*}id").get("root") == material.OID
    assert root.find("{*}effectiveTime").get("value") == "20260304120000+0200"
    told = [json.loads(line) for line in (workspace / "told.jsonl").read_text().splitlines()]
    assert told[1]["document"] == SECOND
    assert told[1]["fields"]["replaced_id"] == "computed earlier_version"
    assert material.PERSON not in (workspace / "told.jsonl").read_text()


def test_building_twice_and_in_two_processes_gives_the_same_files(workspace):
    assert build().exit_code == 0
    assert build("--jobs", 2, output="again").exit_code == 0

    assert files(workspace / "out") == files(workspace / "again")


def test_what_was_built_begins_its_life_in_the_ledger_as_surveyed(workspace):
    build()
    build(output="again")

    assert "Documents surveyed: 2" in kirjaamo("archive", "packages").stderr


def test_a_limit_takes_the_first_documents(workspace):
    build("--limit", 1)

    assert len(files(workspace / "out")) == 2


def test_held_documents_are_listed_without_values(workspace):
    table = workspace / "document.csv"
    table.write_text(table.read_text().replace(f"{material.MATTER};", "Salainen;", 1))
    done = build("--held", "held.csv")

    assert done.exit_code == 1
    assert "Held 1 documents: matter_id: it has not the form that is needed." in done.stderr
    rows = [
        *csv.reader((workspace / "held.csv").read_text("utf-8-sig").splitlines(), delimiter=";")
    ]
    assert rows[1][:4] == ["document.csv", "2", "matter_id", "form"]
    assert "Salainen" not in (workspace / "held.csv").read_text() + done.output
    assert len(files(workspace / "out")) == 2


def test_an_identifier_that_stands_twice_is_held(workspace):
    table = workspace / "document.csv"
    lines = table.read_text().splitlines(keepends=True)
    table.write_text("".join([*lines[:2], lines[1]]))

    assert "document_id: the identifier stands twice" in build().stderr


def test_documents_without_a_file_are_held(workspace):
    (workspace / "source" / f"{SECOND}.json").unlink()

    assert "body: there is no file" in build().stderr


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("document.csv", "set_id\n1\n", "no column “document_id”"),
        ("document.csv", "document_id;hetu\n1;2\n", "nobody reads its column “hetu”"),
        ("document.csv", "document_id;set_id\n1;2;3\n", "row 2 cannot be read"),
        (
            "document.csv",
            "document_id;file\n1;../kirjaamo.toml\n",
            "row 2 names a file outside",
        ),
        ("client.jsonl", "{", "row 1 cannot be read"),
        (
            "client.jsonl",
            '{"client_id":"C1"}\n{"client_id":"C1"}\n',
            "a key stands twice, in row 2",
        ),
        ("worker.csv", "worker_id,salary\n", "nobody reads its column “salary”"),
    ],
)
def test_broken_tables_are_one_sentence(workspace, name, text, said):
    (workspace / name).write_text(text)
    done = build()

    assert done.exit_code == 2
    assert said in done.stderr
    assert not (workspace / "out").exists()


def test_tables_that_are_no_text_or_not_there_are_one_sentence(workspace):
    (workspace / "worker.csv").write_bytes(b"worker_id\n\xff\n")
    assert "it is no UTF-8 table" in build().stderr
    (workspace / "worker.csv").unlink()
    assert "there is no such file" in build().stderr


def test_sources_and_tables_are_asked_for_in_words(workspace):
    said = refused("archive", "build", "source", "-o", "out")
    assert "holds no documents to build" in said
    assert (
        "TABLE=FILE" in kirjaamo("archive", "build", "source", "-o", "o", "--table", "x").stderr
    )
    (workspace / "full").mkdir()
    (workspace / "full" / "a").write_text("a")
    assert build(output="full").exit_code == 4


def test_missing_settings_stop_the_build_with_all_their_names(workspace):
    (workspace / "kirjaamo.toml").write_text('[organisation]\noid = "1.2.246.10.90000011"\n')
    done = build()

    assert done.exit_code == 2
    for name in ("organisation.name", "organisation.controller", "archive.receiver"):
        assert name in done.stderr


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["service process", "from the mapping archive.service_process", "not known"]),
        ("fi", ["Palveluprosessi", "tunnetaan"]),
        ("sv", ["Serviceprocess", "är känt"]),
    ],
)
def test_a_field_is_explained_in_three_languages(language, words):
    said = kirjaamo("archive", "explain", "service_process", "--lang", language).stdout

    for word in words:
        assert word in said
    assert "localSocialHeader/s:serviceProcess/s:code/@code" in said


def test_every_field_has_a_page_and_a_row():
    for name in fields():
        assert kirjaamo("archive", "explain", name).exit_code == 0
    rows = json.loads(kirjaamo("archive", "fields", "--format", "json").stdout)
    assert [row["field"] for row in rows] == list(fields())
    assert "There is no metadata field" in refused("archive", "explain", "nothing")


def test_columns_of_tables_are_those_that_somebody_reads():
    assert "guardian_disclosure" in metadata.columns("document")
    assert "registration_number" in metadata.columns("worker")
    assert metadata.key_of("client") == "client_id"


def test_cases_are_made_in_several_processes_in_their_order():
    cases = [material.case(document_id=f"{material.OID}.{number}") for number in range(3)]
    maker = Maker(material.ground(), Means())

    found = [one for chunk in made(cases, maker, 2) for _, _, one in chunk]
    assert [one.oid for one in found] == [f"{material.OID}.{number}" for number in range(3)]
