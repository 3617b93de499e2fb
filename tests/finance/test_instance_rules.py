"""Rules of good practice: every single mutation of a sound instance is found, a sound one is not."""

import datetime as dt
import json
from pathlib import Path

import pytest

from benchmarks.xbrl.mutations import MUTATIONS, counts, filing, found, means, sound
from kirjaamo import finance
from kirjaamo.errors import UnknownNameError
from kirjaamo.finance.instances import rules
from kirjaamo.finance.instances.checking import Choice, check, faults, subject
from kirjaamo.finance.instances.subject import Means
from kirjaamo.finance.writing import write
from kirjaamo.run import State
from tests.command_line import kirjaamo, refused

CHOICE = Choice(dt.date(2026, 12, 31))
OF_FACTS = {
    "FN105", "FN113", "FN115", "FN125", "FN127", "FN129", "FN130", "FN136", "FN137", "FN141",
    "FN142", "FN143",
}  # fmt: skip
"""Rules that look at facts alone, whatever the form."""

ALSO: dict[str, set[str]] = {
    "no schema": {"FN134"}, "inclusion": {"FN133"}, "span of time": {"FN113"},
    "forever": {"FN113"}, "day with a time": {"FN113"}, "day that never was": {"FN113"},
    "segment": {"FN141"}, "empty scenario": {"FN118"}, "unused context": {"FN119"},
    "same context twice": {"FN118"}, "same unit twice": {"FN120"}, "quotient": {"FN143"},
    "nil": {"FN133"}, "mandatory data point missing": {"FN118"},
}  # fmt: skip
"""What else a mutation breaks."""


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda one: one.name)
def test_every_mutation_is_found_and_nothing_else(tmp_path: Path, mutation) -> None:  # type: ignore[no-untyped-def]
    hits = found(mutation, sound(tmp_path), tmp_path)
    assert set(hits) == {mutation.rule} | ALSO.get(mutation.name, set())


@pytest.mark.parametrize("name", ["a.xbrl", "a.json", "a.zip", "folder"])
def test_a_sound_instance_has_no_findings_in_any_form(tmp_path: Path, name: str) -> None:
    write(tmp_path / name, filing())
    assert not faults(subject(tmp_path / name, means()))


def test_every_rule_has_a_mutation_and_a_code_of_its_own() -> None:
    assert {one.rule for one in MUTATIONS} == set(rules())
    assert len(MUTATIONS) >= 25
    assert len(finance.rules()) == len(rules()) + len(set(finance.rules()) - set(rules()))
    told = counts()
    assert told == {
        "mutations": len(MUTATIONS), "mutations_found": len(MUTATIONS), "mutations_false": 0,
    }  # fmt: skip


def test_rules_that_cannot_run_say_so(tmp_path: Path) -> None:
    write(tmp_path / "a.json", filing())
    run = check([tmp_path / "a.json"], Means(), CHOICE)
    ran = {one.rule.code for one in run.states if one.state is State.RUN}
    assert ran == OF_FACTS - {"FN141", "FN142"}
    idle = [one for one in run.states if one.state is State.NOT_RUN]
    assert all(one.reasons for one in idle)
    assert not any(one.state is State.FOUND for one in run.states)


def test_findings_have_line_and_place_and_no_value(tmp_path: Path) -> None:
    text = sound(tmp_path)
    path = tmp_path / "bad.xbrl"
    path.write_text(text.replace("1234.50", "1.2345E3"), "utf-8")
    run = check([path], means(), CHOICE)
    rows = [row for batch in run.findings for row in batch.iter_rows(named=True)]
    (row,) = rows
    line = 1 + text[: text.index("1234.50")].count("\n")
    assert (row["rule"], row["row"], row["source"]) == ("FN129", line, "bad.xbrl")
    assert row["field"].startswith("MET(x_met:md1)")
    assert "1.2345" not in json.dumps(rows, default=str)


def test_lines_are_right_far_down_a_file(tmp_path: Path) -> None:
    text = sound(tmp_path).replace("<find:fIndicators>", "\n" * 70_000 + "<find:fIndicators>")
    path = tmp_path / "far.xbrl"
    path.write_text(text.replace("1234.50", "1,5"), "utf-8")
    run = check([path], means(), CHOICE)
    (row,) = [row for batch in run.findings for row in batch.iter_rows(named=True)]
    assert row["row"] > 70_000


def test_the_command_checks_instances(tmp_path: Path) -> None:
    write(tmp_path / "a.xbrl", filing())
    write(tmp_path / "a.zip", filing())
    clean = kirjaamo("finance", "check", tmp_path / "a.xbrl", tmp_path / "a.zip")
    assert clean.exit_code == 0, clean.stderr
    text = (
        (tmp_path / "a.xbrl")
        .read_text("utf-8")
        .replace('encoding="UTF-8"', 'encoding="utf-16"')
    )
    (tmp_path / "b.xbrl").write_bytes(text.encode("utf-16"))
    bad = kirjaamo("finance", "check", tmp_path / "b.xbrl", "-o", tmp_path / "report.json")
    assert bad.exit_code == 1
    assert "FN102" in bad.stdout
    assert "FN102" in (tmp_path / "report.json").read_text("utf-8")
    some = kirjaamo("finance", "check", tmp_path / "b.xbrl", "--ignore", "FN102", "-q")
    assert some.exit_code == 0
    (tmp_path / "ledger.csv").write_text("a;b\n1;2\n")
    assert "is an instance" in refused(
        "finance", "check", tmp_path / "a.xbrl", tmp_path / "ledger.csv")  # fmt: skip
    assert "not whole XML" in refused("finance", "check", _half(tmp_path))
    page = kirjaamo("explain", "FN104")
    assert "schema reference" in page.stdout


def test_an_unknown_rule_is_named(tmp_path: Path) -> None:
    write(tmp_path / "a.xbrl", filing())
    with pytest.raises(UnknownNameError):
        check([tmp_path / "a.xbrl"], Means(), Choice(dt.date(2026, 1, 1), ("FN999",)))


def _half(folder: Path) -> Path:
    path = folder / "half.xbrl"
    path.write_text((folder / "a.xbrl").read_text("utf-8")[:-30], "utf-8")
    return path
