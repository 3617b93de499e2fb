"""Every gate closes for the record it is meant for, and opens when what it asks for is done."""

import datetime as dt
from importlib.resources import files

import polars as pl
import pytest
import yaml

from kirjaamo import samples
from kirjaamo.migration import running, showing, steps
from kirjaamo.migration.errors import NotTestedError
from kirjaamo.migration.ledger import open_book
from kirjaamo.migration.making import Made
from kirjaamo.migration.reasons import REASONS
from kirjaamo.migration.targets import open_target
from tests.migration.conftest import NOW, desk_of, options, tree
from tests.migration.test_running import imported, known

DECISIONS = options(only=["kind=decision", "system=A"])
SERVICES = "mappings/a_old_type_social_service.yaml"


def reasons(place, wanted=DECISIONS):
    plan = steps.make_plan(desk_of(place), wanted)
    return {code: plan.total(reason=code) for code in ("", *REASONS)}


@pytest.fixture(scope="module")
def before(tmp_path_factory, small_exports):
    """Return how many decisions met which end before anything was changed."""
    folder = tmp_path_factory.mktemp("before")
    samples.workspace(folder)
    (folder / "exports").symlink_to(small_exports)
    return reasons(folder)


def rewritten(path, change):
    """Change the rows of a mapping that are approved to become a code."""
    facts = yaml.safe_load(path.read_text())
    rows = facts["rows"]
    facts["rows"] = [row | change if row["status"] == "approved" else row for row in rows]
    path.write_text(yaml.safe_dump(facts))


def edit(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"status": "proposed"}, "not-approved"),
        ({"status": "rejected"}, "mapping-rejected"),
        ({"new": None, "reason": "none"}, "unmappable"),
        ({"new": None, "new_name": "Jokin", "reason": "none"}, "no-known-number"),
        ({"valid_from": dt.date(2100, 1, 1)}, "not-mapped"),
    ],
)
def test_a_mapping_that_is_not_approved_holds_its_records(change, reason, place, before):
    rewritten(place / SERVICES, change)
    after = reasons(place)

    assert after[reason] - before[reason] == before[""] - after[""] > 0
    assert sum(after.values()) == sum(before.values())


def test_a_mapping_holds_on_its_days_only(place, before):
    rewritten(place / SERVICES, {"valid_to": dt.date(2016, 12, 31)})
    after = reasons(place)

    assert 0 < after["not-mapped"] - before["not-mapped"] < before[""]


def test_an_uncertain_code_of_the_built_in_list_holds_its_records(place):
    found = steps.make_plan(desk_of(place), DECISIONS)
    told = "\n".join(showing.sentences(found, 0.0))

    assert found.total(reason="uncertain-code", service_task="15") > 0
    assert found.total(outcome="moved", service_task="15") == 0
    assert "uncertain-code: the number of a code is not known for sure" in told


def test_without_a_record_map_nothing_is_guessed(place):
    codes = [row["old"] for row in yaml.safe_load((place / SERVICES).read_text())["rows"]]
    rows = [
        {"old": code, "new": "11006", "status": "approved", "confidence": "secondary",
         "owner": "x", "reason": "x", "evidence": "x"}
        for code in codes
    ]  # fmt: skip
    facts = {"source": "local:A:old_type", "target": "1.2.246.537.6.1506", "rows": rows}
    (place / "mappings" / "a_old_type_document_type.yaml").write_text(yaml.safe_dump(facts))
    found = reasons(place)

    assert found["no-record-map"] > 0
    assert found[""] == 0


def test_a_service_task_with_several_structures_needs_the_type(place, monkeypatch):
    rows = [*known("service_task"), ("979", "Perheoikeudelliset palvelut")]
    imported(place, "service_task", rows, monkeypatch)

    assert reasons(place, options(only=["kind=decision"]))["no-structure"] > 0


@pytest.mark.parametrize("why", ["out_of_scope", "not_certifiable"])
def test_a_system_that_is_left_out_moves_nothing(why, place):
    settings, table = place / "kirjaamo.toml", "[migration.left_out]\n"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace(table, f'{table}A = "{why}"\n'), "utf-8")
    plan = steps.make_plan(desk_of(place), options())

    assert plan.total(system="A") == plan.total(system="A", reason=why.replace("_", "-")) > 0
    assert plan.total(system="A", outcome="rejected") == plan.total(system="A")
    assert plan.total(system="C", outcome="moved") > 0


def test_facts_that_are_missing_are_told_by_path_and_hold_the_record(place):
    desk = desk_of(place)
    steps.carry_out(desk, steps.make_plan(desk, options(only=["kind=matter"])))
    with desk.ledger() as book:
        left = showing.left(book, 1).filter(pl.col("reason") == "missing-facts")

    assert left.height > 0
    assert all("asia_asiakirja/asian_tiedot" in text for text in left["findings"])


def test_a_document_that_breaks_a_rule_is_not_written(place):
    edit(place / "kirjaamo.toml", 'oid = "1.2.246.10.90000011.10.201"', 'oid = "1.2.3"')
    broken = reasons(place, options(only=["kind=relationship", "system=A"]))

    assert broken["findings"] > 0
    assert broken[""] == 0


def test_test_and_production_have_one_recipe_or_production_waits(place):
    desk = desk_of(place)
    few = {"limit": 2, "only": ["system=A"]}
    steps.carry_out(desk, steps.make_plan(desk, options(**few)))
    steps.accept(desk, "seen")
    edit(place / SERVICES, 'new: "45"', 'new: "46"')
    desk = desk_of(place)
    plan = steps.make_plan(desk, options(stage="production", **few))

    with pytest.raises(NotTestedError) as refused:
        steps.carry_out(desk, plan)
    assert int(refused.value.exit_code) == 4


def test_an_identifier_that_stands_for_another_record_is_not_given(tmp_path, planned):
    plan, prepared, made = planned
    twin = next(one for _, rows in made for one in rows if one.row["outcome"] == "moved")

    def results(_):
        for work, rows in made:
            yield work, [_renamed(one) if one is twin else one for one in rows]

    with (
        open_book(f"sqlite:///{tmp_path}/l.sqlite", lambda: NOW, "me") as book,
        open_target("folder", tmp_path / "t") as target,
    ):
        row = {k: twin.row[k] for k in ("target_id", "system", "kind", "source_key")}
        with book.transaction() as connection:
            book.claim(connection, [row | {"source_key": "another record"}])
        run = running.open_run(book, plan, "x")["number"]
        for _ in running.execute(book, run, prepared.batches(), target, results):
            pass
        held = [r for r in book.records(run) if r["reason"] == "identifier-taken"]

    assert [(r["outcome"], r["target_id"], r["size"]) for r in held] == [("held", "", 0)]
    assert not [name for name in tree(tmp_path / "t") if twin.row["target_id"] in name]


def _renamed(one):
    return Made(one.row, one.content)


def test_the_sample_region_has_a_row_for_each_of_its_local_types():
    folder = files("kirjaamo.samples") / "data"
    tasks = yaml.safe_load((folder / "services.yaml").read_text())["tasks"]
    for system in samples.SYSTEMS:
        name = f"{system.lower()}_old_type_social_service.yaml"
        rows = yaml.safe_load((folder / "mappings" / name).read_text())["rows"]
        wanted = {
            f"{task['local'][system]}-{n:02}": one.get("social_service")
            for task in tasks.values()
            for n, one in enumerate(task["types"], start=1)
        }
        assert {row["old"]: row["new"] for row in rows} == wanted
