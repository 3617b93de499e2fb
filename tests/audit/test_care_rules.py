"""Closure rules: what they say of records, what they cannot say, and which files are refused."""

import datetime as dt
from pathlib import Path

import polars as pl
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kirjaamo.audit.care import conditions, facts, rules, simulating, stock
from kirjaamo.audit.care.errors import RuleFileError
from kirjaamo.audit.care.stock import Stock
from kirjaamo.errors import SettingsError
from tests.audit.records import AS_OF, system

NAME = {"fi": "nimi", "sv": "namn", "en": "name"}
SILENT = {"fact": "last_event", "older_than": {"months": 24}}


def day(months: int, days: int = 0) -> dt.date:
    """Return a day so many months of thirty days before the day of the tests."""
    return AS_OF - dt.timedelta(30 * months + days)


def records(*, ends=None, event=None, valid_to=None, death=None, outcome="1"):
    """Return a system with one relationship, matter, decision and entry."""
    started = dt.date(2015, 1, 1)
    return system(
        client=[{"client_id": "A1", "birth_date": dt.date(2010, 1, 1), "death_date": death, "municipality": "297"}],
        relationship=[{
            "relationship_id": "S1", "client_id": "A1", "service_task": "10", "start": started,
            "end": ends, "responsible_worker": "T1", "unit": "Y1",
        }],
        matter=[{"matter_id": "V1", "client_ids": ["A1"], "relationship_id": "S1", "service_task": "10", "opened": started, "closed": None}],
        decision=[{
            "decision_id": "P1", "client_id": "A1", "relationship_id": "S1", "matter_id": "V1", "decided": started,
            "valid_from": started, "valid_to": valid_to, "outcome": outcome,
        }],
        document=[{"document_id": "D1", "matter_id": "V1", "client_ids": ["A1"], "authored": dt.datetime(2015, 1, 2)}],
        entry=[{"entry_id": "M1", "client_id": "A1", "matter_id": "V1", "event_time": event and dt.datetime.combine(event, dt.time(9))}],
        worker=[{"worker_id": "T1", "unit": "Y1", "valid_to": dt.date(2020, 1, 1)}],
        unit=[{"unit_id": "Y1", "name": "Yksikkö", "valid_to": None}],
    )  # fmt: skip


def rule(when, subject="relationship", name="r", **more):
    return rules.Rule(name, rules.Label(**NAME), subject, when, **more)


def said(one, found, *others):
    """Return what a rule says of the first record of its subject."""
    of = rules.RuleSet((one, *others))
    made = simulating.simulated(of, stock.stocks([found], AS_OF), AS_OF, [one])
    return made.frames[one.subject][one.id][0]


SAID = [
    (SILENT, {"event": day(25)}, True),
    (SILENT, {"event": day(20)}, False),
    (SILENT, {"event": dt.date(2099, 1, 1)}, True),  # a day to come is no event
    (SILENT, {"event": day(25), "ends": day(1)}, False),  # it has ended already
    ({"not": SILENT}, {"event": day(25)}, False),
    ({"fact": "has_valid_decision", "is": True}, {"valid_to": None}, True),
    ({"fact": "has_valid_decision", "is": True}, {"valid_to": None, "outcome": "2"}, False),
    ({"fact": "has_valid_decision", "is": True}, {"valid_to": AS_OF}, True),
    ({"fact": "has_valid_decision", "is": False}, {"valid_to": day(0, 1)}, True),
    ({"fact": "decision_end", "older_than": {"months": 12}}, {"valid_to": day(14)}, True),
    ({"fact": "decision_end", "older_than": {"months": 12}}, {"valid_to": None}, False),
    ({"fact": "client_died", "older_than": {"months": 1}}, {"death": day(2)}, True),
    ({"fact": "client_died", "older_than": {"months": 1}}, {"death": None}, False),
    ({"fact": "client_died", "older_than": {"months": 1}}, {"death": dt.date(2099, 1, 1)}, False),
    ({"fact": "client_age", "at_most": 15}, {}, True),
    ({"fact": "client_age", "at_least": 16}, {}, False),
    ({"fact": "open_matters", "at_least": 1}, {}, True),
    ({"fact": "municipality", "none_of": ["297"]}, {}, False),
    ({"fact": "municipality", "one_of": ["297", "749"]}, {}, True),
    ({"fact": "opened", "before": dt.date(2016, 1, 1)}, {}, True),
    ({"fact": "opened", "from": dt.date(2016, 1, 1)}, {}, False),
    ({"fact": "opened", "known": True}, {}, True),
    ({"fact": "worker_left", "older_than": {"years": 1}}, {}, True),
    ({"fact": "unit_closed", "newer_than": {"days": 0}}, {}, False),
    ({"any": [SILENT, {"fact": "documents", "at_least": 1}]}, {"event": day(1)}, True),
    ({"all": [SILENT, {"fact": "documents", "at_least": 2}]}, {"event": day(25)}, False),
]  # fmt: skip


@pytest.mark.parametrize(("when", "what", "told"), SAID)
def test_what_a_condition_says(when, what, told):
    conditions.check(when, "relationship")
    assert said(rule(when), records(**what)) is told


def test_a_rule_that_names_another_says_the_same():
    inner = rule(SILENT, name="inner")
    assert said(rule({"rule": "inner"}), records(event=day(25)), inner) is True


def test_a_rule_speaks_in_its_days_and_of_its_service_tasks_only():
    old = records(event=day(25))
    assert said(rule(SILENT, valid_from=AS_OF), old) is True
    assert said(rule(SILENT, valid_from=AS_OF + dt.timedelta(1)), old) is False
    assert said(rule(SILENT, valid_to=AS_OF - dt.timedelta(1)), old) is False
    assert said(rule(SILENT, service_tasks=("10",)), old) is True
    assert said(rule(SILENT, service_tasks=("20",)), old) is False


def test_rules_about_matters():
    when = {"fact": "relationship_ended", "older_than": {"months": 1}}
    assert said(rule(when, "matter", ends=""), records(ends=day(2))) is True
    assert said(rule(when, "matter", ends=""), records()) is False
    shared = records(death=day(3))
    assert said(rule({"fact": "client_died", "older_than": {"months": 1}}, "matter"), shared)


def test_what_the_export_does_not_tell_is_not_decided():
    bare = system(relationship=[{"relationship_id": "S1", "client_id": "A1", "start": day(90)}])
    one = rule(SILENT)
    made = simulating.simulated(
        rules.RuleSet((one,)), stock.stocks([bare], AS_OF), AS_OF, [one]
    )
    [row] = simulating.totals(made).to_dicts()
    assert (row["open"], row["closes"], row["undecided"]) == (1, 0, 1)
    assert made.unknown == {"r": {"S": {"last_event"}}}


def test_no_dates_at_all_close_nothing():
    rows = [{"relationship_id": f"S{n}", "client_id": "A1", "start": None, "end": None} for n in range(3)]  # fmt: skip
    events = {
        "decision": [{"decision_id": "P1", "client_id": "A1", "relationship_id": "S1", "decided": None, "valid_to": None}],
        "entry": [{"entry_id": "M1", "client_id": "A1", "matter_id": None, "event_time": None}],
    }  # fmt: skip
    shipped = rules.read(rules.shipped())
    found = simulating.simulated(
        shipped,
        stock.stocks([system(relationship=rows, **events)], AS_OF),
        AS_OF,
        shipped.rules,
    )
    told = simulating.totals(found).filter(subject="relationship")
    assert told["closes"].sum() == 0
    assert told["open"].to_list() == [3] * 4


def test_no_relationships_and_no_matters():
    assert stock.stocks([system(client=[{"client_id": "A1"}])], AS_OF) == []
    shipped = rules.read(rules.shipped())
    none = simulating.simulated(shipped, [], AS_OF, shipped.rules)
    assert simulating.totals(none)["open"].sum() == 0
    assert simulating.grouped(none, "unit").is_empty()
    assert simulating.compared(none, none).is_empty()


def test_counts_of_cautions_groups_and_comparison():
    one = rule({"fact": "opened", "known": True})
    warned = rules.Caution("c", rules.Label(**NAME), "relationship", {"fact": "open_matters", "at_least": 1})  # fmt: skip
    stocks = stock.stocks([records()], AS_OF)
    first = simulating.simulated(rules.RuleSet((one,), (warned,)), stocks, AS_OF, [one])
    assert simulating.cautions(first).rows() == [("r", "name", 1)]
    assert simulating.totals(first)["cautions"].to_list() == [1]
    for by, group in (("unit", "Yksikkö"), ("task", "10"), ("year", "2015"), ("system", "S")):
        assert simulating.grouped(first, by).rows() == [("r", group, 1, 1)]
    other = simulating.simulated(rules.RuleSet(), stocks, AS_OF, [])
    assert simulating.compared(first, other).rows()[0] == ("relationship", 1, 1, 0, 0, 1, 0)


def test_the_shipped_rules_are_proposals_that_can_be_read():
    found = rules.read(rules.shipped())
    assert {one.status for one in found.rules} == {"proposed"}
    assert all(one.basis for one in found.rules)
    assert {one.subject for one in found.rules} == set(facts.SUBJECTS)


BASE = {"id": "r", "name": NAME, "subject": "relationship", "when": {"fact": "opened", "known": True}}  # fmt: skip
WRONG = [
    ([BASE, BASE], "several of that name"),
    ([BASE | {"when": {"fact": "shoe_size", "at_most": 1}}], "no fact of that name"),
    ([BASE | {"when": {"fact": "relationship_ended", "known": True}}], "no fact of that name"),
    ([BASE | {"when": {"fact": "opened", "at_most": 1}}], "cannot be asked"),
    ([BASE | {"when": {"fact": "opened", "older_than": {"moons": 1}}}], "wrong form"),
    ([BASE | {"when": {"fact": "opened", "older_than": {"months": -1}}}], "wrong form"),
    ([BASE | {"when": {"fact": "opened", "older_than": 24}}], "wrong form"),
    ([BASE | {"when": {"fact": "opened", "known": "yes!"}}], "wrong form"),
    ([BASE | {"when": {"fact": "unit", "one_of": []}}], "wrong form"),
    ([BASE | {"when": {"fact": "opened"}}], "a condition is"),
    ([BASE | {"when": {"fact": "opened", "known": True, "before": dt.date(2020, 1, 1)}}], "a condition is"),
    ([BASE | {"when": {"all": []}}], "is empty"),
    ([BASE | {"when": {"all": [{}]}}], "a condition is"),
    ([BASE | {"when": {"rule": "nobody"}}], "does not exist"),
    ([BASE | {"when": {"rule": "r"}}], "in a circle"),
    ([BASE | {"when": {"rule": "s"}}, BASE | {"id": "s", "when": {"not": {"rule": "r"}}}], "in a circle"),
    ([BASE | {"when": {"any": [{"rule": "m"}]}}, BASE | {"id": "m", "subject": "matter", "ends": ""}], "another kind"),
    ([BASE | {"status": "adopted"}], "by whom"),
    ([BASE | {"valid_from": dt.date(2025, 1, 1), "valid_to": dt.date(2024, 1, 1)}], "ends before it begins"),
    ([BASE | {"ends": "relationship_ended"}], "proposes"),
]  # fmt: skip


@pytest.mark.parametrize(("every", "reason"), WRONG)
def test_a_rule_that_cannot_be_used_is_refused_with_its_reason(every, reason, tmp_path):
    with pytest.raises(RuleFileError, match=reason):
        rules.read(written(tmp_path, {"rules": every}))


@pytest.mark.parametrize(
    "text", ["rules: [", "rules: 5", "rule: []", "rules: [{id: r}]", "\x00"]
)
def test_a_file_that_holds_no_rules_is_refused(text, tmp_path):
    (tmp_path / "rules.yaml").write_text(text, "utf-8")
    with pytest.raises(SettingsError):
        rules.read(tmp_path / "rules.yaml")


def written(folder: Path, content) -> Path:
    path = folder / "rules.yaml"
    path.write_text(yaml.safe_dump(content), "utf-8")
    return path


known = st.sampled_from(
    [("opened", "known", True), ("client_age", "at_most", 30), ("unit", "one_of", ["Y1"]),
     ("has_valid_decision", "is", True), ("client_died", "older_than", {"days": 1})]
)  # fmt: skip
leaves = known.map(lambda one: {"fact": one[0], one[1]: one[2]})
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda several: {"all": several}),
        st.lists(inner, min_size=1, max_size=3).map(lambda several: {"any": several}),
        inner.map(lambda one: {"not": one}),
    ),
    max_leaves=8,
)
FRAME = stock.stocks([records(death=day(2))], AS_OF)[0].frame


@given(trees, st.sets(st.sampled_from(sorted(facts.of("relationship")))))
def test_conditions_follow_the_logic_of_true_false_and_not_known(tree, unknown):
    conditions.check(tree, "relationship")
    told = FRAME.select(conditions.expression(tree, AS_OF, frozenset(unknown), {})).item()
    assert told is _by_hand(tree, unknown)


def _by_hand(tree, unknown):
    match tree:
        case {"all": several}:
            told = [_by_hand(one, unknown) for one in several]
            return False if False in told else None if None in told else True
        case {"any": several}:
            told = [_by_hand(one, unknown) for one in several]
            return True if True in told else None if None in told else False
        case {"not": one}:
            inner = _by_hand(one, unknown)
            return None if inner is None else not inner
    if tree["fact"] in unknown:
        return None
    return {"opened": True, "client_age": True, "unit": True, "has_valid_decision": True,
            "client_died": True}[tree["fact"]]  # fmt: skip


def test_a_stock_has_every_fact_of_its_subject():
    for one in stock.stocks([records()], AS_OF):
        assert isinstance(one, Stock)
        assert set(facts.of(one.subject)) <= set(one.frame.columns)
        assert one.unknown == frozenset()
        assert one.frame.select(pl.len()).item() == 1
