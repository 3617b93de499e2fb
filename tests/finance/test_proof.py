"""Proof: packages that are safe, Arelle without its traps, and rules that agree with it."""

import io
import json
import re
import stat
import zipfile
from decimal import Decimal
from random import Random

import polars as pl
import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from benchmarks.finance import ledgers
from benchmarks.finance.__main__ import filings, proved
from kirjaamo.errors import KirjaamoError
from kirjaamo.finance import facts as canonical
from kirjaamo.finance.datapoints import NODES, SCHEMA, DataPoints
from kirjaamo.finance.datapoints.errors import DataPointsError
from kirjaamo.finance.facts import Filing
from kirjaamo.finance.instances import read
from kirjaamo.finance.instances.errors import BrokenXmlInstanceError, EntitiesError
from kirjaamo.finance.proof import arelle, errors, package, proving, rules
from kirjaamo.finance.proof.codes import MEANINGS, meaning
from kirjaamo.finance.writing import write
from kirjaamo.samples.taxonomy import markup
from tests.command_line import kirjaamo, refused

DAY = "2025-12-31"
WHOLE = (
    "MET(malli_met:md1)|malli_dim:PAL(malli_PA:y20)|malli_dim:SEK(malli_SE:y0)"
    "|malli_dim:TIL(malli_TI:y39)"
)
"""The total of everything."""

MONEY = {"period": DAY, "unit": "iso4217:EUR", "decimals": "2"}


@pytest.fixture(scope="module")
def given(tmp_path_factory):
    """Return the ground of random ledgers."""
    return ledgers.ground(tmp_path_factory.mktemp("ground") / "workspace")


@pytest.fixture(scope="module")
def taxonomy(given):
    return given.folder / given.finance.taxonomy


@pytest.fixture(scope="module")
def instance(given, tmp_path_factory):
    """Return a sound instance."""
    path = tmp_path_factory.mktemp("instance") / "sound.xbrl"
    write(path, ledgers.filed(given, 6).filing)
    return path


def changed(instance, folder, name, change):
    path = folder / name
    path.write_text(change(instance.read_text("utf-8")), "utf-8")
    return path


def damaged(given, folder, seed):
    """Write a filing in which some values are wrong, and return its path."""
    made = ledgers.filed(given, seed).filing
    rng = Random(seed)
    rows = made.facts.to_dicts()
    money = [row for row in rows if row["unit"] == "iso4217:EUR"]
    for row in rng.sample(money, min(5, len(money))):
        row["value"] = f"{Decimal(row['value']) + rng.choice((1, -1, 10**6)):.2f}"
    for row in rng.sample(money, 2):
        rows.remove(row)
    frame = pl.DataFrame(rows, schema=canonical.SCHEMA)
    path = folder / f"damaged_{seed}.xbrl"
    write(path, Filing(made.entry_point, made.entity, made.namespaces, frame))
    return path


class TestTenLedgers:
    def test_are_filed_without_an_error_and_without_a_cent_lost(
        self, given, taxonomy, tmp_path
    ):
        paths, figures = filings(tmp_path, given, 10)
        figures |= proved(paths, taxonomy, 2)
        assert figures["ledgers"] == 10
        assert figures["arelle_errors"] == 0
        assert figures["cents_lost"] == 0
        assert figures["forms_unequal"] == 0
        assert figures["own_rules_broken"] == 0
        assert figures["arelle_evaluations"] > 1000

    def test_a_lost_cent_would_be_seen(self, given):
        made = ledgers.filed(given, 3)
        cheated = made.filing.facts.with_columns(
            value=pl.when(pl.col("signature").str.contains(r"TIL\(malli_TI:x"))
            .then(pl.lit("0.01")).otherwise("value")
        )  # fmt: skip
        assert ledgers.cents_lost(made, made.filing.facts, 3) == 0
        assert ledgers.cents_lost(made, cheated, 3) > 0


class TestVerdicts:
    def test_are_those_of_arelle(self, given, taxonomy, tmp_path):
        terms = arelle.Terms((package.opened(taxonomy),), jobs=2)
        paths = [damaged(given, tmp_path, seed) for seed in range(4, 8)]
        broken = 0
        for path, outcome in zip(paths, arelle.prove(paths, terms), strict=True):
            own = rules.verdicts(read(path).facts, given.points)
            assert outcome.state == "proved"
            assert told_by_arelle(outcome) == told_by_us(own)
            wrong = own.filter(pl.col("state") == "fails")
            found = proving.by_arelle(outcome, given.points).findings
            assert sorted(found["signature"]) == sorted(wrong["signature"])
            broken += wrong.height
        assert broken > 20

    def test_gaps_within_the_tolerance_are_rounding(self):
        for gap, state in (("0.00", "holds"), ("1.00", "rounding"), ("-1.00", "rounding"),
                           ("1.01", "fails")):  # fmt: skip
            told = judged(
                {"a": "1.00", "b": "2.00", "t": f"{Decimal('3.00') + Decimal(gap):.2f}"}
            )
            assert told["state"].to_list() == [state]

    @pytest.mark.parametrize(
        ("operator", "total", "state"),
        [
            (">=", "3.00", "holds"), (">=", "2.99", "fails"), ("<=", "3.00", "holds"),
            ("<=", "3.01", "fails"), (">", "3.00", "fails"), (">", "3.01", "holds"),
            ("<", "3.00", "fails"), ("<", "2.99", "holds"),
        ],
    )  # fmt: skip
    def test_comparisons_know_no_tolerance(self, operator, total, state):
        nodes = [("a", "t", 1, "1", operator), ("b", "t", 1, "1", operator)]
        told = judged({"a": "1.00", "b": "2.00", "t": total}, nodes)
        assert told["state"].to_list() == [state]

    def test_parts_count_with_their_signs_and_missing_ones_as_nought(self):
        nodes = [("a", "t", 1, "1", "="), ("b", "t", -1, "1", "=")]
        assert judged({"a": "5.00", "b": "2.00", "t": "3.00"}, nodes)["state"].item() == "holds"
        assert judged({"b": "2.00", "t": "-2.00"}, nodes)["state"].item() == "holds"
        assert judged({"t": "0.00"}, nodes)["state"].item() == "holds"
        assert judged({"t": "9.00"}, nodes)["state"].item() == "fails"
        assert judged({"a": "5.00"}, nodes).is_empty()

    def test_a_way_of_which_nothing_is_filed_says_nothing(self):
        nodes = [("a", "t", 1, "1", "="), ("b", "t", 1, "2", "=")]
        assert judged({"a": "1.00", "t": "1.00"}, nodes)["state"].to_list() == ["holds"]
        both = judged({"a": "1.00", "b": "9.00", "t": "1.00"}, nodes)["state"]
        assert sorted(both) == ["fails", "holds"]

    def test_other_periods_units_members_and_metrics_are_never_summed(self):
        facts = frame(("t", "1.00"), ("a", "1.00"))
        other = [
            {"period": "2024-12-31"}, {"unit": "iso4217:SEK"},
            {"signature": "MET(x:md1)|d:PAL(p:2)|d:TIL(a)"},
            {"signature": "MET(x:md2)|d:PAL(p:1)|d:TIL(a)"},
        ]  # fmt: skip
        for one in other:
            row = {"signature": facts["signature"][1], "value": "5.00", **MONEY, **one}
            more = pl.concat([facts, pl.DataFrame([row], schema=canonical.SCHEMA)])
            found = rules.verdicts(more, points(), Decimal(1))
            assert "fails" not in found["state"].to_list(), one

    def test_per_cents_and_texts_are_not_summed(self):
        facts = frame(("t", "9.00"), ("a", "1.00")).with_columns(
            pl.col("signature").str.replace("md1", "pi4")
        )
        assert rules.verdicts(facts, points()).is_empty()

    def test_no_facts_at_all(self):
        assert rules.verdicts(frame(), points()).is_empty()

    def test_need_calculation_hierarchies(self):
        with pytest.raises(DataPointsError, match="no calculation hierarchies"):
            rules.verdicts(frame(), DataPoints("p", SCHEMA.to_frame()))

    def test_tell_values_without_a_cell(self):
        closed, opened = "MET(x:md1)|d:TIL(a)", "MET(x:md1)|d:PAL(p:1)|d:YKS(*)"
        known = [(closed, "1", False, False, ""), (opened, "2", True, False, "")]
        signatures = (
            closed,
            "MET(x:md1)|d:PAL(p:1)|d:YKS(=Sairaala)",
            "MET(x:md1)|d:TIL(b)",
        )
        rows = [{"signature": one, "value": "1.00", **MONEY} for one in signatures]
        facts = pl.DataFrame(rows, schema=canonical.SCHEMA)
        told = DataPoints("p", pl.DataFrame(known, schema=SCHEMA, orient="row"))
        assert rules.homeless(facts, told)["signature"].to_list() == ["MET(x:md1)|d:TIL(b)"]
        without = DataPoints("p", told.frame.filter(~pl.col("open")))
        assert rules.homeless(facts, without).height == 2


def told_by_arelle(outcome):
    """Return how often each sum held and did not: by dimension, total and operator."""
    told = {}
    for name, counts in outcome.assertions.items():
        _, _, table, axis, *comparison, total = name.split("_")
        metric = {"T02": "md1", "T03": "ii3", "T05": "md2"}[table]
        if any(counts):
            told[metric, axis, total, ">=" if comparison else "="] = tuple(counts)
    return told


def told_by_us(found):
    told = {}
    for row in found.iter_rows(named=True):
        names = [row[name].rpartition(":")[2] for name in ("metric", "dimension", "total")]
        key = (*names, row["operator"])
        held, failed = told.get(key, (0, 0))
        told[key] = (held + 1, failed) if row["state"] == "holds" else (held, failed + 1)
    return told


def frame(*pairs):
    rows = [
        {"signature": f"MET(x:md1)|d:PAL(p:1)|d:TIL({member})", "value": value, **MONEY}
        for member, value in pairs
    ]
    return pl.DataFrame(rows, schema=canonical.SCHEMA)


def points(nodes=(("a", "t", 1, "1", "="), ("b", "t", 1, "1", "="))):
    return DataPoints(
        "p", SCHEMA.to_frame(), nodes=pl.DataFrame(list(nodes), schema=NODES, orient="row")
    )


def judged(values, nodes=(("a", "t", 1, "1", "="), ("b", "t", 1, "1", "="))):
    return rules.verdicts(frame(*values.items()), points(nodes), Decimal(1))


class TestArelle:
    def test_is_heard_also_where_it_is_silent(self, given, taxonomy, instance, tmp_path):
        """An assertion without a message, and the exit code of a valid instance, tell nothing."""
        wrong = changed(instance, tmp_path, "wrong.xbrl", spoil)
        outcomes = arelle.prove(
            [instance, wrong], arelle.Terms((package.opened(taxonomy),), jobs=1)
        )
        assert [one.file for one in outcomes] == [instance, wrong]
        assert outcomes[0].findings == ()
        assert {one.code for one in outcomes[1].findings} == {"formula:assertionUnsatisfied"}
        assert outcomes[0].facts == read(instance).facts.height

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            (lambda s: s.replace("malli_TI:y39<", "malli_TI:z99<"), "xbrldie:ExplicitMemberUndefinedQNameError"),
            (lambda s: s.replace('dimension="malli_dim:SEK"', 'dimension="malli_dim:XXX"'), "xbrldie:ExplicitMemberNotExplicitDimensionError"),
            (lambda s: re.sub(r"<xbrldi:explicitMember dimension=.malli_dim:SEK.>[^<]*</xbrldi:explicitMember>", "", s, count=1), "xbrldie:PrimaryItemDimensionallyInvalidError"),
            (lambda s: s.replace("malli_met:md1", "malli_met:md99"), "xbrl:schemaImportMissing"),
            (lambda s: re.sub(r"(<malli_met:md1 [^>]*>)[^<]*", r"\1abc", s, count=1), "xmlSchema:valueError"),
            (lambda s: re.sub(r"(<malli_met:md1 [^>]*>)([^<]*)(</malli_met:md1>)", r"\1\2\3\g<1>7.00\3", s, count=1), "arelle:duplicateFacts"),
            (lambda s: s[: len(s) * 2 // 3], "xmlSchema:syntax"),
        ],
    )  # fmt: skip
    def test_findings_have_a_meaning(self, taxonomy, instance, tmp_path, change, code):
        path = changed(instance, tmp_path, "other.xbrl", change)
        terms = arelle.Terms((package.opened(taxonomy),), formula=False)
        (outcome,) = arelle.prove([path], terms)
        assert code in {one.code for one in outcome.findings}
        assert outcome.assertions == {}
        assert code in MEANINGS
        assert meaning(code) == MEANINGS[code]
        assert proving.by_arelle(outcome, None).findings["id"].unique().to_list() == [""]

    def test_that_takes_too_long_or_dies_leaves_the_file_unproved(
        self, taxonomy, instance, monkeypatch
    ):
        terms = arelle.Terms((package.opened(taxonomy),), timeout=0.01)
        assert [one.state for one in arelle.prove([instance] * 2, terms)] == ["timeout"] * 2
        monkeypatch.setattr(arelle.sys, "executable", "/bin/true")
        terms = arelle.Terms((package.opened(taxonomy),))
        assert [one.state for one in arelle.prove([instance] * 3, terms)] == ["crashed"] * 3

    def test_an_interruption_waits_for_nothing(self, taxonomy, instance, monkeypatch):
        class InterruptedHereError(Exception):
            pass

        started = []

        def interrupt(process, file):
            started.append(process)
            raise InterruptedHereError

        monkeypatch.setattr(arelle._Process, "prove", interrupt)
        with pytest.raises(InterruptedHereError):
            arelle.prove([instance] * 50, arelle.Terms((package.opened(taxonomy),), jobs=2))
        assert len(started) <= 2
        assert all(one.child.poll() is not None for one in started)

    def test_processes_are_ended_after_some_files(self, taxonomy, instance, monkeypatch):
        monkeypatch.setattr(arelle, "FILES", 1)
        terms = arelle.Terms((package.opened(taxonomy),), formula=False)
        assert [one.state for one in arelle.prove([instance] * 2, terms)] == ["proved"] * 2

    def test_a_package_that_lacks_a_file_is_told(self, taxonomy, instance, tmp_path):
        path = tmp_path / "part.zip"
        repacked(
            taxonomy, path, lambda name, data: None if "PA/mem.xsd" in name else (name, data)
        )
        (outcome,) = arelle.prove([instance], arelle.Terms((package.opened(path),)))
        assert outcome.state == "incomplete"

    def test_is_optional(self, taxonomy, monkeypatch):
        monkeypatch.setattr(arelle, "find_spec", lambda _: None)
        with pytest.raises(errors.NoArelleError, match=r"kirjaamo\[xbrl\]"):
            arelle.prove([], arelle.Terms(()))


def spoil(text):
    """Change the total of everything by a euro."""
    match = re.search(
        r'id="(c\d+)"[^\n]*malli_PA:y20<[^\n]*malli_SE:y0<[^\n]*malli_TI:y39<', text
    )
    return re.sub(rf'(contextRef="{match[1]}"[^>]*>)[^<]*', r"\g<1>12345678.91", text)


def repacked(source, target, change):
    """Write a zip with what *change* makes of every file."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            kept = change(name, old.read(name))
            if kept:
                new.writestr(*kept)


class TestPackages:
    @pytest.mark.parametrize(
        "name",
        [
            "../evil.xml", "a/../../evil.xml", "/etc/evil.xml", "C:/evil.xml", "a\\..\\evil.xml",
            "\\\\host\\evil.xml",
        ],
    )  # fmt: skip
    def test_a_name_that_leads_out_is_refused(self, taxonomy, tmp_path, name):
        path = tmp_path / "slip.zip"
        repacked(taxonomy, path, lambda old, data: (old, data))
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr(name, b"<a/>")
        with pytest.raises(errors.PackageError, match="leads out of its folder"):
            package.opened(path)

    def test_a_link_is_refused(self, taxonomy, tmp_path):
        path = tmp_path / "link.zip"
        repacked(taxonomy, path, lambda old, data: (old, data))
        link = zipfile.ZipInfo("malli-2026-01-31/link.xml")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr(link, "/etc/passwd")
        with pytest.raises(errors.PackageError, match="link"):
            package.opened(path)

    def test_a_document_type_is_refused_also_in_utf_16(self, taxonomy, tmp_path):
        bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>'
        for data in (bomb.encode(), bomb.encode("utf-16-le"), bomb.encode("utf-16-be")):
            for place in ("mem.xsd", "catalog.xml", "taxonomyPackage.xml"):
                path = tmp_path / "entities.zip"
                repacked(
                    taxonomy, path, lambda n, d, p=place, x=data: (n, x if n.endswith(p) else d)
                )
                with pytest.raises(errors.PackageError, match="entities"):
                    package.opened(path)

    def test_too_much_is_refused(self, taxonomy, monkeypatch):
        for limit in ("FILES", "BYTES", "ONE"):
            with monkeypatch.context() as patched:
                patched.setattr(package, limit, 5)
                with pytest.raises(errors.PackageError, match="more files or bytes"):
                    package.opened(taxonomy)

    def test_damage_is_refused(self, taxonomy, tmp_path):
        whole = taxonomy.read_bytes()
        turned = bytearray(whole)
        turned[len(whole) // 3] ^= 0xFF
        path = tmp_path / "damaged.zip"
        for data in (b"", b"no zip", whole[: len(whole) // 2], bytes(turned)):
            path.write_bytes(data)
            with pytest.raises(errors.PackageError, match="damaged or is none"):
                package.opened(path)
        with pytest.raises(errors.PackageError, match="no such file"):
            package.opened(tmp_path / "none.zip")

    def test_a_locked_one_is_refused(self, taxonomy, tmp_path):
        data = bytearray(taxonomy.read_bytes())
        first = data.index(b"PK\x01\x02")
        data[first + 8] |= 1
        (tmp_path / "locked.zip").write_bytes(bytes(data))
        with pytest.raises(errors.PackageError, match="password"):
            package.opened(tmp_path / "locked.zip")

    @pytest.mark.parametrize(
        ("change", "told"),
        [
            (lambda n, d: None if "taxonomyPackage" in n else (n, d), "taxonomyPackage.xml"),
            (lambda n, d: (n.partition("/")[2], d), "taxonomyPackage.xml"),
            (lambda n, d: (n, b"<a>" if "taxonomyPackage" in n else d), "not whole XML"),
            (lambda n, d: (n, b"" if n.endswith("met.xsd") else d), "not whole XML"),
        ],
    )
    def test_what_is_no_taxonomy_package_is_told(self, taxonomy, tmp_path, change, told):
        repacked(taxonomy, tmp_path / "other.zip", change)
        with pytest.raises(errors.PackageError, match=told):
            package.opened(tmp_path / "other.zip")

    def test_without_a_catalogue_nothing_is_held(self, taxonomy, tmp_path):
        path = tmp_path / "bare.zip"
        repacked(taxonomy, path, lambda n, d: None if "catalog" in n else (n, d))
        found = package.opened(path)
        assert not any(found.holds(address) for address in found.entry_points)
        assert dict(found.namespaces) == markup.namespaces()


class TestInstances:
    def test_the_network_is_never_asked(self, taxonomy, instance, tmp_path):
        other = changed(
            instance, tmp_path, "o.xbrl", lambda s: s.replace("2026-01/", "2027-01/")
        )
        with pytest.raises(errors.NetworkNeededError, match="malli-2027-01"):
            proving.see_provable(other, [package.opened(taxonomy)])

    @pytest.mark.parametrize(
        ("content", "error"),
        [
            (b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', EntitiesError),
            (b"{}", errors.NotXmlError),
            (b"PK\x03\x04", errors.NotXmlError),
            (b"<x/>", errors.NoEntryPointError),
            (b"<x><y></x>", BrokenXmlInstanceError),
        ],
    )
    def test_what_is_no_instance_is_refused(self, tmp_path, content, error):
        path = tmp_path / "a.xbrl"
        path.write_bytes(content)
        with pytest.raises(error):
            proving.see_provable(path, [])

    def test_a_folder_is_not_for_arelle(self, tmp_path):
        with pytest.raises(errors.NotXmlError):
            proving.see_provable(tmp_path, [])


class TestCommand:
    @pytest.fixture
    def options(self, given, taxonomy, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        return ("--taxonomy", taxonomy, "--datapoints", given.folder / given.finance.datapoints)

    def test_a_sound_instance_is_clean_for_both(self, instance, options):
        result = kirjaamo("finance", "validate", instance, *options)
        assert (result.exit_code, result.stdout) == (0, "")
        assert len(result.stderr.splitlines()) == 2
        assert result.stderr.count("0 fail") == 2

    def test_findings_name_data_points_and_no_value(self, instance, options, tmp_path):
        path = changed(instance, tmp_path, "wrong.xbrl", spoil)
        result = kirjaamo("finance", "validate", path, *options, "--format", "json")
        found = json.loads(result.stdout)
        assert result.exit_code == 1
        assert {row["engine"] for row in found} == {"own", "arelle"}
        for engine in ("own", "arelle"):
            places = {row["signature"] for row in found if row["engine"] == engine}
            assert places == {WHOLE}
        assert all(row["id"] and row["label"] for row in found)
        assert "12345678" not in result.stdout + result.stderr
        values = {one for one in read(path).facts["value"] if len(one) > 6 and "-" not in one}
        assert not [one for one in values if one in result.stdout]
        text = kirjaamo(
            "finance", "validate", path, *options, "--engine", "own", "--lang", "sv"
        )
        assert "En totalsumma är inte" in text.stdout

    def test_assertions_may_be_left_to_our_own_rules(self, instance, options, tmp_path):
        path = changed(instance, tmp_path, "wrong.xbrl", spoil)
        result = kirjaamo(
            "finance", "validate", path, *options, "--no-assertions", "--format", "json"
        )
        assert result.exit_code == 1
        assert {row["engine"] for row in json.loads(result.stdout)} == {"own"}
        assert re.search(r"Arelle: \d+ facts, 0 checks hold, 0 fail", result.stderr)

    def test_own_rules_need_no_package_and_read_every_form(self, given, options, tmp_path):
        for ending in ("zip", "json", "xbrl"):
            path = tmp_path / f"filing.{ending}"
            write(path, ledgers.filed(given, 2).filing)
            result = kirjaamo("finance", "validate", path, *options[2:], "--engine", "own")
            assert result.exit_code == 0, result.stderr
            assert "0 fail" in result.stderr

    def test_rounding_is_a_note(self, instance, options, tmp_path):
        def by_a_cent(text):
            name = re.search(r'id="(c\d+)"[^\n]*y20<[^\n]*y0<[^\n]*y39<', text)[1]
            old = re.search(rf'contextRef="{name}"[^>]*>([^<]*)', text)
            cent = f"{Decimal(old[1]) + Decimal('0.01')}"
            return text[: old.start(1)] + cent + text[old.end(1) :]

        path = changed(instance, tmp_path, "cent.xbrl", by_a_cent)
        result = kirjaamo(
            "finance", "validate", path, *options[2:], "--engine", "own", "--format", "csv"
        )
        assert result.exit_code == 0
        assert {line.split(",")[2] for line in result.stdout.splitlines()[1:]} == {"note"}

    def test_arelle_alone_needs_no_data_points(self, instance, options):
        result = kirjaamo("finance", "validate", instance, *options[:2], "--engine", "arelle")
        assert result.exit_code == 0
        assert "0 fail" in result.stderr
        assert "--datapoints" in refused("finance", "validate", instance, *options[:2])

    def test_unproved_is_partial(self, instance, options, monkeypatch):
        monkeypatch.setattr(arelle.sys, "executable", "/bin/true")
        result = kirjaamo("finance", "validate", instance, *options, "--engine", "arelle")
        assert (result.exit_code, result.stdout) == (3, "")
        assert "not proved" in result.stderr

    def test_what_is_missing_is_asked_for(self, instance, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        words = ("finance", "validate", instance, "--engine", "arelle")
        assert "--taxonomy" in refused(*words)
        bad = tmp_path / "bad.zip"
        bad.write_bytes(b"PK")
        assert "bad.zip" in refused(*words, "--taxonomy", bad)

    def test_the_settings_of_the_workspace_are_used(self, instance, given, monkeypatch):
        monkeypatch.chdir(given.folder)
        result = kirjaamo("finance", "validate", instance)
        assert result.exit_code == 0, result.stderr

    def test_a_file_may_be_written(self, instance, options, tmp_path):
        path = changed(instance, tmp_path, "wrong.xbrl", spoil)
        out = tmp_path / "found.txt"
        kirjaamo("finance", "validate", path, *options, "--engine", "own", "-o", out)
        assert "A total is not the sum of its parts." in out.read_text("utf-8")


def test_the_worker_tells_no_value_of_an_open_dimension(given):
    rows = [("own", "error", "kirjaamo:cell", "", "MET(x:md1)|x:d(=Sairaala)", "f")]
    names = ["engine", "severity", "check", "rule", "signature", "file"]
    told = proving._named(pl.DataFrame(rows, schema=names, orient="row"), given.points)
    assert told["signature"].item() == "MET(x:md1)|x:d(*)"
    assert "Sairaala" not in io.StringIO(told.write_csv()).read()


@settings(max_examples=60, deadline=None)
@drawn(data=st.binary(max_size=200) | st.binary(max_size=100).map(b"<x>".__add__))
def test_any_bytes_are_refused_in_one_sentence(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("bytes") / "any.zip"
    path.write_bytes(data)
    for look in (package.opened, lambda one: proving.see_provable(one, [])):
        with pytest.raises(KirjaamoError):
            look(path)
