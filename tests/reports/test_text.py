"""The summary that a person reads."""

import io

import pytest
from rich.cells import cell_len
from rich.console import Console

from kirjaamo import messages, reports
from kirjaamo.reports import text
from tests.reports.sample_runs import CHECK_CHARACTER, empty, found, large, run_of, small


@pytest.fixture(autouse=True)
def _english():
    messages.use("en")
    yield
    messages.use("en")


def shown(run):
    stream = io.BytesIO()
    reports.write("text", run, stream)
    return stream.getvalue().decode()


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_the_summary_fits_eighty_columns(language):
    messages.use(language)
    long = "vienti_" * 20 + ".csv"
    run = run_of(found(long, 123456, "Sarake " * 30, CHECK_CHARACTER, limit=20))

    lines = shown(run).splitlines()

    assert max(map(cell_len, lines)) <= 80


def test_a_control_character_of_a_name_does_not_reach_the_terminal():
    assert "\x1b" not in shown(small())


def test_a_name_with_brackets_is_shown_whole():
    run = run_of(found("vienti.xlsx[red]", 2, "[bold]Hetu[/bold]", CHECK_CHARACTER))

    assert "vienti.xlsx[red]:2 [bold]Hetu[/bold]" in shown(run)


def test_places_are_capped_and_the_cap_is_said():
    assert "… and 997 more" in shown(large(1_000))


def test_rules_that_did_not_run_are_never_called_clean():
    summary = shown(run_of())

    assert "Nothing was found. Rules that ran: 3." in summary
    assert "LC901" in summary
    assert "not run 2" in summary


def test_an_empty_run_says_that_nothing_was_read():
    assert "No source was read." in shown(empty())


def test_the_last_line_is_the_totals():
    assert (
        shown(small()).splitlines()[-1].startswith("Errors 4, warnings 2, notes 1; rows 12,347")
    )


def test_a_terminal_gets_colours(monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    page = io.StringIO()

    text.show(
        small(), Console(file=page, force_terminal=True, color_system="standard", width=80)
    )

    assert "\x1b[1;31m" in page.getvalue()


def test_no_color_is_respected(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    page = io.StringIO()

    text.show(
        small(), Console(file=page, force_terminal=True, color_system="standard", width=80)
    )

    assert "\x1b[1;31m" not in page.getvalue()
