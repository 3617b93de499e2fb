"""Reports for review: grids with sums, changes and source rows, as page, workbook and inline XBRL."""

from decimal import Decimal
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from lxml import etree, html

from kirjaamo import messages
from kirjaamo.finance.datapoints import NODES, SCHEMA, DataPoints
from kirjaamo.finance.facts import Filing, Review
from kirjaamo.finance.writing import write
from kirjaamo.finance.writing.grid import grid
from tests.browser import violations
from tests.finance.test_writing import DAY, MONEY, TEXT, fact, filing

AXES = ("x_dim:TIL", "x_dim:PAL")
VALUES = {("1", "a"): "1.10", ("1", "b"): "2.20", ("2", "a"): "-3.30", ("t", "a"): "-2.20"}
LABELS = {
    "x_TI:x1": "Palkat & <b>palkkiot</b>", "x_TI:x2": "Tuotot", "x_TI:xt": "Yhteensä",
    "x_PA:xa": "Kotipalvelu", "x_met:md1": "Kertymä",
}  # fmt: skip


def point(account: str, service_class: str) -> str:
    return f"MET(x_met:md1)|x_dim:PAL(x_PA:x{service_class})|x_dim:TIL(x_TI:x{account})"


def whole(**changed: str) -> Filing:
    values = {**VALUES, **{tuple(key.split("_")): value for key, value in changed.items()}}
    rows = [fact(point(*key), value) for key, value in values.items() if value]
    return filing(*rows, TEXT, indicators=("T1",))


@pytest.fixture
def review() -> Review:
    rows = [
        (point(*key), str(number), False, False, "") for number, key in enumerate(VALUES, 100)
    ]
    nodes = [("x_TI:x1", "x_TI:xt", 1, "1", "="), ("x_TI:x2", "x_TI:xt", 1, "1", "="),
             ("x_TI:x2", "x_TI:x1", 1, "2", ">=")]  # fmt: skip
    nodes_frame = pl.DataFrame(nodes, schema=NODES, orient="row")
    points = DataPoints(
        "points", pl.DataFrame(rows, schema=SCHEMA, orient="row"), (), nodes_frame, LABELS
    )
    sources = pl.DataFrame(
        {
            "signature": [point("1", "a")] * 5,
            "source": ["k.csv"] * 4 + ["<l>.csv"],
            "row": [7, 2, 3, 2, 9],
        }
    )
    previous = whole(**{"1_a": "1.00", "1_b": "", "9_a": "5.00"})
    return Review(points, previous, sources, AXES)


def test_sums_leave_totals_out(review: Review) -> None:
    (section,) = grid(whole(), review).sections
    assert section.rows == ["x_TI:x1", "x_TI:x2", "x_TI:xt"]
    assert section.row_sums == {
        "x_TI:x1": Decimal("3.30"), "x_TI:x2": Decimal("-3.30"), "x_TI:xt": Decimal("-2.20"),
    }  # fmt: skip
    assert section.column_sums["x_PA:xa"] == Decimal("-2.20")
    assert section.total == 0


def test_changes_source_rows_and_what_is_gone_are_told(review: Review) -> None:
    made = grid(whole(), review)
    by_point = {one.signature: one for one in made.facts}
    changed = by_point[point("1", "a")]
    assert (changed.id, changed.change) == ("100", Decimal("0.10"))
    assert changed.label == "Kertymä · Kotipalvelu · Palkat & <b>palkkiot</b>"
    assert [text.replace("\N{EN DASH}", "-") for text in changed.sources] == [
        "<l>.csv: 9", "k.csv: 2-3, 7",
    ]  # fmt: skip
    assert by_point[point("1", "b")].before is None
    assert by_point[point("2", "a")].change == 0
    assert [value for *_, value in made.gone] == ["5.00"]
    assert [one.value for one in made.texts] == [TEXT["value"]]


def test_without_axes_the_dimensions_with_most_members_are_taken() -> None:
    (section,) = grid(whole(), None).sections
    assert section.names == ("x_dim:TIL", "x_dim:PAL")
    one_way = filing(fact("MET(x_met:ii1)|x_dim:PAL(x_PA:x1)", "3", unit="xbrli:pure"),
                     fact("MET(x_met:ii1)|x_dim:PAL(x_PA:x2)", "4", unit="xbrli:pure"),
                     fact("MET(x_met:md9)"))  # fmt: skip
    counts, amount = grid(one_way, None).sections
    assert (counts.rows, counts.columns, counts.total) == (["x_PA:x1", "x_PA:x2"], [""], 7)
    assert (amount.rows, amount.columns) == ([""], [""])


def test_an_open_dimension_is_an_axis_with_its_values() -> None:
    rows = [fact(f"MET(x_met:md1)|x_dim:AVO(=yksi%20{number})") for number in range(2)]
    (section,) = grid(filing(*rows, typed={"x_dim:AVO": "x_met:t"}), None).sections
    assert section.rows == ["yksi 0", "yksi 1"]


@pytest.mark.parametrize("language", ["en", "fi", "sv"])
def test_the_page_is_whole_in_every_language(
    tmp_path: Path, review: Review, language: str
) -> None:
    messages.use(language)
    write(tmp_path / "a.html", whole(), review)
    page = html.parse(tmp_path / "a.html").getroot()
    text = " ".join(page.text_content().split())
    assert page.get("lang") == language
    assert "<b>palkkiot</b>" in text
    assert "+0,10" in text
    assert "\N{MINUS SIGN}3,30" in text
    links = {one.get("href") for one in page.iter("a")}
    targets = {f"#{one}" for one in page.xpath("//@id")}
    assert links <= targets
    assert len([one for one in links if one.startswith("#f")]) == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_accessible(tmp_path: Path, review: Review, visit, scheme: str) -> None:  # type: ignore[no-untyped-def]
    write(tmp_path / "a.html", whole(), review)
    page = visit(tmp_path / "a.html", color_scheme=scheme)
    assert violations(page) == []
    page.fill("#g1-filter", "Tuotot")
    assert page.locator("#g1 tbody tr:visible").count() == 1


def test_the_workbook_has_grids_and_facts(tmp_path: Path, review: Review) -> None:
    messages.use("en")
    write(tmp_path / "a.xlsx", whole(), review)
    book = openpyxl.load_workbook(tmp_path / "a.xlsx", data_only=True)
    assert book.sheetnames == ["Report", "Grid 1", "Facts", "Gone"]
    rows = [[cell.value for cell in row] for row in book["Grid 1"].iter_rows()]
    assert rows[1][1:] == [1.1, 2.2, 3.3]
    assert rows[-1][-1] == 0
    facts = [[cell.value for cell in row] for row in book["Facts"].iter_rows()]
    linked = openpyxl.load_workbook(tmp_path / "a.xlsx")["Grid 1"]["B2"].value
    target = int(linked.partition("!A")[2].partition('"')[0])
    assert facts[target - 1][2:5] == [1.1, 1, 0.1]
    assert "k.csv: 2" in facts[target - 1][5]
    assert book["Gone"]["C2"].value == "5.00"


def test_inline_xbrl_says_every_fact(tmp_path: Path, review: Review) -> None:
    messages.use("fi")
    other = {**MONEY, "period": "2025-12-31"}
    many = filing(*(fact(point(*key), value) for key, value in VALUES.items()), TEXT,
                  {"signature": "MET(x_met:md7)", "value": "4.00", **other}, indicators=("T1",))  # fmt: skip
    write(tmp_path / "a.xhtml", many, review)
    root = etree.parse(tmp_path / "a.xhtml").getroot()
    contexts = {one.get("id"): one for one in root.iter("{*}context")}
    assert len(contexts) == len(VALUES) + 2
    told = {}
    for one in root.iter("{*}nonFraction"):
        sign = "-" if one.get("sign") else ""
        context = contexts[one.get("contextRef")]
        members = [member.text for member in context.iter("{*}explicitMember")]
        number = sign + one.text.replace(",", ".")
        told[one.get("name"), *members] = number
    assert told[("x_met:md1", "x_PA:xa", "x_TI:x2")] == "-3.30"
    assert len(told) == len(VALUES) + 1
    texts = [one.text for one in root.iter("{*}nonNumeric")]
    assert sorted(texts) == ["Oy A & B <C>", "T1"]
    assert DAY in {one.text for one in root.iter("{*}instant")}


def test_without_dimensions_and_indicators_inline_xbrl_declares_little(tmp_path: Path) -> None:
    write(tmp_path / "a.xhtml", filing(TEXT))
    assert set(etree.parse(tmp_path / "a.xhtml").getroot().nsmap) == {
        None, "ix", "ixt", "xbrli", "link", "xlink", "x_met",
    }  # fmt: skip
