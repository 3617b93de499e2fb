"""The process that asks Arelle: what it says, and what it keeps to itself."""

import gc
import io
import json
import logging
import os
import re

import pytest

from benchmarks.finance import ledgers
from kirjaamo.finance.proof import package, worker
from kirjaamo.finance.writing import write


@pytest.fixture(scope="module")
def given(tmp_path_factory):
    return ledgers.ground(tmp_path_factory.mktemp("ground") / "workspace")


@pytest.fixture
def terms(given, tmp_path):
    found = package.opened(given.folder / given.finance.taxonomy)
    prefixes = {uri: prefix for prefix, uri in found.namespaces.items()}
    return {"packages": [str(found.path)], "cache": str(tmp_path / "cache"), "formula": True,
            "prefixes": prefixes}  # fmt: skip


@pytest.fixture
def instance(given, tmp_path):
    path = tmp_path / "sound.xbrl"
    write(path, ledgers.filed(given, 1).filing)
    return path


@pytest.fixture
def standard_output(capfd):
    """Return what reads standard output, which the worker takes for itself."""
    kept = os.dup(1)
    yield capfd
    os.dup2(kept, 1)
    os.close(kept)


# Arelle warns of old ways when it is imported, and leaves files open.
@pytest.mark.filterwarnings("ignore")
def test_it_answers_line_by_line(terms, instance, monkeypatch, standard_output):
    wrong = instance.with_name("wrong.xbrl")
    text = instance.read_text("utf-8")
    name = re.search(r'id="(c\d+)"[^\n]*y20<[^\n]*y0<[^\n]*y39<', text)[1]
    wrong.write_text(
        re.sub(rf'(contextRef="{name}"[^>]*>)[^<]*', r"\g<1>98765432.10", text)
        .replace("2025-01-01<", "maanantai<"),
        "utf-8",
    )  # fmt: skip
    lines = [terms, str(instance), str(wrong), str(instance.with_name("none.xbrl"))]
    told = io.StringIO("".join(json.dumps(line) + "\n" for line in lines))
    monkeypatch.setattr(worker.sys, "stdin", told)
    worker.main()
    gc.collect()  # Arelle leaves files open, which other tests must not be blamed for
    sound, found, absent = map(json.loads, standard_output.readouterr().out.splitlines())

    assert sound["findings"] == []
    assert sound["facts"] > 10
    assert all(not_held == 0 for _, not_held in sound["assertions"].values())
    codes = {one["code"] for one in found["findings"]}
    assert codes == {"formula:assertionUnsatisfied", "xmlSchema:valueError"}
    rules = [one["rule"] for one in found["findings"] if one["code"] == worker.ASSERTION]
    assert all(re.fullmatch(r"malli_v_T02_[A-Z]+_y[0-9]+", rule) for rule in rules)
    told = [one for finding in found["findings"] for one in finding["signatures"]]
    assert "MET(malli_met:di6)" in told
    assert "98765432" not in json.dumps(found)
    assert "maanantai" not in json.dumps(found)
    assert absent["facts"] is None


def test_only_what_is_serious_is_kept():
    collector = worker.Collector()
    logger = logging.getLogger("test")
    logger.addHandler(collector)
    logger.setLevel(logging.DEBUG)
    for level in (logging.INFO, logging.WARNING, logging.ERROR):
        logger.log(level, "%s is the value of a fact", "12.50")
    logger.removeHandler(collector)
    assert collector.records == [("warning", "WARNING", []), ("error", "ERROR", [])]


def test_counts_of_assertions_stand_among_the_errors():
    assert worker._counts(["code", {"va0": (3, 1, 0, 0, 1)}]) == {"va0": [3, 1]}


def test_a_name_that_is_unknown_is_told_as_such():
    assert worker._name(None, {}) == "?"


def test_it_ends_with_its_parent(monkeypatch):
    class EndedError(Exception):
        pass

    def ended(code):
        raise EndedError(code)

    parents = iter((7, 7, 1))
    monkeypatch.setattr(worker.os, "getppid", lambda: next(parents))
    monkeypatch.setattr(worker.os, "_exit", ended)
    monkeypatch.setattr(worker, "WATCH", 0)
    with pytest.raises(EndedError):
        worker.end_with(7)
