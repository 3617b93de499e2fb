"""The rules of access rights, case by case, and the samples with known defects."""

import datetime as dt
import json
import re
from pathlib import Path

import polars as pl
import pytest
import yaml

from kirjaamo import findings, messages, records, samples
from kirjaamo.audit.access import rule_table, rules, running, sensitive
from kirjaamo.audit.access.errors import NoRightsError
from kirjaamo.audit.access.ground import READ, Terms, accesses
from kirjaamo.classifications import Codes
from kirjaamo.cli.inputs import inputs
from kirjaamo.rule_pages import markdown
from kirjaamo.run import State
from kirjaamo.samples import access
from kirjaamo.sources.tables import System, systems
from kirjaamo.waivers import Known
from tests.audit.records import AS_OF, system

CASES = yaml.safe_load((Path(__file__).parent / "access" / "cases.yaml").read_text("utf-8"))
SOUND = CASES.pop("sound")
TABLES = ("worker", "unit", "access_right", "document", "decision", "entry")


def cases():
    for code, every in CASES.items():
        for name, case in every.items():
            yield pytest.param(code, case, id=f"{code}: {name}")


def typed(rows):
    """Return rows with times as times; yaml gives days."""
    return [
        {k: dt.datetime.fromisoformat(v) if k.endswith("_time") else v for k, v in row.items()}
        for row in rows
    ]


def whole(table, rows):
    """Return rows with every field of the table, as an export that has them all."""
    return [dict.fromkeys(records.get(table).fields) | row for row in typed(rows)]


def system_of(case):
    given = {name: case.get(name, SOUND.get(name)) for name in TABLES}
    made = system(**{name: whole(name, rows) for name, rows in given.items() if rows})
    dropped = [one.split(".") for one in case.get("drop", ())]
    tables = {
        name: frame.drop([field for table, field in dropped if table == name])
        for name, frame in made.tables.items()
    }
    return System(made.name, tables, made.cannot, made.columns)


def table_of(rows):
    every = [dict.fromkeys(rule_table.SCHEMA) | {"need": "allowed"} | row for row in rows]
    return pl.DataFrame(every, rule_table.SCHEMA)


def terms_of(code, case):
    table = None if case.get("no_table") else table_of(case.get("rules", SOUND["rules"]))
    thresholds = {code: case["settings"]} if "settings" in case else {}
    return Terms(AS_OF, table, ("10", "15"), thresholds)


@pytest.mark.parametrize(("code", "case"), list(cases()))
def test_case(code, case):
    run = running.check(
        (), [system_of(case)], terms_of(code, case), Codes(), ((code,), (), Known())
    )
    (state,) = run.states

    if case.get("not_run"):
        assert state.state is State.NOT_RUN
        assert state.reasons
        return
    assert state.state in {State.RUN, State.FOUND}, state.reasons
    found = findings.concat(run.findings)
    assert sorted(found["row"]) == case["expect"]
    assert set(found["field"]) <= {rules()[code].places[0].field}


def test_every_rule_has_cases_that_pass_and_fail():
    assert set(CASES) == set(rules())
    for every in CASES.values():
        assert any(case.get("expect") for case in every.values())
        assert any(case.get("expect") == [] for case in every.values())


@pytest.mark.parametrize("rule", rules().values(), ids=lambda rule: rule.code)
def test_a_rule_has_a_page_with_three_sections_in_every_language(rule):
    headings = [re.match(r"\*\*(.+?)\.\*\*", text)[1] for text in rule.paragraphs]

    assert headings == ["What it checks", "Why it matters", "Example"]
    assert rule.advice.endswith(".")
    english = markdown(rule)
    for language in ("fi", "sv"):
        messages.use(language)
        assert markdown(rule) != english
        assert rule.title not in markdown(rule)
    messages.use("en")


def test_parameters_hold_no_value_of_a_record():
    run = running.found([system_of({"access_right": [{"worker_id": "T9", "service_task": "24"}]})],
                        terms_of("AR010", {}))  # fmt: skip

    missing = run.filter(rule="AR010")
    assert [json.loads(text) for text in missing["parameters"]] == [{"task": "10"}]
    assert "T1" not in "".join(run["parameters"])


@pytest.mark.parametrize("defects", [0.0, 0.3])
def test_the_samples_have_the_defects_that_their_truth_tells_and_no_others(defects, tmp_path):
    access.write(tmp_path, workers=300, seed=4, defects=defects)
    read = systems(inputs([str(tmp_path / "exports")], None, None).tables, READ)
    codes = tuple(task.code for task in sensitive.read(None))
    terms = Terms(samples.AS_OF, rule_table.read(tmp_path / "access" / "rules.csv"), codes)
    truth = pl.read_csv(tmp_path / "truth.csv").rows()

    found = running.found(read, terms)
    places = set(found.select("source", "table", "row", "field", "rule").rows())
    assert places == set(truth)
    assert {code for *_, code in truth} == (set(rules()) - {"AR014"} if defects else set())


def test_the_same_seed_gives_the_same_samples(tmp_path):
    for name in ("a", "b"):
        access.write(tmp_path / name, workers=60, seed=1, defects=0.2)

    for path in (tmp_path / "a").rglob("*.*"):
        assert (
            path.read_bytes()
            == (tmp_path / "b" / path.relative_to(tmp_path / "a")).read_bytes()
        )


def test_workers_of_another_system_are_borrowed():
    personnel = system(name="P", worker=whole("worker", SOUND["worker"]))
    rights = system(name="R", access_right=whole("access_right", SOUND["access_right"]))
    (_, of_rights) = accesses([personnel, rights], Terms(AS_OF))

    assert of_rights.frames["workers"].height == 2
    assert running.found([personnel, rights], Terms(AS_OF)).filter(rule="AR003").height == 0


def test_a_rule_that_a_system_cannot_answer_says_so():
    made = system_of({})
    silent = System(made.name, made.tables, frozenset({"access_right.unit"}), made.columns)
    run = running.check((), [silent], Terms(AS_OF), Codes(), (("AR005",), (), Known()))

    assert run.states[0].state is State.NOT_RUN
    assert "access_right.unit" in run.states[0].reasons[0]


def test_a_rule_that_breaks_is_reported_and_the_others_go_on():
    thresholds = {"AR014": {"months": "many"}}
    entry = [{"author": "T1", "service_task": "10", "recorded_time": "2025-01-01T00:00:00"}]
    terms = Terms(AS_OF, thresholds=thresholds)
    run = running.check((), [system_of({"entry": entry})], terms, Codes())
    states = {state.rule.code: state.state for state in run.states}

    assert states["AR014"] is State.FAILED
    assert states["AR001"] is State.RUN


def test_sources_without_workers_and_rights_are_refused():
    with pytest.raises(NoRightsError):
        accesses([system(unit=[{"unit_id": "Y1"}])], Terms(AS_OF))
