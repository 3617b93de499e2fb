"""The report: page, workbook and summary, in a browser, in three languages, with hostile data."""

import io

import openpyxl
import polars as pl
import pytest
from rich.console import Console

from kirjaamo import messages, samples
from kirjaamo.audit.reporting import charts, terminal
from kirjaamo.audit.reporting.content import content
from kirjaamo.audit.reporting.page import page
from kirjaamo.audit.reporting.workbook import write
from kirjaamo.audit.scores.counting import counted
from kirjaamo.audit.scores.judging import judged
from kirjaamo.audit.trend import score_files
from kirjaamo.classifications import Codes
from kirjaamo.cli.inputs import inputs
from kirjaamo.samples.defects import recording
from kirjaamo.sources.tables import systems
from tests.audit.records import entry, system, terms
from tests.browser import violations

LANGUAGES = ("fi", "sv", "en")
HOSTILE = "<img src=x onerror=alert(1)>=1+1\u202e\u200b"


@pytest.fixture(scope="module")
def region(tmp_path_factory):
    folder = tmp_path_factory.mktemp("region")
    made = samples.generate(150, 1, 0.15, kinds=recording.ALL)
    for name in samples.SYSTEMS:
        samples.export(made, name, folder)
    return systems(inputs([str(folder)], None, None).tables)


def told(read, before=None, organisation="Kaskivuori"):
    chosen = terms()
    scores = counted(judged(read, chosen), chosen)
    earlier = score_files.made(before, "spring", units=True) if before else None
    return content(scores, organisation, earlier, goal=0.05, smallest=(10, 3))


def scores(flawed, **more):
    chosen = terms()
    rows = [
        entry(n, text="-" if n < flawed else "Asiakas kertoi arjesta.", **more)
        for n in range(60)
    ]
    return counted(judged([system(entry=rows)], chosen), chosen)


def units(name):
    workers = [{"worker_id": f"T{n}", "unit": "U1"} for n in range(5)]
    rows = [entry(n, text="-" if n < 20 else HOSTILE) for n in range(60)]
    return system(entry=rows, worker=workers, unit=[{"unit_id": "U1", "name": name}])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_whole_accessible_and_filters(language, region, visit, tmp_path):
    messages.use(language)
    path = tmp_path / "report.html"
    path.write_bytes(page(told(region, scores(50)), Codes()))

    shown = visit(path)
    shown.screenshot(path=tmp_path / "report.png", full_page=True)

    assert violations(shown) == []
    assert shown.locator("html").get_attribute("lang") == language
    assert shown.locator("figure svg").count() == 2
    rows = shown.locator("#heat-unit tbody tr")
    every = rows.count()
    shown.fill("#heat-unit-filter", "lastensuojelu")
    assert 0 < rows.locator("visible=true").count() < every
    assert (tmp_path / "report.png").stat().st_size > 50_000


def test_the_page_is_accessible_in_the_dark_and_by_keyboard(region, visit, tmp_path):
    path = tmp_path / "report.html"
    path.write_bytes(page(told(region), Codes()))

    shown = visit(path, color_scheme="dark")

    assert violations(shown) == []
    shown.keyboard.press("Tab")
    assert shown.evaluate("document.activeElement.className") == "skip"
    summary = shown.locator("#tables ~ details summary").nth(1)
    summary.focus()
    shown.keyboard.press("Enter")
    assert shown.locator("#by-unit").is_visible()


def test_the_page_asks_nothing_of_the_network(region):
    text = page(told(region), Codes()).decode()

    assert 'src="http' not in text
    assert "@import" not in text
    assert "<link" not in text


def test_the_same_records_give_the_same_bytes(region):
    assert page(told(region), Codes()) == page(told(region), Codes())
    assert workbook(told(region)) == workbook(told(region))


def test_hostile_names_are_escaped(visit, tmp_path):
    text = page(told([units(HOSTILE)], organisation=HOSTILE), Codes())
    path = tmp_path / "report.html"
    path.write_bytes(text)

    assert b"<img" not in text
    assert "\u202e" not in text.decode()
    assert visit(path).locator("img").count() == 0


def test_no_text_of_a_record_and_no_worker_stands_in_a_report(region):
    text = page(told(region), Codes()).decode()

    for read in region:
        for name in read.tables["worker"]["worker_id"].to_list():
            assert f">{name}<" not in text
    assert recording.MISSPELT not in text


def workbook(shown):
    stream = io.BytesIO()
    write(shown, Codes(), stream)
    return stream.getvalue()


def test_the_workbook_has_the_counts_and_no_formula():
    book = openpyxl.load_workbook(io.BytesIO(workbook(told([units("=1+1")], scores(10)))))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]

    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert "=1+1" in {cell.value for cell in cells}
    assert book.sheetnames[0] == "Summary"
    assert "What changed" in book.sheetnames


def test_the_summary_names_areas_and_flaws(region):
    console = Console(file=io.StringIO(), width=120)
    terminal.show(told(region, scores(50)), console)
    text = console.file.getvalue()

    assert "Structured content" in text
    assert "RQ0" in text
    assert "Better:" in text


def test_improvements_are_told():
    chosen = terms()
    now = content(
        scores(5), "", score_files.made(scores(50), "spring"), goal=0.05, smallest=(10, 3)
    )

    assert "Empty text" in page(now, Codes()).decode()
    assert "greatest improvement" in page(now, Codes()).decode()
    assert chosen.settings.records == 10


def test_nothing_judged_is_said():
    empty = told([system(entry=[entry()][:0])])
    text = page(empty, Codes()).decode()
    console = Console(file=io.StringIO(), width=120)
    terminal.show(empty, console)

    assert "No record could be judged" in text
    assert "No record could be judged" in console.file.getvalue()
    assert workbook(empty)


def test_one_unit_and_no_flaws_are_a_report_too():
    rows = [entry(n, text=f"Asiakas kertoi arjesta {n}.") for n in range(60)]
    clean = told([system(entry=rows)])

    assert clean.findings == ()
    assert "No flaws were found" in page(clean, Codes()).decode()


def test_without_charts_the_page_says_so(region, monkeypatch):
    monkeypatch.setattr(charts, "available", lambda: False)

    assert "kirjaamo[charts]" in page(told(region), Codes()).decode()


def test_years_are_drawn_where_there_are_no_months():
    import datetime as dt

    rows = [entry(n, day=dt.datetime(2015 + n % 3, 5, 1)) for n in range(90)]

    assert "2016" in charts.trend(told([system(entry=rows)]))


def test_hidden_records_are_told_without_a_small_number():
    rows = [entry(n, service_task="10" if n else "20") for n in range(60)]
    text = page(told([system(entry=rows)]), Codes()).decode()

    assert "&lt; 10 records of small groups are left out" in text


def test_areas_are_computed_from_the_table_alone(region):
    shown = told(region)

    assert set(shown.areas["group"]) <= set(shown.scores.table["group"])
    assert shown.areas.filter(pl.col("by") == "all").height == 4
