"""Every case file in tests/rules/ against its rule, and the rules against the house style."""

import json
import re
from pathlib import Path

import polars as pl
import pytest
import yaml

from kirjaamo import findings, validators
from kirjaamo.classifications import Codes
from kirjaamo.rules import Kind
from kirjaamo.run import State
from tests.memory import check

CASES = Path(__file__).parent / "rules"
RULES = [rule for rule in validators.rules().values() if rule.kind is not Kind.DOCUMENT]


def read(code):
    return yaml.safe_load((CASES / f"{code}.yaml").read_text("utf-8"))


def cases():
    for rule in RULES:
        for name, case in read(rule.code).items():
            yield pytest.param(rule, case, id=f"{rule.code}: {name}")


def tables_of(rule, case):
    if "tables" in case:
        return case["tables"]
    table = case.get("table", rule.places[0].table)
    return {"client" if table == "*" else table: case["rows"]}


def codes_of(case):
    from tests.classifications.lists import with_lists

    return with_lists(case["lists"]) if "lists" in case else Codes()


@pytest.mark.parametrize(("rule", "case"), list(cases()))
def test_case(rule, case):
    tables = tables_of(rule, case)
    run = check(
        [rule],
        tables,
        codes=codes_of(case),
        settings={rule.code: case.get("settings", {})},
        values=case.get("values"),
        **({"as_of": case["as_of"]} if "as_of" in case else {}),
    )
    found = findings.concat(run.findings)
    if "field" in case:
        found = found.filter(pl.col("field") == case["field"])

    assert run.states[0].state in (State.RUN, State.FOUND), run.states[0].reasons
    assert sorted(set(found["row"])) == sorted(set(case.get("expect", [])))
    assert not leaked(found, tables), "leaks a value"


def leaked(found, tables):
    """Return the parameters that are values of the rows."""
    values = {
        str(value)
        for rows in tables.values()
        for row in rows
        for value in row.values()
        if value is not None and len(str(value)) > 3
    }
    given = [json.loads(text) for text in found["parameters"] if text]
    return [v for parameters in given for v in parameters.values() if str(v) in values]


@pytest.mark.parametrize("rule", list(validators.rules().values()), ids=lambda rule: rule.code)
class TestHouseStyle:
    def test_code_is_well_formed(self, rule):
        assert re.fullmatch(r"[A-Z]{2}[0-9]{3}", rule.code)

    def test_has_passing_and_failing_cases(self, rule):
        found = read(rule.code).values()

        assert any(case.get("expect") for case in found)
        assert any(not case.get("expect") for case in found)

    def test_explanation_has_the_three_sections(self, rule):
        headings = [re.match(r"\*\*(.+?)\.\*\*", text) for text in rule.paragraphs]

        assert [m[1] for m in headings if m] == ["What it checks", "Why it matters", "Example"]

    def test_title_is_a_short_line_without_a_full_stop(self, rule):
        assert 10 < len(rule.title) <= 90

    def test_states_its_basis_and_advice(self, rule):
        assert rule.basis
        assert rule.advice.endswith(".")


def test_codes_are_unique():
    folder = CASES.parent.parent / "validators"
    modules = [
        path
        for path in folder.rglob("*.py")
        if re.search(r"^@(column|table|document)_rule", path.read_text("utf-8"), re.MULTILINE)
    ]

    assert len(modules) == len(validators.rules())


def test_every_case_file_belongs_to_a_rule():
    assert {path.stem for path in CASES.glob("*.yaml")} == set(validators.rules())
