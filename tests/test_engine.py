"""The engine: the same bytes however the work is cut, and four honest states."""

import dataclasses
import datetime as dt
import io

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kirjaamo import findings, reports, validators
from kirjaamo.classifications import Codes
from kirjaamo.cli.inputs import inputs
from kirjaamo.engines import driver
from kirjaamo.engines.local import in_order
from kirjaamo.engines.pack import Context
from kirjaamo.engines.spool import Spool
from kirjaamo.engines.tally import Tally
from kirjaamo.rules import Kind
from kirjaamo.run import State
from tests.memory import check as check_rows

AS_OF = dt.date(2026, 1, 1)
RULES = [rule for rule in validators.rules().values() if rule.kind is not Kind.DOCUMENT]


def json_report(run):
    stream = io.BytesIO()
    reports.write("json", run, stream)
    return stream.getvalue()


@pytest.fixture(scope="module")
def context():
    return Context(AS_OF, Codes(), {})


@pytest.fixture(
    scope="module", params=["a_paatokset.csv", "b_vienti.xlsx", "c_rekisteri.sqlite"]
)
def sources(request, exports):
    return inputs([str(exports / request.param)], None, None).tables


def findings_and_states(run):
    return findings.concat(run.findings), [(s.rule.code, s.state, s.found) for s in run.states]


class TestHoweverTheWorkIsCut:
    def test_any_number_of_jobs_gives_the_same_bytes(self, sources, context):
        whole = [driver.check(sources, RULES, context=context, jobs=jobs) for jobs in (1, 2, 5)]

        assert len({json_report(run) for run in whole}) == 1
        assert len(whole[0].findings) > 20

    @pytest.mark.parametrize("size", [2_000, 20_000])
    def test_units_of_any_size_find_the_same(self, sources, context, size):
        large, states = findings_and_states(driver.check(sources, RULES, context=context))

        small, same = findings_and_states(
            driver.check(sources, RULES, context=context, size=size, jobs=2)
        )

        order = ["source", "row", "table", "field", "rule"]
        assert small.sort(order).equals(large.sort(order))
        assert same == states

    def test_jobs_do_not_matter_for_tiny_units_either(self, sources, context):
        runs = [
            driver.check(sources, RULES, context=context, size=2_000, jobs=jobs)
            for jobs in (1, 3)
        ]

        assert json_report(runs[0]) == json_report(runs[1])


def test_a_rule_that_breaks_is_failed_and_the_others_still_run():
    def breaks(value):
        return value.cast(pl.Int64, strict=True) > 0

    broken = dataclasses.replace(validators.get("ID001"), check=breaks)
    rows = {"client": [{"client_id": "1", "identity_code": "x", "birth_date": "31.02.1990"}]}

    run = check_rows([broken, validators.get("DQ007"), validators.get("ID011")], rows)

    assert run.states[0].state is State.FAILED
    assert State.FAILED not in [state.state for state in run.states][1:]
    assert "x" not in json_report(run).decode().split()


def test_a_table_rule_that_breaks_is_failed_too():
    def breaks(client):
        return client.select(pl.col("identity_code").cast(pl.Int64, strict=True))

    broken = dataclasses.replace(validators.get("ID011"), check=breaks)

    run = check_rows([broken], {"client": [{"client_id": "1", "identity_code": "x"}]})

    assert run.states[0].state is State.FAILED


def test_a_rule_without_its_column_says_so_and_is_not_passed(tmp_path, context):
    (tmp_path / "p.yaml").write_text(
        "system: P\nlabel: {fi: p, sv: p, en: p}\nparts:\n  - files: 'p*.csv'\n"
        "    tables: {client: {fields: {client_id: Nr}}}\n"
        "limits:\n  - {fields: [client.birth_date], reason: {fi: e, sv: e, en: e}}\n"
    )
    (tmp_path / "p.csv").write_text("Nr\n1\n2\n")
    found = inputs([str(tmp_path / "p.csv")], str(tmp_path / "p.yaml"), None)

    run = driver.check(found.tables, RULES, context=context)

    states = {state.rule.code: state for state in run.states}
    assert states["ID001"].state is State.NOT_RUN
    assert any("identity_code" in reason for reason in states["ID001"].reasons)
    assert states["DQ015"].state is State.RUN
    assert any("cannot record" in reason for reason in states["LC018"].reasons)


def test_findings_beyond_memory_wait_in_files_and_come_back_in_order(sources, context):
    in_memory, on_disk = Tally(), Tally(spool=Spool(in_memory=0))

    for tally in (in_memory, on_disk):
        driver.add_tables(tally, sources, RULES, context=context)

    first, second = (tally.finish(RULES, context) for tally in (in_memory, on_disk))
    assert len(first.findings) > 20
    assert json_report(first) == json_report(second)


@given(
    rows=st.lists(st.lists(st.integers(1, 9), max_size=4), max_size=6), kept=st.integers(0, 9)
)
def test_a_spool_gives_back_what_it_was_given(rows, kept):
    spool = Spool(in_memory=kept)
    frames = [pl.DataFrame({"row": numbers}, schema={"row": pl.UInt64}) for numbers in rows]

    for frame in frames:
        spool.append(frame)

    assert len(spool) == sum(map(len, rows))
    assert [n for frame in spool for n in frame["row"]] == [
        n for numbers in rows for n in numbers
    ]


@given(work=st.lists(st.integers()), jobs=st.integers(1, 4))
def test_work_is_answered_in_its_order(work, jobs):
    assert list(in_order(work, lambda n: n * 2, jobs)) == [(n, n * 2) for n in work]


def test_no_more_work_is_taken_than_can_be_waited_for():
    taken = []

    def work():
        for number in range(100):
            taken.append(number)
            yield number

    first = next(iter(in_order(work(), lambda n: n, 2)))

    assert first == (0, 0)
    assert len(taken) <= 4
