"""Workspaces: made, found, and their settings, thresholds and waivers obeyed."""

import datetime as dt
import json

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kirjaamo import findings, workspace
from kirjaamo.errors import CannotWriteError, SettingsError
from kirjaamo.waivers import PLACE, Known, Waiver, in_force, read_waivers
from tests.command_line import AS_OF, kirjaamo, refused

HEADER = "rule;scope;reason;who;until\n"


def settings(folder, text):
    (folder / "kirjaamo.toml").write_text(text)


def waive(folder, *lines):
    (folder / "waivers.csv").write_text(HEADER + "".join(f"{line}\n" for line in lines))


def findings_of(*words):
    result = kirjaamo("check", *words, "--format", "json")

    assert result.exit_code in (0, 1), result.stderr
    return json.loads(result.stdout)


class TestInit:
    def test_makes_settings_waivers_and_folders(self, tmp_path):
        result = kirjaamo("init", tmp_path / "new")

        assert result.exit_code == 0
        assert sorted(path.name for path in (tmp_path / "new").iterdir()) == [
            "classifications", "exports", "kirjaamo.toml", "output", "profiles", "waivers.csv",
        ]  # fmt: skip
        assert workspace.find(tmp_path / "new").settings == workspace.Settings()

    @pytest.mark.parametrize("language", ["fi", "sv"])
    def test_writes_settings_that_can_be_read_in_every_language(self, tmp_path, language):
        kirjaamo("init", tmp_path, "--lang", language)

        assert workspace.find(tmp_path).settings == workspace.Settings()

    def test_changes_nothing_where_there_is_a_workspace(self, workspace):
        settings(workspace, "# mine\n")

        sentence = refused("init", workspace)

        assert sentence == f"There is a workspace in {workspace} already. Nothing was changed."
        assert (workspace / "kirjaamo.toml").read_text() == "# mine\n"

    def test_says_why_a_folder_cannot_be_made(self, tmp_path):
        (tmp_path / "exports").write_text("")

        with pytest.raises(CannotWriteError, match="a file of that name is in the way"):
            workspace.create(tmp_path)


def test_a_workspace_is_found_from_any_folder_below(workspace_folder, monkeypatch):
    below = workspace_folder / "exports" / "2025"
    below.mkdir()
    monkeypatch.chdir(below)

    assert workspace.find().folder == workspace_folder


@pytest.fixture
def workspace_folder(tmp_path):
    workspace.create(tmp_path)
    return tmp_path.resolve()


def test_without_a_workspace_there_is_none(tmp_path):
    assert workspace.find(tmp_path) is None


@pytest.mark.usefixtures("workspace")
def test_a_check_without_paths_and_sources_says_what_to_do():
    assert refused("check").startswith("There is nothing to check. Give files or folders")


def test_the_sources_of_the_workspace_are_checked(workspace, exports):
    settings(workspace, f'[[sources]]\npath = "{exports}/a_paatokset.csv"\n')

    found = findings_of(*AS_OF)

    assert [source["source"] for source in found["sources"]] == ["a_paatokset.csv"]


def test_a_source_may_be_a_database_url(workspace, exports):
    settings(
        workspace,
        f'[[sources]]\npath = "sqlite:///{exports}/c_rekisteri.sqlite"\nprofile = "c"\n',
    )

    found = findings_of(*AS_OF, "--select", "ID002")

    assert len(found["sources"]) == 10


def test_the_workspace_s_own_profile_comes_before_a_shipped_one(workspace):
    (workspace / "profiles" / "a.yaml").write_text(
        "system: Own\nlabel: {fi: o, sv: o, en: o}\nparts:\n  - files: 'own*.csv'\n"
        "    tables: {client: {fields: {client_id: Nr}}}\n"
    )
    (workspace / "own.csv").write_text("Nr\n1\n")

    found = findings_of("own.csv", "--profile", "a", *AS_OF)

    assert found["sources"][0]["system"] == "Own"


def test_settings_choose_rules_and_what_counts(workspace, exports):
    settings(workspace, '[check]\nselect = ["CL006"]\nfail_on = "warning"\n')

    result = kirjaamo("check", exports / "a_paatokset.csv", *AS_OF, "--format", "json")

    assert result.exit_code == 1
    assert [rule["code"] for rule in json.loads(result.stdout)["rules"]] == ["CL006"]
    lenient = kirjaamo("check", exports / "a_paatokset.csv", *AS_OF, "--fail-on", "error")
    assert lenient.exit_code == 0


def test_a_threshold_changes_what_is_found(workspace, exports):
    def found(months):
        settings(workspace, f"[check.thresholds.LC002]\nmonths = {months}\n")
        return len(findings_of(exports, *AS_OF, "--select", "LC002")["findings"])

    assert found(1) > found(600) == 0


@pytest.mark.parametrize(
    ("text", "start"),
    [
        (
            "[check.thresholds.LC002]\nmonth = 3\n",
            "There is no threshold called “LC002.month”.",
        ),
        ("[check.thresholds.LC999]\nmonths = 3\n", "There is no rule called “LC999”."),
        ('[check.thresholds.LC002]\nmonths = "3"\n', "The threshold months of LC002 must be"),
        ("[check.thresholds.LC002]\nmonths = true\n", "The threshold months of LC002 must be"),
        ('[check]\nselect = ["XX001"]\n', "There is no rule called “XX001”."),
    ],
)
def test_a_wrong_choice_in_the_settings_is_one_sentence(workspace, exports, text, start):
    settings(workspace, text)

    assert refused("check", exports / "a_paatokset.csv").startswith(start)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[check\n", "kirjaamo.toml, line 1: "),
        ("a = 1\na = 2\n", "kirjaamo.toml, line 2: "),
        ("[checks]\nselect = []\n", "kirjaamo.toml: "),
        ('[check]\nfail_on = "fatal"\n', "kirjaamo.toml: "),
        ("[check]\nselect = 3\n", "kirjaamo.toml: "),
    ],
)
def test_broken_settings_name_the_file_and_the_line(workspace, text, place):
    settings(workspace, text)

    sentence = refused("check", workspace)

    assert place in sentence
    assert sentence.endswith("Correct the file and run the command again.")


def test_settings_that_are_no_text_are_refused(workspace):
    (workspace / "kirjaamo.toml").write_bytes(b"\xff\xfe")

    assert "the file is not UTF-8 text" in refused("check", workspace)


class TestWaivers:
    @pytest.mark.parametrize("scope", ["*", "{source}", "{table}.{field}"])
    def test_in_force_set_findings_aside_and_count_them(self, workspace, exports, scope):
        words = (exports / "a_paatokset.csv", "--as-of", "2026-06-30", "--select", "ID007")
        before = findings_of(*words)["findings"]
        waive(workspace, f"ID007;{scope.format(**before[0])};Known;M. M.;2026-06-30")

        after = findings_of(*words)

        assert (after["findings"], after["waived"]) == ([], len(before))

    def test_one_row_can_be_waived(self, workspace, exports):
        words = (exports / "a_paatokset.csv", *AS_OF, "--select", "ID007")
        first = findings_of(*words)["findings"][0]
        waive(workspace, f"id007;{first['source']}:{first['row']};Known;M. M.;2026-06-30")

        assert first not in findings_of(*words)["findings"]

    def test_that_hold_no_longer_are_told(self, workspace, exports):
        waive(workspace, "ID007;*;Known;M. M.;2025-12-31")

        result = kirjaamo("check", exports / "a_paatokset.csv", *AS_OF, "--select", "ID007")

        assert result.exit_code == 1
        assert result.stderr == "Waivers that hold no longer: 1. Their findings are shown.\n"

    @pytest.mark.parametrize(
        ("line", "reason"),
        [
            ("ID001;*;Known;M. M.;soon", "until must be a date such as 2027-12-31"),
            ("ID001;*;Known;M. M.;20271231", "until must be a date such as 2027-12-31"),
            ("ID001;*;Known;M. M.;2027-02-30", "until must be a date such as 2027-12-31"),
            ("ID001;*;Known;M. M.", "until must be a date such as 2027-12-31"),
            (
                "ID001;*;;M. M.;2027-12-31",
                "a waiver needs a rule, a scope, a reason and a person",
            ),
            ("ID00;*;Known;M. M.;2027-12-31", "there is no such rule"),
        ],
    )
    def test_that_are_broken_name_the_line(self, workspace, exports, line, reason):
        waive(workspace, "ID002;*;Known;M. M.;2027-12-31", line)

        sentence = refused("check", exports / "a_paatokset.csv", *AS_OF)

        assert sentence.startswith(f"{workspace.resolve()}/waivers.csv, line 3: {reason}.")

    def test_need_the_right_header(self, workspace):
        (workspace / "waivers.csv").write_text("rule,scope,reason,who,until\n")

        with pytest.raises(SettingsError, match="line 1: the header must be"):
            read_waivers(workspace / "waivers.csv")

    @pytest.mark.parametrize(
        ("content", "reason"), [(b"\xff\xfe\xfa", "not UTF-8"), (None, "folder")]
    )
    def test_that_cannot_be_read_say_why(self, tmp_path, content, reason):
        path = tmp_path / "waivers.csv"
        path.mkdir() if content is None else path.write_bytes(content)

        with pytest.raises(SettingsError, match=reason):
            read_waivers(path)

    def test_hold_on_their_last_day_and_not_after(self):
        waiver = Waiver("ID001", "*", "Known", "M. M.", dt.date(2026, 6, 30))

        assert in_force((waiver,), dt.date(2026, 6, 30)) == (waiver,)
        assert in_force((waiver,), dt.date(2026, 7, 1)) == ()


PLACES = st.lists(
    st.tuples(
        st.sampled_from(["a.csv", "b.csv"]),
        st.integers(1, 4),
        st.sampled_from(["end", "start"]),
        st.sampled_from(["ID001", "LC001"]),
    ),
    max_size=12,
)


def table(places):
    rows = [dict(zip(PLACE, place, strict=True)) | {"table": "matter"} for place in places]
    return pl.DataFrame(rows, schema=findings.SCHEMA)


@given(places=PLACES, known=PLACES, rule=st.sampled_from(["ID001", "LC001"]))
def test_every_finding_is_left_waived_or_known(places, known, rule):
    waiver = Waiver(rule, "a.csv", "Known", "M. M.", dt.date(2026, 6, 30))
    baseline = table(known).select(PLACE)

    left, waived, before = Known((waiver,), baseline).split(table(places))

    assert left.height + waived + before == len(places)
    assert waived == sum(source == "a.csv" and code == rule for source, _, _, code in places)
    assert not set(left.select(PLACE).iter_rows()) & set(known)


@given(places=PLACES)
def test_a_report_as_its_own_baseline_leaves_nothing(places):
    found = table(places)

    assert Known(baseline=found.select(PLACE)).split(found)[0].height == 0
