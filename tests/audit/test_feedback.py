"""Letters, worklists and exercises, and the commands of ``kirjaamo audit``."""

import io
import json

import openpyxl
import pytest

from kirjaamo import messages, samples
from kirjaamo.audit.feedback import exercises, letters, worklists
from kirjaamo.audit.reporting.content import content
from kirjaamo.audit.scores.counting import counted
from kirjaamo.audit.scores.judging import judged
from kirjaamo.cli import demo_audit
from tests.audit.records import AS_OF, entry, system, terms
from tests.browser import violations
from tests.command_line import kirjaamo, refused

DAY = ("--as-of", "2025-12-31")
WORKERS = [
    {"worker_id": f"T{n}", "unit": "U1", "last_name": "Virtanen", "first_names": "Matti"}
    for n in range(5)
]
CLIENTS = [
    {
        "client_id": "A1",
        "last_name": "Mäkinen",
        "first_names": "Aino Maria",
        "identity_code": "010190-999X",
    }
]
SECRET = "Mäkinen soitti 040 555 0199 ja Aino kertoi 1.5.2025 tunnuksesta 010190-999X."


def one_unit(name="Pohjoinen"):
    rows = [entry(n, text="-" if n < 20 else SECRET) for n in range(60)]
    return system(
        entry=rows, worker=WORKERS, client=CLIENTS, unit=[{"unit_id": "U1", "name": name}]
    )


def judged_unit(name="Pohjoinen"):
    return judged([one_unit(name)], terms())


def told(name="Pohjoinen"):
    return content(counted(judged_unit(name), terms()), "", None, goal=0.05, smallest=(10, 3))


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_letter_tells_a_unit_what_to_mend(language, visit, tmp_path):
    messages.use(language)
    (letter,) = letters.letters(told())
    path = tmp_path / "letter.html"
    path.write_bytes(letter.html())

    assert letter.unit == "Pohjoinen"
    assert violations(visit(path)) == []
    assert "Pohjoinen" in letter.markdown().decode()
    assert "\u00a0%" in letter.markdown().decode()


def test_a_letter_escapes_names_and_tells_no_record():
    (letter,) = letters.letters(told("<b>x</b>"))

    for made in (letter.html(), letter.markdown()):
        assert b"<b>x" not in made
        assert b"Virtanen" not in made
        assert b"040 555" not in made


def test_a_worklist_names_the_record_and_what_to_do():
    rows = worklists.flawed(judged_unit(), ["RQ011"])
    stream = io.BytesIO()
    worklists.write(rows, stream)
    (sheet,) = openpyxl.load_workbook(stream)
    table = list(sheet.iter_rows(values_only=True))

    assert rows.height == 20
    assert len(table) == 21
    assert table[1][4] == "entry.csv"
    assert SECRET not in {cell for row in table for cell in row}


def test_a_worklist_holds_no_formula():
    bad = system(entry=[entry(1, text="-", author="=1+1")])
    stream = io.BytesIO()
    worklists.write(worklists.flawed(judged([bad], terms())), stream)
    (sheet,) = openpyxl.load_workbook(stream)

    assert sheet["A2"].value == "=1+1"
    assert sheet["A2"].data_type == "s"


def made(seed=1, each=2):
    read = one_unit()
    return exercises.exercises(judged([read], terms()), exercises.names_of([read]), seed, each)


def test_exercises_name_nobody_and_are_the_same_for_a_seed():
    page = exercises.page(made(), 1)

    assert made() == made()
    assert page == exercises.page(made(), 1)
    for word in ("Mäkinen", "Aino", "040 555", "1.5.2025", "010190-999X", "NAME-"):
        assert word not in page.decode()
    assert {one.title for one in made()} >= {"Empty text or placeholder"}
    assert all(one.task and one.answer and one.example and one.record for one in made())


def test_another_seed_draws_other_records():
    rows = [
        entry(n, text=f"Soita {n} naapurille numeroon 040 555 0199, asia {n}")
        for n in range(60)
    ]
    found = judged([system(entry=rows)], terms(), ["RQ019"])
    names = exercises.names_of([])

    drawn = [exercises.exercises(found, names, seed, 5) for seed in (1, 2)]

    assert drawn[0] != drawn[1]
    assert all(len(one) == 5 for one in drawn)


def test_exercises_of_records_without_text_show_codes_only():
    rows = [entry(n, structure=None, service_task="10") for n in range(20)]
    found = judged([system(entry=rows)], terms(), ["RQ002"])

    (one,) = exercises.exercises(found, exercises.names_of([]), 1, 5)

    assert one.record == "service_task: 10; structure: \u2013"


def test_exercises_are_accessible(visit, tmp_path):
    path = tmp_path / "exercises.html"
    path.write_bytes(exercises.page(made(), 1))

    assert violations(visit(path)) == []


@pytest.fixture
def workspace(tmp_path, monkeypatch):
    region = samples.generate(90, 1, 0.02)
    for name in samples.SYSTEMS:
        samples.export(region, name, tmp_path / "exports")
    (tmp_path / "kirjaamo.toml").write_text('[[sources]]\npath = "exports"\n', "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def done(*words):
    result = kirjaamo("audit", *words)
    assert result.exit_code == 0, result.stderr
    return result


def trail():
    return kirjaamo("migrate", "audit", "export").stdout


def test_the_commands_measure_keep_compare_and_report(workspace):
    assert "RQ011" in done("measure", *DAY).stdout
    done("report", *DAY)
    done("snapshot", "--name", "one", "--export", "s.json", "--label", "X", *DAY)
    refused("audit", "compare")
    done("snapshot", "--name", "two", *DAY)
    changes = json.loads(done("compare", "--format", "json").stdout)
    named = json.loads(done("compare", "one", "two", "--format", "json").stdout)
    done("report", *DAY, "-o", "r.html", "-o", "r.xlsx", "--since", "one")

    assert changes == named
    assert {row["change"] for row in changes} == {"no certain change"}
    assert "X" in done("benchmark", "s.json", "s.json").stdout
    assert "What changed" in (workspace / "r.html").read_text("utf-8")
    assert (workspace / "r.xlsx").stat().st_size > 10_000
    assert kirjaamo("migrate", "audit", "verify").exit_code == 0


def test_letters_worklists_and_exercises_are_written_and_logged(workspace):
    done("feedback", "--into", "letters", *DAY)
    assert "audit-worklists" not in trail()
    done("feedback", "--into", "letters", "--reveal", "--measure", "rq005", *DAY)
    done("exercises", "-o", "e.html", "--reveal", *DAY)
    done("measure", "--by", "worker", "--reveal", *DAY)

    assert list((workspace / "letters").glob("*.md"))
    assert list((workspace / "letters" / "workers").glob("*.xlsx"))
    assert all(
        word in trail() for word in ("audit-worklists", "audit-exercises", "audit-by-worker")
    )


@pytest.mark.parametrize(
    "words",
    [
        ("measure", "--by", "worker"), ("exercises", "-o", "e.html"), ("report", "-o", "r.pdf"),
        ("measure", "--measure", "RQ999"), ("report", "--since", "never"), ("benchmark", "none.json"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_refused(workspace, words):
    result = kirjaamo("audit", *words, *([] if words[0] == "benchmark" else DAY))

    assert result.exit_code == 2
    assert "Traceback" not in result.stderr
    assert not list(workspace.glob("*.html"))


def test_thresholds_of_the_workspace_are_checked_first(workspace):
    with (workspace / "kirjaamo.toml").open("a") as stream:
        stream.write('[audit.thresholds.RQ001]\ndays = "seven"\n')

    assert "RQ001" in refused("audit", "measure")


def test_units_that_are_too_small_get_no_letters(workspace):
    with (workspace / "kirjaamo.toml").open("a") as stream:
        stream.write("[audit]\nrecords = 100000\n")

    assert "nothing to show" in refused("audit", "feedback", "--into", "letters")
    assert not (workspace / "letters").exists()


def test_outside_a_workspace_a_report_is_made_without_a_ledger(workspace, monkeypatch):
    (workspace / "kirjaamo.toml").unlink()

    result = kirjaamo("audit", "report", "exports", "-o", "r.html", *DAY)

    assert result.exit_code == 0
    assert not list(workspace.glob("ledger*"))


def test_the_demo_writes_a_report(workspace, monkeypatch):
    monkeypatch.setattr(demo_audit, "CLIENTS", 90)

    demo_audit.run(workspace, AS_OF)

    assert (workspace / "audit.html").stat().st_size > 50_000
    assert (workspace / "audit.xlsx").exists()
