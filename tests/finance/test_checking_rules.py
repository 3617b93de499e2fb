"""Every case file in tests/finance/rules/ against its rule, and the rules against the house style."""

import datetime as dt
import json
import re
from pathlib import Path

import msgspec
import polars as pl
import pytest
import yaml

from kirjaamo import findings
from kirjaamo.classifications import Codes
from kirjaamo.finance.checking import beside, rules
from kirjaamo.finance.checking.running import Choice, Ground, check
from kirjaamo.finance.mapping.applying import apply
from kirjaamo.finance.postings import SCHEMA, SUBTOTALS, Postings
from kirjaamo.finance.postings.numbers import cents
from kirjaamo.finance_settings import Finance, Lists
from kirjaamo.mappings import Crosswalk, local
from kirjaamo.records import ROW, SOURCE
from kirjaamo.run import State
from kirjaamo.sources.periods import period
from kirjaamo.sources.profile import Amounts, Forms
from tests.classifications.lists import with_lists
from tests.mappings.crosswalks import frame as mapping_frame
from tests.mappings.crosswalks import row as mapping_row

CASES = Path(__file__).parent / "rules"
ROW_DEFAULTS = {
    "system": "T", "account": "4000", "period": "2025-03", "amount": "1,00", "currency": "EUR",
}  # fmt: skip


def read(code):
    # Base loader: 2025-03 stays text, as a ledger has it.
    return yaml.load((CASES / f"{code}.yaml").read_text("utf-8"), yaml.BaseLoader)


def cases():
    for rule in rules().values():
        for name, case in read(rule.code).items():
            yield pytest.param(rule, case, id=f"{rule.code}: {name}")


def shaped(rows, schema, first, defaults):
    if not rows:
        return schema.to_frame()
    given = [{**defaults, **row, ROW: str(place)} for place, row in enumerate(rows, first)]
    clean = [{k: None if v == "null" else v for k, v in row.items()} for row in given]
    names = {name for row in clean for name in row} | {"amount"}
    frame = pl.DataFrame(clean, schema=dict.fromkeys(sorted(names), pl.String))
    if "period" not in frame.columns:
        frame = frame.with_columns(period=pl.lit(None, pl.String))
    return (
        frame.with_columns(cents(pl.col("amount"), Forms()).alias("_amount"))
        .unnest("_amount")
        .drop("amount")
        .with_columns(
            pl.lit("t.csv").alias(SOURCE),
            pl.col(ROW).cast(pl.UInt64),
            period(pl.col("period"), "", Amounts(), pl.lit("")).alias("period"),
        )
        .match_to_schema(schema, missing_columns="insert", extra_columns="ignore")
        .with_columns(pl.col("currency").fill_null("EUR"))
    )


def crosswalk(given):
    name = f"t_{given['source']}_{given['target']}"
    rows = [
        mapping_row(
            one["old"],
            None if one["new"] == "null" else one["new"],
            **{k: v for k, v in one.items() if k not in {"old", "new"}},
        )
        for one in given["rows"]
    ]
    return name, Crosswalk(
        name, local("T", given["source"]), given["target"], mapping_frame(rows)
    )


def lists_of(case):
    if "lists" not in case:
        return Codes()
    given = case["lists"]
    complete = given["complete"] == "true"
    dated = {
        name: [
            {
                k: dt.date.fromisoformat(v) if k.startswith("valid") else v
                for k, v in one.items()
            }
            for one in rows
        ]
        for name, rows in given.items()
        if name != "complete"
    }
    return with_lists(dated | {"complete": complete})


def beside_files(case, folder):
    made = {}
    for name in ("previous", "activity"):
        if name in case:
            path = folder / f"{name}.csv"
            path.write_text(case[name], "utf-8")
            made[name] = getattr(beside, name)(path)
    if "points" in case:
        made["points"] = pl.DataFrame({"signature": case["points"]})
    return made


def run_case(rule, case, folder):
    rows = case["rows"]
    postings = Postings(
        shaped(rows, SCHEMA, 1, ROW_DEFAULTS),
        shaped(case.get("subtotals", []), SUBTOTALS, len(rows) + 1, {"system": "T"}),
    )
    crosswalks = dict(map(crosswalk, case.get("mapping", [])))
    finance = msgspec.convert(case.get("finance", {}), Finance, strict=False)
    ground = Ground(
        2025, dt.date(2026, 1, 1), finance, lists_of(case), **beside_files(case, folder)
    )
    mapped = apply(postings.frame, crosswalks, Lists())
    return check(postings, mapped, ground, Choice(select=(rule.code,)))


@pytest.mark.parametrize(("rule", "case"), list(cases()))
def test_case(rule, case, tmp_path):
    run = run_case(rule, case, tmp_path)
    state = run.states[0]

    if case.get("not_run"):
        assert state.state is State.NOT_RUN
        assert state.reasons
        return
    found = findings.concat(run.findings)
    if "field" in case:
        found = found.filter(pl.col("field") == case["field"])
    assert state.state in {State.RUN, State.FOUND}, state.reasons
    assert sorted(set(found["row"])) == sorted(map(int, case["expect"]))
    assert set(found["source"]) <= {case.get("source", "t.csv")}
    if "parameters" in case:
        assert [json.loads(text) for text in found["parameters"]] == [case["parameters"]]


def test_every_case_file_belongs_to_a_rule():
    assert {path.stem for path in CASES.glob("*.yaml")} == set(rules())


def test_every_module_of_the_family_is_a_rule():
    from kirjaamo.finance.checking import family

    modules = {path.stem for path in Path(family.__file__).parent.glob("*.py")} - {"__init__"}
    assert len(modules) == len(rules())


@pytest.mark.parametrize("rule", list(rules().values()), ids=lambda rule: rule.code)
class TestHouseStyle:
    def test_code_is_of_the_family(self, rule):
        assert re.fullmatch(r"FN[0-9]{3}", rule.code)

    def test_has_passing_and_failing_cases(self, rule):
        found = read(rule.code).values()

        assert any(case.get("expect") for case in found)
        assert any(case.get("expect") == [] for case in found)

    def test_explanation_has_the_three_sections(self, rule):
        headings = [re.match(r"\*\*(.+?)\.\*\*", text) for text in rule.paragraphs]

        assert [m[1] for m in headings if m] == ["What it checks", "Why it matters", "Example"]

    def test_title_is_a_short_line_without_a_full_stop(self, rule):
        assert 10 < len(rule.title) <= 90
        assert not rule.title.endswith(".")

    def test_states_its_basis_and_advice(self, rule):
        assert rule.basis
        assert rule.advice.endswith(".")
