"""Readiness: the areas, what a client would see, the page, the workbook, and the command."""

import datetime as dt
import io

import openpyxl
import polars as pl
import pytest
import sqlalchemy as sa

from kirjaamo import messages
from kirjaamo.archive.packages import lifecycle
from kirjaamo.archive.readiness import client_view, counting, workbook
from kirjaamo.archive.readiness.client_view import CHECKS, FOUND, LEFT, Judged, look
from kirjaamo.archive.readiness.entries import BY_LAW, FILE, entries
from kirjaamo.archive.readiness.page import page
from kirjaamo.archive.readiness.report import Ground, report
from kirjaamo.archive.readiness.staff import by_unit, workers
from kirjaamo.audit.pseudonyms.names import Names
from kirjaamo.ledger import of_workspace
from kirjaamo.ledger.tables import AUDIT
from kirjaamo.workspace import Organisation, Settings, find
from tests.audit.records import system
from tests.browser import violations
from tests.command_line import exports, kirjaamo, refused, workspace  # noqa: F401 - fixtures

DAY = dt.date(2026, 1, 1)
OWN = "1.2.246.10.90000011.10.0"
OTHER = "1.2.246.10.90000029.10.0"
NAME = "<b>Kaskivuori</b>\u202e"
CLIENTS = [
    {"client_id": "C1", "last_name": "Virtanen", "first_names": "Matti Olavi"},
    {"client_id": "C2", "last_name": "Mäkinen", "first_names": "Aino-Maria"},
]
MATTERS = [
    {"matter_id": "M1", "client_ids": ["C1"], "service_task": "10"},
    {"matter_id": "M2", "client_ids": ["C1", "C2"], "service_task": "24"},
]
WORKERS = [
    {"worker_id": "W1", "last_name": "Mäkinen", "first_names": "Pekka", "unit": "U1", "card": True,
     "reader": True, "can_sign": True, "registration_number": "123", "valid_to": None},
    {"worker_id": "W2", "last_name": "Salo", "first_names": "Ida", "unit": "U2", "card": True,
     "reader": False, "can_sign": True, "registration_number": None, "valid_to": None},
    {"worker_id": "W3", "last_name": "Aho", "first_names": "Eki", "unit": "U2", "card": True,
     "reader": True, "can_sign": True, "registration_number": "5", "valid_to": dt.date(2020, 1, 1)},
]  # fmt: skip
UNITS = [
    {"unit_id": "U1", "oid": f"{OWN}.1", "name": "Yksi", "controller": OWN},
    {"unit_id": "U2", "oid": None, "name": "Kaksi", "controller": OTHER},
]


def document(**more):
    return {"document_id": "D1", "client_ids": ["C1"], "matter_id": "M1", "service_task": "10",
            "author": "W1"} | more  # fmt: skip


def entry(**more):
    return {"entry_id": "E1", "client_id": "C1", "matter_id": "M1", "service_task": "10",
            "author": "W1", "text": "Asiakas kertoi arjesta."} | more  # fmt: skip


def seen(own=OWN, judged=None, **tables):
    """Return check and row of what a client would see wrong."""
    known = {"client": CLIENTS, "matter": MATTERS, "worker": WORKERS, "unit": UNITS} | tables
    made = system(**{name: rows for name, rows in known.items() if rows})
    return look([made], own, lambda names: Names(names).owner, judged or Judged())


def checks(**tables):
    return seen(**tables).found["check"].to_list()


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, []),
        ({"matter_id": None}, ["orphan-matter"]),
        ({"matter_id": "M9"}, ["orphan-matter"]),
        ({"client_ids": None}, ["orphan-client"]),
        ({"client_ids": []}, ["orphan-client"]),
        ({"client_ids": ["C1", "C9"]}, ["orphan-client", "other-client"]),
        ({"client_ids": ["C2"]}, ["other-client"]),
        ({"client_ids": ["C2"], "matter_id": "M2", "service_task": "24"}, []),
        ({"client_ids": ["C2", "C1"], "matter_id": "M2", "service_task": "24"}, []),
        ({"service_task": "20"}, ["other-task"]),
        ({"service_task": None}, []),
        ({"author": "W2"}, ["wrong-register"]),
        ({"author": None}, []),
    ],
)
def test_documents_that_would_look_wrong(more, expected):
    sound = document(document_id="D0")

    assert checks(document=[sound, document(**more)]) == expected


def test_a_decision_belongs_to_the_register_of_its_unit():
    decision = {"decision_id": "P1", "client_id": "C1", "matter_id": "M1", "service_task": "10",
                "unit": "U2", "decision_maker": "W1", "text": ""}  # fmt: skip

    assert checks(decision=[decision]) == ["wrong-register"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Asiakkaan kanssa Aino-Maria Mäkinen sovitteli.", ["third-party-name"]),
        ("Tavattu Aino-Maria Mäkisen kotona.", ["third-party-name"]),
        ("Aino Mäkinen soitti.", []),
        ("Matti Virtasen arki sujuu; Olavi Virtanen kertoi.", []),
        ("Äiti Aino-Maria Mäkinen oli mukana.", ["third-party-name"]),
        ("Työntekijä Pekka Mäkinen soitti.", []),
        ("mäkinen aino-maria", []),
        (None, []),
    ],
)
def test_texts_that_name_another_client(text, expected):
    assert checks(entry=[entry(), entry(entry_id="E2", text=text)]) == expected


def test_what_cannot_be_looked_at_is_told_and_not_counted_as_sound():
    told = seen(document=[document()], matter=None, client=None, own="")
    left = dict(told.left.select("check", "reason").iter_rows())

    assert told.found.is_empty()
    assert set(left) == {
        "orphan-matter", "orphan-client", "other-client", "other-task", "wrong-register",
    }  # fmt: skip
    assert left["wrong-register"] == client_view.NO_CONTROLLER
    counts = client_view.counted(told, 1)
    assert counts.filter(pl.col("check") == "other-task")["left"].to_list() == ["S"]


def test_places_of_rules_and_measures_stand_beside_ours():
    judged = Judged(
        pl.DataFrame([("S", "open-draft", "entry", "entry.csv", 2)] * 2, FOUND, orient="row"),
        pl.DataFrame([("S", "dead-client", "x")], LEFT, orient="row"),
    )
    told = seen(entry=[entry(matter_id=None)], judged=judged)

    assert told.found["check"].to_list() == ["orphan-matter", "open-draft"]
    assert client_view.counted(told, 4)["share"].max() == 0.25
    assert client_view.counted(told, 0)["share"].max() == 0.0


def test_every_check_has_its_advice():
    assert set(client_view.ADVICE) == set(CHECKS)


def test_workers_are_ready_when_they_have_all_that_signing_needs():
    made = system(
        worker=WORKERS, entry=[entry(author="W2"), entry(author="W2")],
        access_right=[{"worker_id": "W2", "valid_to": None},
                      {"worker_id": "W2", "valid_to": dt.date(2020, 1, 1)}],
    )  # fmt: skip
    found = workers([made], DAY)

    assert found["worker"].to_list() == ["W2", "W1"]  # who has left is not there
    assert found["ready"].to_list() == [False, True]
    assert (found["rights"].to_list(), found["records"].to_list()) == ([1, 0], [2, 0])
    assert by_unit(found).select("unit", "workers", "ready", "open").rows() == [
        ("U2", 1, 0, 1), ("U1", 1, 1, 0),
    ]  # fmt: skip
    area = counting.signing(found)
    assert (area.done, area.total, area.state) == (1, 2, counting.State.PARTLY)
    assert area.blockers == (
        "Workers who make records and lack card, reader, registration number or signing: 1.",
    )


def test_a_system_that_tells_nothing_of_cards_is_not_taken_for_ready():
    found = workers([system(worker=[{"worker_id": "W1"}])], DAY)
    figures = dict(counting.signing(found).figures)

    assert found["card"].to_list() == [None]
    assert figures["workers of whom the export tells nothing of it"] == "1"
    assert counting.signing(workers([], DAY)).state is counting.State.UNKNOWN


def test_registers_tell_whose_units_there_are():
    area = counting.registers([system(unit=UNITS), system(unit=[{"unit_id": "U3"}])], OWN)

    assert dict(area.figures) == {
        "units": "3", "units of the own register": "1", "units of other controllers": "1",
        "other controllers": "1", "units without a controller": "1",
    }  # fmt: skip
    assert (area.done, area.total) == (2, 3)
    assert len(counting.registers([system(unit=UNITS)], "").blockers) == 1
    other = counting.registers([system(unit=UNITS[1:])], OWN)
    assert other.blockers == ("No unit belongs to the controller that kirjaamo.toml names.",)


def ground(**more):
    kinds = pl.DataFrame(
        {"outcome": ["approved", "waiting", "missing"], "records": [5, 3, 2]},
        schema={"outcome": pl.String, "records": pl.UInt32},
    )
    coverage = pl.DataFrame({"rows": [10, 5], "covered": [10, 4]})
    facts = {
        "settings": Settings(), "as_of": DAY,
        "systems": [system(unit=UNITS, worker=WORKERS, client=CLIENTS, entry=[entry()])],
        "kinds": kinds, "coverage": coverage, "entries": entries(None, DAY),
        "states": {"complete": 3, "accepted": 1}, "judged": Judged(),
    }  # fmt: skip
    return Ground(**(facts | more))


def named(name=NAME):
    return Settings(organisation=Organisation(name, "9000001-1", "1.2.246.10.90000011", OWN))


def test_the_report_counts_every_area_and_names_what_is_open():
    told = report(ground())
    areas = {area.key: (area.done, area.total) for area in told.areas}

    assert areas == {
        "survey": (2, 3), "mappings": (14, 15), "organisation": (0, 6), "registers": (0, 2),
        "units": (1, 2), "signing": (1, 2), "self-monitoring": (0, len(BY_LAW)),
        "client-view": (10, 10), "hand-over": (1, 4),
    }  # fmt: skip
    assert told.ready == 1
    sentences = [sentence for _, sentence in told.blockers]
    assert "Records whose code has no approved mapping: 1." in sentences
    assert "Kinds of documents that wait for a number of an official list: 1." in sentences
    assert "Documents not accepted yet: 3." in sentences


def test_the_same_facts_give_the_same_bytes():
    written = []
    for _ in range(2):
        stream = io.BytesIO()
        workbook.write(stream, report(ground(settings=named())), reveal=True)
        written.append((stream.getvalue(), page(report(ground(settings=named())))))

    assert written[0] == written[1]


def test_nothing_at_all_is_not_known_rather_than_ready():
    empty = pl.DataFrame(schema={"outcome": pl.String, "records": pl.UInt32})
    told = report(ground(systems=[], kinds=empty, states={},
                         coverage=pl.DataFrame(schema={"rows": pl.Int64, "covered": pl.Int64})))  # fmt: skip
    states = {area.key: area.state for area in told.areas}

    assert states["survey"] is states["mappings"] is counting.State.UNKNOWN
    assert states["client-view"] is states["hand-over"] is counting.State.UNKNOWN
    assert told.ready == 0
    assert page(told)


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_the_page_is_accessible_in_every_language(language, visit, tmp_path):
    messages.use(language)
    path = tmp_path / "readiness.html"
    path.write_bytes(page(report(ground(settings=named())), reveal=True))
    shown = visit(path)
    shown.screenshot(path=tmp_path / "readiness.png", full_page=True)

    assert violations(shown) == []
    assert shown.locator("html").get_attribute("lang") == language
    assert shown.locator(".card").count() == 9
    assert "<b>Kaskivuori</b>\ufffd" in shown.locator("header").inner_text()
    shown.fill("#staff-table-filter", "U2")
    assert shown.locator("#staff-table tbody tr").locator("visible=true").count() == 1
    assert (tmp_path / "readiness.png").stat().st_size > 50_000


def test_the_page_is_accessible_in_the_dark_and_needs_no_network(visit, tmp_path):
    path = tmp_path / "readiness.html"
    path.write_bytes(page(report(ground(settings=named()))))

    assert violations(visit(path, color_scheme="dark")) == []
    assert b'src="http' not in path.read_bytes()
    assert b"Pekka" not in path.read_bytes()


@pytest.fixture
def here(workspace, exports):  # noqa: F811 - the fixtures that were imported
    """Return a workspace with the exports of the samples."""
    with (workspace / "kirjaamo.toml").open("a", encoding="utf-8") as stream:
        stream.write(f'\n[[sources]]\npath = "{exports}"\n')
    return workspace


def ledger():
    return of_workspace(find(), lambda: dt.datetime(2026, 1, 1, tzinfo=dt.UTC), "x")


def readiness(*words):
    return kirjaamo("archive", "readiness", "--as-of", DAY, *words)


def test_the_command_reports_and_names_nobody(here):
    result = readiness("-o", "r.html", "-o", "r.xlsx")
    book = openpyxl.load_workbook(here / "r.xlsx")
    text = (here / "r.html").read_text("utf-8")

    assert result.exit_code == 1, result.stderr
    assert "Survey of documents" in result.stdout
    assert "Wrote r.html" in result.stderr
    assert book.sheetnames == [
        "Readiness", "Open", "Figures", "Client view", "Places", "Signing", "Plan", "Units",
    ]  # fmt: skip
    assert book["Places"].max_row > 1
    assert "Workers by name" not in text


def test_workers_are_named_only_when_asked_for_and_the_trail_tells(here):
    result = readiness("--reveal", "-o", "r.xlsx", "-o", "r.html")

    assert result.exit_code == 1
    assert "Workers" in openpyxl.load_workbook(here / "r.xlsx").sheetnames
    assert "Workers by name" in (here / "r.html").read_text("utf-8")
    assert "Last name" not in result.stdout
    with ledger() as opened:
        events = [row["event"] for row in opened.rows(sa.select(AUDIT.c.event))]
    assert "workers revealed" in events


def test_a_staff_list_tells_of_the_workers_of_others_and_adds_nobody(here):
    readiness("--reveal", "-o", "r.xlsx")
    shown = openpyxl.load_workbook(here / "r.xlsx")["Workers"].iter_rows(values_only=True)
    heads = next(row for row in shown if "System" in row)
    people = [dict(zip(heads, row, strict=True)) for row in shown if row[0]]

    assert {one["System"] for one in people} == {"A", "B", "C"}
    assert "yes" in {one["Registration number"] for one in people if one["System"] == "A"}


def test_the_self_monitoring_plan_is_a_list_that_the_user_fills(here):
    written = kirjaamo("archive", "readiness", "--entries")
    again = kirjaamo("archive", "readiness", "--entries")
    place = here / FILE
    text = place.read_text("utf-8").replace("# done: 2026-01-31", "done: 2025-06-01", 2)
    place.write_text(text + '  - {name: "Oma ohje", done: 2099-01-01, owner: "A"}\n', "utf-8")
    told = entries(find(), DAY)

    assert written.exit_code == 0
    assert again.exit_code == 4
    assert "Nothing was changed" in again.stderr
    assert [one.done is not None for one in told].count(
        True
    ) == 2  # a day to come does not count
    assert (told[-1].name, told[-1].section) == ("Oma ohje", "")
    with ledger() as opened:
        lifecycle.surveyed(opened, ["1.2.3"])
    shown = readiness().stdout

    assert "Documents not accepted yet: 1." in shown
    assert "Entries of the self-monitoring plan that are not in order: 10." in shown


@pytest.mark.parametrize(
    "text",
    [
        "entries: [{key: nothing}]",
        "entries: [{owner: A}]",
        "entries: [{key: training}, {key: training}]",
        "entries: [{name: A}, {name: A}]",
        "entries: [{key: training, done: soon}]",
        "entries: 1",
        "[",
    ],
)
def test_a_broken_list_is_one_sentence(here, text):
    (here / FILE).write_text(text)

    assert FILE in refused("archive", "readiness")


def test_without_workspace_exports_or_form_there_is_no_report(tmp_path, monkeypatch, here):
    assert "neither .html nor .xlsx" in refused("archive", "readiness", "-o", "r.pdf")
    (here / "kirjaamo.toml").write_text("")
    assert "There is nothing to check" in refused("archive", "readiness")
    monkeypatch.chdir(tmp_path.parent)
    assert "needs a workspace" in refused("archive", "readiness")
