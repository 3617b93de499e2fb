"""Bad input: one clear sentence and exit code 2, or a finding; never a traceback."""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kirjaamo.errors import ExitCode
from kirjaamo.sources import limits
from tests.command_line import AS_OF, kirjaamo, program, refused

PROFILE = """\
system: P
label: {fi: p, sv: p, en: p}
parts:
  - files: 'p*.csv'
    tables: {client: &client {fields: {client_id: Nr, identity_code: Code}}}
  - {files: 'p*.json', tables: {client: *client}}
  - {files: 'p*.jsonl', tables: {client: *client}}
  - {files: 'p*.xml', sheet: rows/row, tables: {client: *client}}
  - {files: 'p*.xlsx', sheet: Data, tables: {client: *client}}
"""
GOOD = b"Nr;Code\n1;010190-900U\n"
LOCKED = "EncryptedPackage".encode("utf-16-le")
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


@pytest.fixture
def place(tmp_path):
    """Return a function that makes a file beside a profile, and the words that check it."""
    (tmp_path / "profile.yaml").write_text(PROFILE)

    def made(name, content):
        (tmp_path / name).write_bytes(content)
        return (tmp_path / name, "--profile", tmp_path / "profile.yaml")

    return made


def findings(*words):
    """Return rule and row of what a check finds."""
    import json

    result = kirjaamo("check", *words, *AS_OF, "--format", "jsonl")
    assert result.exit_code in (0, 1), result.stderr
    return [(one["rule"], one["row"]) for one in map(json.loads, result.stdout.splitlines())]


def workbook(sheet):
    """Return the bytes of a workbook whose only sheet is the given XML."""
    import io

    from openpyxl import Workbook

    book, plain, changed = Workbook(), io.BytesIO(), io.BytesIO()
    book.active.title = "Data"
    book.active.append(["Nr", "Code"])
    book.save(plain)
    with (
        zipfile.ZipFile(plain) as old,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, sheet if name.endswith("sheet1.xml") else old.read(name))
    return changed.getvalue()


BROKEN = {
    "an empty file": ("p.csv", b"", "is empty: it has no header row"),
    "only white space": ("p.csv", b" \n\n", ""),
    "a picture as csv": ("p.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0" * 9, "is not a text file"),
    "a header twice": ("p.csv", b"Nr;Code;Nr\n1;2;3\n", "has the header “Nr” twice, in columns 1 and 3"),
    "a column of the profile missing": ("p.csv", b"Nr;Cod\n1;2\n", "has no column “Code”"),
    "a workbook with a password": ("p.xlsx", OLE + b"\0" * 4000 + LOCKED, "is protected by a password"),
    "a workbook cut short": ("p.xlsx", workbook("<a/>")[:900], "is damaged, cut short or not a"),
    "a text called xlsx": ("p.xlsx", GOOD, "is damaged, cut short or not a"),
    "json cut short": ("p.json", b'[{"Nr": 1', "this is not valid JSON"),
    "xml cut short": ("p.xml", b"<rows><row>", "this is not well-formed XML"),
    "xml with a DTD": (
        "p.xml",
        b'<!DOCTYPE rows [<!ENTITY a SYSTEM "file:///etc/passwd">]><rows><row><Nr>&a;</Nr></row></rows>',
        "has a document type declaration (DTD), which is refused",
    ),
    "xml that grows": (
        "p.xml",
        b'<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><rows><row><Nr>&b;</Nr></row></rows>',
        "has a document type declaration (DTD), which is refused",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_source_is_one_sentence(name, place, tmp_path):
    file, content, reason = BROKEN[name]
    report = tmp_path / "report.json"

    sentence = refused("check", *place(file, content), "-q", "-o", report)

    assert sentence.startswith(file)
    assert reason in sentence
    assert sentence.count(". ") <= 2
    assert not report.exists()


def test_a_workbook_that_unpacks_to_too_much_is_refused(place, monkeypatch):
    monkeypatch.setattr(limits, "UNPACKED", 1 << 22)  # a real one takes a minute to make
    sheet = b"<worksheet><sheetData>" + b" " * (1 << 23) + b"</sheetData></worksheet>"

    sentence = refused("check", *place("p.xlsx", workbook(sheet)))

    assert sentence.startswith("p.xlsx is too large, or unpacks to too much")


def test_a_file_that_is_missing_is_one_sentence(tmp_path):
    for name in ("none.csv", "none.json", "a_paatokset.csv"):
        sentence = refused("check", tmp_path / name)

        assert sentence.endswith(f"{name} does not exist. Check the name and the folder.")


def test_a_folder_without_sources_is_one_sentence(tmp_path):
    (tmp_path / "readme.md").write_text("")

    assert refused("check", tmp_path).startswith(f"{tmp_path} holds nothing to check")


def test_a_file_that_no_profile_fits_names_the_profiles(tmp_path):
    (tmp_path / "strange.csv").write_bytes(GOOD)

    sentence = refused("check", tmp_path / "strange.csv")

    assert sentence.startswith("No profile fits strange.csv.")
    assert "a_paatokset*.csv" in sentence


def test_an_encoding_that_is_plainly_another_is_one_sentence(tmp_path):
    profile = tmp_path / "utf.yaml"
    profile.write_text(PROFILE.replace("'p*.csv'", "'p*.csv'\n    encoding: utf-8"))
    (tmp_path / "p.csv").write_bytes("Nr;Code\n1;Mäki\n".encode("utf-16"))

    sentence = refused("check", tmp_path / "p.csv", "--profile", profile)

    assert sentence.startswith("p.csv is not utf-8; it looks like ")


def test_a_row_with_more_or_fewer_cells_is_a_finding_at_its_line(place):
    words = place("p.csv", GOOD + b"2\n3;010190-9011;x\n4;010190-9022\n")

    assert findings(*words, "--select", "DQ001") == [("DQ001", 3), ("DQ001", 4)]


def test_a_field_of_ten_megabytes_ends_in_a_sentence_or_a_finding(place):
    result = kirjaamo(
        "check", *place("p.csv", GOOD + b'2;"' + b"x" * 10_000_000 + b'"\n'), *AS_OF
    )

    assert result.exit_code in (1, 2)
    assert "xxx" not in result.stdout + result.stderr
    assert result.exit_code == 1 or "the record is longer than" in result.stderr


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("system: [", "bad.yaml, line 2: "),
        ("system: a\nsystem: b\n", "bad.yaml, line 2: the key “system” stands twice"),
        ("system: a\n", "bad.yaml: the setting `label` is missing"),
        (PROFILE.replace("identity_code", "identity_cod"), "bad.yaml: the record model has no “client.identity_cod”"),
        (PROFILE.replace("client:", "clinet:"), "bad.yaml: the record model has no “clinet”"),
        (PROFILE.replace("parts:", "prts:"), "bad.yaml: there is no setting `prts`"),
    ],
)  # fmt: skip
def test_a_broken_profile_names_the_file_and_the_line(tmp_path, text, start):
    (tmp_path / "bad.yaml").write_text(text)
    (tmp_path / "p.csv").write_bytes(GOOD)

    sentence = refused("check", tmp_path / "p.csv", "--profile", tmp_path / "bad.yaml")

    assert sentence.removeprefix(f"{tmp_path}/").startswith(start)


class TestDatabases:
    def test_that_cannot_be_reached(self):
        url = "postgresql://kirjaamo:s3cret@127.0.0.1:1/c_rekisteri.sqlite"

        sentence = refused("check", url, "--profile", "c")

        assert "cannot be reached" in sentence
        assert "s3cret" not in sentence

    def test_that_refuse_the_password(self, postgres_url):
        user, _, place = postgres_url.rpartition("@")
        url = f"{user.rpartition(':')[0]}:wr0ng@{place.rpartition('/')[0]}/postgres"
        with tempfile.TemporaryDirectory() as folder:
            profile = Path(folder) / "pg.yaml"
            profile.write_text(
                "system: P\nlabel: {fi: p, sv: p, en: p}\nparts:\n  - files: 'postgres'\n"
                "    sheet: client\n    tables: {client: {fields: {client_id: id}}}\n"
            )

            sentence = refused("check", url, "--profile", profile)

        assert "refuses the user name or the password" in sentence
        assert "wr0ng" not in sentence

    def test_that_are_no_database(self, tmp_path):
        (tmp_path / "c_rekisteri.sqlite").write_bytes(b"not a database " * 100)

        assert "c_rekisteri.sqlite" in refused("check", tmp_path / "c_rekisteri.sqlite")


class TestPlacesToWrite:
    def test_that_are_full(self, exports, tmp_path):
        def limited():
            resource.setrlimit(resource.RLIMIT_FSIZE, (600, 600))

        words = ("check", exports / "a_paatokset.csv", *AS_OF, "-q", "-o", tmp_path / "r.json")

        done = program(*words, preexec_fn=limited)

        assert done.returncode == ExitCode.USAGE
        assert f"{tmp_path}/r.json cannot be written: the file would be larger" in done.stderr
        assert "Traceback" not in done.stderr
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.skipif(os.getuid() != 0, reason="only root may mount a small disk")
    def test_on_a_disk_without_space(self, exports, tmp_path):
        mounted = ["mount", "-t", "tmpfs", "-o", "size=4k", "tmpfs", str(tmp_path)]
        if subprocess.run(mounted, capture_output=True, check=False).returncode:
            pytest.skip("this machine does not let a test mount a disk")
        try:
            sentence = refused("check", exports / "a_paatokset.csv", "-o", tmp_path / "r.json")
            left = list(tmp_path.iterdir())
        finally:
            subprocess.run(["umount", str(tmp_path)], check=True)

        assert "cannot be written: no space is left on the disk. Nothing was left" in sentence
        assert left == []

    @pytest.mark.skipif(not shutil.which("setpriv"), reason="needs setpriv to be another user")
    @pytest.mark.skipif(os.getuid() != 0, reason="only root can become another user")
    def test_that_this_user_may_not_write_to(self, exports):
        with tempfile.TemporaryDirectory() as folder:
            Path(folder).chmod(0o755)
            copy = shutil.copy(exports / "a_paatokset.csv", folder)
            Path(copy).chmod(0o644)
            nobody = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
            runs = [*nobody, sys.executable, "-c", "pass"]
            if subprocess.run(runs, capture_output=True, check=False).returncode:
                pytest.skip("another user cannot run this Python")

            done = program(
                "check", copy, *AS_OF, "-q", "-o", f"{folder}/r.json", prefix=nobody, cwd="/"
            )

        assert done.returncode == ExitCode.USAGE, done.stderr
        assert f"{folder}/r.json cannot be written: no permission." in done.stderr

    @pytest.mark.parametrize(
        ("place", "reason"),
        [("", "is a directory"), ("file/r.json", "a file"), ("x" * 300 + ".json", "")],
    )
    def test_that_are_no_place_for_a_file(self, exports, tmp_path, place, reason):
        (tmp_path / "file").write_text("")

        result = kirjaamo(
            "check",
            exports / "a_paatokset.csv",
            "-q",
            "--format",
            "json",
            "-o",
            tmp_path / place,
        )

        assert result.exit_code == 2
        assert reason in result.stderr
        assert sorted(p.name for p in tmp_path.iterdir()) == ["file"]

    def test_keep_the_old_file_when_the_new_one_cannot_be_written(self, exports, tmp_path):
        report = tmp_path / "r.json"
        report.write_text("old")

        def limited():
            resource.setrlimit(resource.RLIMIT_FSIZE, (600, 600))

        program("check", exports / "a_paatokset.csv", "-q", "-o", report, preexec_fn=limited)

        assert report.read_text() == "old"


@pytest.mark.parametrize("suffix", ["csv", "json", "jsonl", "xml", "xlsx"])
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=300))
@example(content=b"\xef\xbb\xbf")
@example(content=b'Nr;Code\n"1;2\n')
@example(content=b"\0" * 40)
@example(content=b"PK\x03\x04" + b"\0" * 40)
@example(content=b"[[[[[[" * 3000)
@example(content=b"<rows>" + b"<row>" * 3000)
def test_any_bytes_give_findings_or_one_sentence(tmp_path, suffix, content):
    (tmp_path / "profile.yaml").write_text(PROFILE)
    (tmp_path / f"p.{suffix}").write_bytes(content)
    words = ("check", tmp_path / f"p.{suffix}", "--profile", tmp_path / "profile.yaml", *AS_OF)

    result = kirjaamo(*words, "-q", "--jobs", 1, "--select", "DQ,ID")

    assert result.exit_code in (0, 1, 2)
    assert (result.exit_code == 2) == result.stderr.startswith("Error: ")


@pytest.mark.parametrize("suffix", ["json", "jsonl", "xml", "zip"])
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=300))
@example(content=b"{}")
@example(content=b"[" * 3000)
def test_any_bytes_as_documents_give_findings_or_one_sentence(tmp_path, suffix, content):
    (tmp_path / f"document.{suffix}").write_bytes(content)

    result = kirjaamo("check", tmp_path / f"document.{suffix}", "-q", "--jobs", 1)

    assert result.exit_code in (0, 1, 2)
    assert (result.exit_code == 2) == result.stderr.startswith("Error: ")
