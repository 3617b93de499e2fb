"""Pseudonymised copies: nobody is named in them, and the key leads back to every cell."""

import re
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kirjaamo.audit.pseudonyms import copying, keys, restoring
from kirjaamo.audit.pseudonyms.columns import Way, treatments
from kirjaamo.audit.pseudonyms.masking import Masker
from kirjaamo.audit.pseudonyms.names import Names, plain, stems
from kirjaamo.audit.pseudonyms.vault import TOKEN, Kind, Tokens
from kirjaamo.cli.inputs import inputs
from tests.command_line import kirjaamo, refused

KEY = keys.derived(bytes(range(32)))
NAMES = Names(["Virtanen", "Matti Juhani", "Anna-Liisa", "Bo", "Mäki", "Markus"])


def masker(*, days: bool = False) -> Masker:
    return Masker(Tokens(KEY.tokens), NAMES, days)


MASKED = [
    ("Matti tuli", "Matti"),
    ("soitti MATILLE eilen", "MATILLE"),
    ("Virtasen äiti", "Virtasen"),
    ("virtanen kirjoitti", "virtanen"),
    ("Anna-Liisan kanssa", "Anna-Liisan"),
    ("Liisa soitti", "Liisa"),
    ("Markuksen asia", "Markuksen"),
    ("Ma\u0308en perhe ja Ma\u0308ki", "Ma\u0308ki"),
    ("Vir\u200btanen", "Vir\u200btanen"),
    ("Bo kävi", "Bo"),
    ("tunnus 010190-900A kirjattu", "010190-900A"),
    ("tunnus 010190 - 900A", "010190 - 900A"),
    ("tunnus 010124A900X.", "010124A900X"),
    ("puh. 040 123 4567", "040 123 4567"),
    ("puh:+358401234567", "+358401234567"),
    ("puh +46 70 123 45 67", "+46 70 123 45 67"),
    ("puh 040\u2013123\u20114567", "040\u2013123\u20114567"),
    ("tunnus 010190\u200b\u2011900A.", "010190\u200b\u2011900A"),
    ("tunnus 010190\u00a0-\u00a0900A", "010190\u00a0-\u00a0900A"),
    ("Kala-Matti soitti", "Matti"),
    ("1234567 0401234567", "0401234567"),
    ("aino.esimerkki@example.org", "aino.esimerkki@example.org"),
    ("tili FI21 1234 5600 0007 85", "FI21 1234 5600 0007 85"),
]


@pytest.mark.parametrize(("text", "gone"), MASKED)
def test_what_names_a_person_is_masked_and_comes_back(text, gone):
    mask = masker()
    masked = mask.mask(text)
    assert gone not in masked
    assert TOKEN.search(masked)
    assert mask.tokens.restore(masked) == text


KEPT = [
    "Päätös annettu 12.3.2024 klo 10.15, 1 234,50 euroa",
    "OID 1.2.246.10.1234567.95.123456789",
    "matto on likainen ja markka on vanha",
    "asiakasnumero 1234567",
    "Itä-Suomi ja A-A ja x-'-y",
    "jakso 2020\u20132021 ja 00 1",
]


@pytest.mark.parametrize("text", KEPT)
def test_what_names_nobody_stays(text):
    assert masker().mask(text) == text


def test_days_in_texts_are_masked_when_days_move():
    masked = masker(days=True).mask("Tapaaminen 1.2.2024 ja 2024-02-03, puh 0401234567")
    assert re.findall(r"[A-Z]+(?=-[A-Z2-7]{16})", masked) == ["DATE", "DATE", "PHONE"]


def test_forms_of_a_name_share_what_says_who():
    mask = masker()
    first, second = mask.mask("Virtanen"), mask.mask("Virtasella")
    assert first != second
    assert first[:-4] == second[:-4]


@given(st.text())
def test_masking_can_be_undone(text):
    mask = masker(days=True)
    assert mask.tokens.restore(mask.mask(text)) == text


@given(st.text(min_size=1), st.text(min_size=1))
def test_different_texts_have_different_tokens(one, other):
    tokens = Tokens(KEY.tokens)
    found = [tokens.token(Kind.NAME, text, "same") for text in (one, other)]
    assert (found[0] == found[1]) == (one == other)
    assert [tokens.restore(token) for token in found] == [one, other]


def test_forms_that_collide_are_told_apart(monkeypatch):
    made = iter([*["AAAA"] * 5, "BBBB"])
    from kirjaamo.audit.pseudonyms import vault

    monkeypatch.setattr(
        vault, "_code", lambda _key, what, *_: "W" * 16 if what == b"who" else next(made) * 4
    )
    tokens = Tokens(b"")
    assert tokens.token(Kind.NAME, "one") != tokens.token(Kind.NAME, "two")


@given(st.text(alphabet="abknptiyäö", min_size=1))
def test_a_name_is_a_stem_of_itself(name):
    assert name in stems(name)
    assert plain(name.upper()) == plain(name)


@pytest.fixture(scope="module")
def region(tmp_path_factory):
    folder = tmp_path_factory.mktemp("region")
    words = ("samples", "generate", "--clients", 40, "--defects", 0.2, "-o", folder)
    assert kirjaamo(*words).exit_code == 0
    return inputs([str(folder)], None, None).tables


@pytest.mark.parametrize("days", [0, 400])
def test_a_copy_names_nobody_and_leads_back_to_every_cell(region, tmp_path, days):
    copying.copy(region, tmp_path / "copy", tmp_path / "vault", KEY, days=days)
    text = "".join(path.read_text("utf-8") for path in (tmp_path / "copy").rglob("*.csv"))
    words = {plain(word) for word in re.findall(r"[^\W\d_]+", text)}
    assert not _originals(region, Way.TOKEN, Kind.IDENTITY_CODE) & set(re.split(r"[;\s]", text))
    names = {
        plain(name)
        for cell in _originals(region, Way.NAME)
        for name in re.findall(r"[^\W\d_]{2,}", cell)
    }
    assert names
    assert not names & words
    assert not re.search(r"[0-9]{6}[-+A-F][0-9]{3}[0-9A-Y]\b", text)

    restoring.restore(tmp_path / "copy", tmp_path / "back", tmp_path / "vault", KEY)
    for source, found in zip(region, _opened(region, tmp_path), strict=True):
        before = pl.concat(list(copying.frames(source))).select(found.columns)
        assert before.equals(found)


def _originals(sources, way, kind=None) -> set[str]:
    found = set()
    for source in sources:
        for column, treatment in treatments(source.part, ",").items():
            if treatment.way is way and kind in {None, treatment.kind}:
                for frame in copying.frames(source):
                    found.update(frame[column].drop_nulls())
    return found


def _opened(sources, folder: Path):
    copies = {Path(s.location).name: s for s in restoring.opened(folder / "copy")}
    for source in sources:
        name = copying.file_of(source)
        place = replace(copies[name], location=str(folder / "back" / name))
        yield pl.concat(list(copying.frames(place)))


def test_days_keep_their_intervals(region, tmp_path):
    copying.copy(region, tmp_path / "copy", tmp_path / "vault", KEY, days=400)
    [before] = [s for s in region if copying.file_of(s) == "c_rekisteri.relationship.csv"]
    old = pl.concat(list(copying.frames(before)))
    new = pl.read_csv(
        tmp_path / "copy/exports/c_rekisteri.relationship.csv",
        separator=";",
        infer_schema=False,
    )
    both = pl.DataFrame(
        {"client": old["client_no"], "old": old["started"], "new": new["started"]}
    )
    moved = both.select(
        "client",
        by=(pl.col("new").str.to_date(strict=False) - pl.col("old").str.to_date(strict=False)),
    )
    per_client = moved.drop_nulls().group_by("client").agg(pl.col("by").unique())
    assert per_client["by"].list.len().max() == 1
    assert 0 < per_client["by"].list.first().dt.total_days().abs().max() <= 400


def test_the_same_copy_is_made_again(region, tmp_path):
    for name in ("one", "two"):
        copying.copy(region, tmp_path / name / "copy", tmp_path / name / "vault", KEY, days=9)
    one, two = (
        {
            p.relative_to(tmp_path / n): p.read_bytes()
            for p in (tmp_path / n).rglob("*")
            if p.is_file()
        }
        for n in ("one", "two")
    )
    assert one == two


def test_reports_and_columns_without_a_profile(tmp_path, region):
    report = copying.copy(region[:1], tmp_path / "copy", tmp_path / "vault", KEY)
    assert set(report["done"]) <= {copying.REPLACED, copying.KEPT, copying.LEFT_OUT}
    left = report.filter(done=copying.LEFT_OUT)["column"]
    header = next((tmp_path / "copy/exports").glob("*.csv")).read_text("utf-8").splitlines()[0]
    assert not set(left) & set(header.split(";"))


@pytest.fixture
def here(workspace, exports, tmp_path_factory):
    """Return a workspace, exports and a key outside."""
    key = tmp_path_factory.mktemp("keys") / "key"
    assert kirjaamo("pseudonymise", "--new-key", key).exit_code == 0
    assert key.stat().st_mode & 0o077 == 0
    return workspace, exports, key


def test_the_commands_and_their_trail(here):
    folder, exports, key = here
    done = kirjaamo("pseudonymise", exports, "--into", "copy", "--key", key, "--format", "csv")
    assert done.exit_code == 0
    assert done.stdout.startswith("file,column,done,kind,cells\n")
    back = kirjaamo("reidentify", "copy", "--into", "back", "--key", key, "--reason", "test")
    assert back.exit_code == 0
    assert list((folder / "back").glob("*.csv"))
    trail = kirjaamo("migrate", "audit", "show", "--format", "csv").stdout
    for event in ("pseudonymised", "reidentification asked for", "reidentified"):
        assert event in trail


def test_a_key_from_the_environment(here, monkeypatch):
    _, exports, key = here
    monkeypatch.setenv(keys.VARIABLE, key.read_text())
    assert kirjaamo("pseudonymise", exports, "--into", "copy").exit_code == 0
    monkeypatch.setenv(keys.VARIABLE, "abc")
    assert "64 hexadecimal" in refused("pseudonymise", exports, "--into", "copy2")


def test_what_is_refused(here, monkeypatch):
    folder, exports, key = here
    monkeypatch.delenv(keys.VARIABLE, raising=False)
    assert "no key" in refused("pseudonymise", exports, "--into", "copy")
    assert "--into" in kirjaamo("pseudonymise", exports).stderr
    (folder / "inside").write_text(key.read_text())
    words = ("pseudonymise", exports, "--into", "copy", "--key")
    assert "beside what it protects" in refused(*words, "inside")
    (key.parent / "bad").write_bytes(b"\xff\xfe")
    assert "64 hexadecimal" in refused(*words, key.parent / "bad")
    assert "no such file" in refused(*words, key.parent / "none")
    assert "in the way" in refused("pseudonymise", "--new-key", key)
    assert kirjaamo(*words, key).exit_code == 0
    assert kirjaamo(*words, key).exit_code == 4
    assert not [p for p in folder.iterdir() if p.name.startswith(".copy")]


def test_a_wrong_key_and_a_changed_vault(here):
    folder, exports, key = here
    kirjaamo("pseudonymise", exports, "--into", "copy", "--key", key)
    other = key.parent / "other"
    kirjaamo("pseudonymise", "--new-key", other)
    words = ("reidentify", "copy", "--into", "back", "--reason", "x", "--key")
    assert "does not open" in refused(*words, other)
    sealed = bytearray((folder / "copy.vault").read_bytes())
    sealed[40] ^= 1
    (folder / "copy.vault").write_bytes(sealed)
    assert "does not open" in refused(*words, key)
    (folder / "copy.vault").unlink()
    assert "no such file" in refused(*words, key)
    assert not (folder / "back").exists()


def test_a_folder_that_is_no_copy(here):
    _, exports, key = here
    kirjaamo("pseudonymise", exports, "--into", "copy", "--key", key)
    words = ("reidentify", "exports", "--vault", "copy.vault", "--into", "back", "--key", key)
    assert "no pseudonymised copy" in refused(*words, "--reason", "x")
