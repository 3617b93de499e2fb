"""Every measure: what it flags, what it lets pass, what it does not judge, and why."""

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from kirjaamo.audit import copies, spelling, thresholds, words
from kirjaamo.audit.definition import AREAS
from kirjaamo.audit.examples import EXAMPLES
from kirjaamo.audit.measures import get, measures
from kirjaamo.audit_settings import Audit
from kirjaamo.errors import SettingsError, UnknownNameError
from kirjaamo.rules import CannotRun
from kirjaamo.settings import read_toml
from kirjaamo.workspace import Settings, Workspace
from tests.audit.records import AS_OF, asked, entry, system

MATTER = {"matter_id": "M1", "service_task": "10"}
EVENT = dt.datetime(2025, 5, 1, 9)
WORDS = [f"{a}{b}{c}" for a in "kstvl" for b in "aeiou" for c in "mnr"]
LONG = f"Asiakas kertoi arjestaan ja toivoi apua. {' '.join(WORDS)}"
SHORT = "lyhyt"
STRUCTURE = "1.2.246.537.6.12.2002.1"


def document(**more):
    return {"document_id": "D1", "matter_id": "M1", "authored": EVENT, "author": "T1", **more}


CASES = [
    # measure, table, record, verdict
    ("RQ001", "entry", entry(recorded_time=dt.datetime(2025, 6, 1, 9)), True),
    ("RQ001", "entry", entry(recorded_time=dt.datetime(2025, 5, 2, 9)), False),
    ("RQ001", "entry", entry(recorded_time=None), None),
    ("RQ001", "entry", entry(recorded_time=dt.datetime(2025, 4, 1, 9)), None),
    ("RQ002", "entry", entry(structure=None), True),
    ("RQ002", "entry", entry(structure=STRUCTURE), False),
    ("RQ002", "entry", entry(structure=None, event_time=dt.datetime(2020, 1, 1)), None),
    ("RQ003", "entry", entry(author=None), True),
    ("RQ003", "entry", entry(), False),
    ("RQ003", "document", document(author=None), True),
    ("RQ004", "entry", entry(text="Tuki ei riitä. " * 20), True),
    ("RQ004", "entry", entry(text="Asiakas kertoi voinnistaan. Arvioin tilanteen. " * 12), False),
    ("RQ004", "entry", entry(text=SHORT), None),
    ("RQ005", "decision", {"reasons": "?"}, True),
    ("RQ005", "decision", {"reasons": "Arvion mukaan palvelu vastaa asiakkaan tarpeeseen."}, False),
    ("RQ006", "decision", {"legal_basis": "Sosiaalihuoltolaki"}, True),
    ("RQ006", "decision", {"legal_basis": "SHL 1301/2014, 19 §"}, False),
    ("RQ007", "decision", {"appeal": None}, True),
    ("RQ007", "decision", {"appeal": "Oikaisua voi vaatia 30 päivän kuluessa."}, False),
    ("RQ008", "entry", entry(service_task="20"), True),
    ("RQ008", "entry", entry(service_task=None), True),
    ("RQ008", "entry", entry(service_task="10"), False),
    ("RQ008", "entry", entry(service_task="20", matter_id="M9"), None),
    ("RQ009", "document", document(service_process=None), True),
    ("RQ009", "document", document(service_process="999"), None),
    ("RQ009", "document", document(service_process="3"), False),
    ("RQ010", "matter", {"matter_id": "M1", "matter_code": "99"}, True),
    ("RQ010", "matter", {"matter_id": "M1", "matter_code": "1"}, False),
    ("RQ011", "entry", entry(text="-"), True),
    ("RQ011", "entry", entry(text=None), True),
    ("RQ011", "entry", entry(), False),
    ("RQ014", "entry", entry(text="a" * 1_000_000), True),
    ("RQ014", "entry", entry(), False),
    ("RQ015", "entry", entry(text="palvelutarpeenarviointimenettelyyn osallistuttaessa " * 30), True),
    ("RQ015", "entry", entry(text="Asiakas tuli ja kertoi. " * 6), False),
    ("RQ015", "entry", entry(text=SHORT), None),
    ("RQ016", "entry", entry(text="Asumisen suhteen esiintyy huolta."), True),
    ("RQ016", "entry", entry(), False),
    ("RQ017", "entry", entry(text="Sovittu XQZ kanssa."), True),
    ("RQ017", "entry", entry(text="Sovittu esim. puhelusta."), False),
    ("RQ017", "entry", entry(text="KAIKKI ISOLLA XQZ"), None),
    ("RQ018", "entry", entry(text="asaiks sotiti jha pysyiy aikka huomneks vatsaus tuoltan"), True),
    ("RQ018", "entry", entry(text="asiakas soitti ja pyysi aikaa huomiseksi koska bussi oli myöhässä"), False),
    ("RQ018", "entry", entry(text="klienten ringde och bad om en tid för att det var sent på dagen"), None),
    ("RQ019", "entry", entry(text="Naapurin numero on 040 555 0199."), True),
    ("RQ019", "entry", entry(text="Tavattu 1.5.2025 klo 10.15, sovittu 3 kertaa."), False),
    ("RQ020", "entry", entry(status="luonnos"), True),
    ("RQ020", "entry", entry(status="valmis"), False),
    ("RQ020", "entry", entry(status="luonnos", recorded_time=dt.datetime(2025, 12, 30)), False),
    ("RQ020", "entry", entry(status=None), None),
    ("RQ021", "document", document(replaces="D0"), True),
    ("RQ021", "document", document(replaces=None), False),
    ("RQ022", "document", document(document_type="11000", document_type_name="Kaavake"), True),
    ("RQ022", "document", document(document_type="11000", document_type_name=None), None),
]  # fmt: skip


@pytest.mark.parametrize(("code", "table", "record", "verdict"), CASES)
def test_a_measure_judges_a_record(code, table, record, verdict):
    tables = {"matter": [MATTER]} | {table: [record]}

    judged = asked(code, system(**tables))

    assert judged.tables["S", table][code].to_list() == [verdict]


def test_copies_are_found_within_a_client_and_between_clients():
    other = LONG.replace("arjestaan", "voinnistaan")
    rows = [
        entry(1, text=LONG), entry(2, text=other), entry(3, text=LONG, client_id="A1"),
        entry(4, text="Aivan eri teksti, jossa " + "monta eri asiaa " * 20), entry(5, text=SHORT),
        entry(6, text=LONG, client_id=None),
    ]  # fmt: skip
    own, others = asked("RQ012", system(entry=rows)), asked("RQ013", system(entry=rows))

    assert own.tables["S", "entry"]["RQ012"].to_list() == [True, False, True, False, None, None]
    assert others.tables["S", "entry"]["RQ013"].to_list() == [
        True,
        True,
        True,
        False,
        None,
        None,
    ]


def test_near_copies_of_nothing_are_none():
    rows = pl.DataFrame(
        {"client_id": ["a"], "text": [""]}, schema={"client_id": pl.String, "text": pl.String}
    )

    assert copies.Copies(rows).flags(copies.Whose.SAME_CLIENT, 0.8, 10).to_list() == [None]


def test_what_a_system_cannot_record_is_not_judged():
    judged = asked("RQ001", system(["entry.recorded_time"], entry=[entry()]))
    lacking = asked("RQ009", system(document=[document()]))

    assert "RQ001" not in judged.tables["S", "entry"].columns
    assert [one.reason for one in judged.left] == ["the system cannot record it"]
    assert [one.reason for one in lacking.left] == ["the export does not have it"]


def test_spelling_without_voikko_is_not_judged_and_said_so(monkeypatch):
    def absent():
        raise CannotRun(spelling.NO_VOIKKO)

    monkeypatch.setattr(spelling, "_checker", absent)

    assert [one.reason for one in asked("RQ018", system(entry=[entry()])).left] == [
        spelling.NO_VOIKKO
    ]


def test_every_case_of_a_measure_is_tested_and_explained():
    assert {case[0] for case in CASES} | {"RQ012", "RQ013"} == set(measures())
    assert set(EXAMPLES) == set(measures())
    assert {one.area for one in measures().values()} == set(AREAS)
    for one in measures().values():
        assert all((one.title, one.about, one.system, one.advice, one.source))
        assert one.name.replace("-", "_") == one.judge.__module__.rpartition(".")[2]
        assert one.tables


def test_another_threshold_or_list_is_another_definition():
    one, listed = get("rq001"), get("RQ016")
    usual = one.definition({})

    assert usual.startswith("1-")
    assert one.definition({"RQ001": {"days": 3}}) != usual
    assert one.definition({"RQ002": {"days": 3}}) == usual
    assert listed.definition({}, "a") != listed.definition({}, "b")


def test_an_unknown_measure_is_told():
    with pytest.raises(UnknownNameError, match="RQ001"):
        get("RQ0001")


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"RQ999": {"days": 1}}, UnknownNameError),
        ({"RQ001": {"dayz": 1}}, UnknownNameError),
        ({"RQ001": {"days": "seven"}}, SettingsError),
        ({"RQ001": {"days": -1}}, SettingsError),
        ({"RQ002": {"since": "yesterday"}}, SettingsError),
        ({"RQ020": {"statuses": 1}}, SettingsError),
    ],
)
def test_wrong_thresholds_are_refused(values, error):
    with pytest.raises(error):
        thresholds.hold(Audit(thresholds=values))


def test_right_thresholds_are_taken():
    thresholds.hold(Audit(thresholds={"RQ001": {"days": 3}, "RQ002": {"since": "2024-01-01"}}))


def workspace(folder: Path, text: str) -> Workspace:
    path = folder / "kirjaamo.toml"
    path.write_text(text, "utf-8")
    return Workspace(folder, read_toml(path, Settings))


def test_a_workspace_adds_words_of_its_own(tmp_path):
    (tmp_path / "w.csv").write_text("word;source\nfoo*;ours\n", "utf-8")
    (tmp_path / "a.txt").write_text("xqz.  # our house\n", "utf-8")
    at = workspace(tmp_path, '[audit]\nwords = "w.csv"\nabbreviations = "a.txt"\n')

    found = words.read(at)

    assert found.avoided["foo*"] == "ours"
    assert "xqz" in found.abbreviations
    assert found.digest != words.read().digest


@pytest.mark.parametrize("content", [b"one;two\n", b"\xff\xfe\xff", None])
def test_a_broken_list_of_words_is_refused(tmp_path, content):
    if content is not None:
        (tmp_path / "w.csv").write_bytes(content)
    at = workspace(tmp_path, '[audit]\nwords = "w.csv"\n')

    with pytest.raises(SettingsError):
        words.read(at)


def test_no_words_to_avoid_find_nothing():
    empty = words.Words({}, frozenset())

    assert pl.select(pl.lit("mitä vain").str.contains(empty.avoided_pattern)).item() is False


HOSTILE = [
    "<script>alert(1)</script>",
    "=HYPERLINK(1)",
    "\u202eabc\u202c",
    "a\u200bb",
    "",
    " " * 50,
    "\x00",
]


def test_hostile_texts_are_judged_like_any_other():
    rows = [entry(n, text=text) for n, text in enumerate(HOSTILE)]
    from kirjaamo.audit.scores.judging import judged
    from tests.audit.records import terms

    found = judged([system(entry=rows)], terms())

    assert found.rows == len(HOSTILE)
    assert found.as_of == AS_OF
