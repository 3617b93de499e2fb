"""Every command: its help in three languages, its mistakes, its manners in a shell."""

import re
import shutil
import signal
import subprocess
import sys
import time

import pytest

from kirjaamo import messages, records, validators
from kirjaamo.cli import COMMANDS, main
from kirjaamo.cli.pages import commands, help_text
from tests.command_line import PROGRAM, kirjaamo, program, refused

EVERY = [pytest.param(path, found, id="-".join(path) or "top") for path, found in commands()]


@pytest.mark.parametrize(("path", "command"), EVERY)
class TestEveryCommand:
    def test_says_what_it_does_in_three_languages(self, path, command):
        sentences = {messages.gettext(command.key, one) for one in messages.LANGUAGES}

        assert len(sentences) == 3, path

    def test_says_what_each_option_does_in_three_languages(self, path, command):
        untold = [
            (path, option.opts)
            for option in command.params
            if option.param_type_name == "option" and not option.is_eager
            and len({messages.gettext(option.key or "", one) for one in messages.LANGUAGES}) < 3
        ]  # fmt: skip

        assert untold == []

    @pytest.mark.parametrize("flag", ["-h", "--help"])
    def test_prints_its_help(self, path, command, flag):
        result = kirjaamo(*path, flag)

        assert result.exit_code == 0
        assert result.stdout.startswith(" ".join(["Usage: kirjaamo", *path]))
        assert command.get_short_help_str(400).split(".")[0][:30] in " ".join(
            result.stdout.split()
        )

    def test_help_fits_eighty_columns(self, path, command):
        del command

        for language in messages.LANGUAGES:
            assert max(map(len, help_text(path, language).splitlines())) <= 80


@pytest.mark.parametrize(
    ("words", "kind", "near"),
    [
        (["chekc"], "command", "check"),
        (["codes", "impotr"], "command", "import"),
        (["explain", "ID0022"], "rule", "ID002"),
        (["check", ".", "--select", "LC0001"], "rule", "LC001"),
        (["check", ".", "--ignore", "IDD"], "rule", "ID"),
        (["check", ".", "--format", "jsno"], "report format", "json"),
        (["check", ".", "-o", "report.xlxs"], "report format", ".xlsx"),
        (["check", ".", "--profile", "aa"], "source profile", "a"),
        (["records", "show", "clinet"], "table", "client"),
        (["rules", "list", "IDD"], "rule", "ID"),
        (["codes", "show", "outcome_kinds"], "code list", "outcome_kind"),
        (["--lang", "svv", "check"], "language", "sv"),
        (["check", "--lang=fii"], "language", "fi"),
    ],
)
def test_a_mistyped_name_is_met_with_the_nearest_one(words, kind, near, tmp_path, monkeypatch):
    (tmp_path / "a.json").write_text("{}")
    monkeypatch.chdir(tmp_path)

    sentence = refused(*words)

    assert sentence.startswith(f"There is no {kind} called “")
    assert sentence.endswith(f"Did you mean “{near}”?")


@pytest.mark.parametrize("words", [["check", "--fromat", "json"], ["check", "--jobs", "0"]])
def test_a_wrong_option_ends_with_two_and_a_hint(words):
    result = kirjaamo(*words)

    assert result.exit_code == 2
    assert "Error: " in result.stderr


@pytest.mark.parametrize(
    "words", [["--lang", "sv", "rules", "list", "ID"], ["rules", "list", "ID", "--lang", "sv"]]
)
def test_the_language_may_be_asked_for_before_or_after_the_command(words):
    result = kirjaamo(*words)

    assert messages.gettext(validators.get("ID001").title, "sv")[:20] in result.stdout


def test_the_environment_chooses_the_language_and_an_option_is_stronger(monkeypatch):
    monkeypatch.setenv("KIRJAAMO_LANG", "fi")

    assert "Käyttö" in kirjaamo("check", "--help").stdout
    assert "Usage" in kirjaamo("check", "--help", "--lang", "en").stdout


def test_without_a_command_the_help_is_shown():
    result = kirjaamo()

    assert result.stderr.startswith("Usage: kirjaamo [OPTIONS] COMMAND")


def test_words_after_two_dashes_are_no_options(tmp_path):
    (tmp_path / "--lang").mkdir()

    result = kirjaamo("check", "--", tmp_path / "--lang")

    assert "holds nothing to check" in result.stderr


def test_rules_are_listed_by_family_or_code():
    some = kirjaamo("rules", "list", "--select", "ID001,DQ").stdout

    assert set(re.findall(r"^([A-Z]{2})[0-9]{3} ", some, re.MULTILINE)) == {"ID", "DQ"}


def test_records_are_listed_and_shown():
    listed = kirjaamo("records", "list").stdout

    for name, table in records.tables().items():
        shown = kirjaamo("records", "show", name).stdout
        assert f"{name} " in listed
        assert [field for field in table.fields if field[:8] not in shown] == []


def test_the_template_has_a_sheet_for_each_table_and_the_same_bytes_each_time(tmp_path):
    import openpyxl

    one, two = tmp_path / "one.xlsx", tmp_path / "two.xlsx"
    kirjaamo("records", "template", "-o", one)
    kirjaamo("records", "template", "-o", two)

    book = openpyxl.load_workbook(one)
    assert book.sheetnames == list(records.tables())
    assert [cell.value for cell in book["client"][1]] == list(records.get("client").fields)
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_a_script_that_the_shell_accepts(shell):
    script = kirjaamo("completion", shell).stdout

    assert "_KIRJAAMO_COMPLETE" in script
    if shutil.which(shell):
        flag = "--no-execute" if shell == "fish" else "-n"
        subprocess.run([shell, flag], input=script, text=True, check=True)


def test_completion_offers_commands_and_names():
    def offered(line):
        words = {"COMP_WORDS": line, "COMP_CWORD": str(len(line.split()) - 1)}
        env = {"_KIRJAAMO_COMPLETE": "bash_complete", **words}
        code = "from kirjaamo.cli import run; run()"
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, env=env, check=False
        )
        return [word.split(",")[1] for word in done.stdout.split()]

    assert offered("kirjaamo ch") == ["check"]
    assert offered("kirjaamo explain ID00")[0] == "ID001"
    assert offered("kirjaamo check --format js") == ["json", "jsonl"]
    assert offered("kirjaamo records show cl") == ["client"]


def test_every_command_has_one_line_in_the_registry():
    assert [path[0] for path, _ in commands() if len(path) == 1] == list(COMMANDS)
    assert main.get_command(None, "nothing") is None


class TestInAShell:
    def test_an_interrupt_ends_with_130_and_one_sentence(self, tmp_path):
        kirjaamo("samples", "generate", "--clients", 900, "--system", "A", "-o", tmp_path)
        report = tmp_path / "report.json"
        running = subprocess.Popen(
            [*PROGRAM, "check", tmp_path, "-v", "-o", report],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        lines = iter(running.stderr.readline, "")
        started = next((line for line in lines if "check started" in line), None)
        time.sleep(0.05)
        running.send_signal(signal.SIGINT)
        rest = running.communicate(timeout=60)[1]

        assert started, "the check wrote no event"
        assert running.returncode == 130
        assert rest.splitlines()[-1] == "Interrupted. Nothing was left half written."
        assert "Traceback" not in rest
        assert not list(tmp_path.glob("*report.json*"))

    def test_a_reader_that_leaves_early_is_met_quietly(self, exports):
        pipe = f"{' '.join(PROGRAM)} check {exports}/a_paatokset.csv --format jsonl | head -1"
        done = subprocess.run(["bash", "-c", pipe], capture_output=True, text=True, check=True)

        assert done.stdout.count("\n") == 1
        assert done.stderr == ""

    def test_a_full_disk_behind_standard_output_is_one_sentence(self, exports):
        line = f"{' '.join(PROGRAM)} check {exports}/a_paatokset.csv > /dev/full"
        done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False)

        assert done.returncode == 2
        assert done.stderr.startswith("Error: There is no space left")
        assert done.stderr.count("\n") == 1

    def test_there_is_no_colour_and_no_progress_outside_a_terminal(self, exports):
        done = program("check", exports / "a_paatokset.csv", stdin=subprocess.DEVNULL)

        assert "\x1b" not in done.stdout + done.stderr
        assert done.stderr == ""

    @pytest.mark.parametrize(("variable", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
    def test_a_terminal_has_colours_unless_no_color_is_set(self, exports, variable, coloured):
        script = shutil.which("script")
        if script is None:
            pytest.skip("the program script, which gives a terminal, is not installed")
        line = f"{' '.join(PROGRAM)} check {exports}/a_paatokset.csv --select ID"
        env = {
            "TERM": "xterm-256color",
            "KIRJAAMO_LANG": "en",
            "PATH": "/usr/bin:/bin",
            **variable,
        }
        done = subprocess.run(
            [script, "-qec", line, "/dev/null"],
            capture_output=True,
            text=True,
            env=env,
            stdin=subprocess.DEVNULL,
            check=False,
        )

        assert bool(re.search("\x1b\\[[0-9;]*3[0-7]m", done.stdout)) is coloured
        assert "ID007" in done.stdout
