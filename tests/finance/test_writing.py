"""Instances: exact, reproducible, and by the good practice of filing."""

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from kirjaamo.errors import CannotWriteError, UnknownNameError
from kirjaamo.finance import facts as canonical
from kirjaamo.finance.facts import Filing
from kirjaamo.finance.writing import FORMATS, csv, json, naming, write, xml

XBRLI = "{http://www.xbrl.org/2003/instance}"
NAMESPACES = {
    f"x_{name}": f"http://www.example.org/{name}" for name in ("met", "dim", "PA", "TI")
}
DAY = "2026-12-31"
MONEY = {"period": DAY, "unit": "iso4217:EUR", "decimals": "2"}
POINT = "MET(x_met:md1)|x_dim:PAL(x_PA:x1)|x_dim:TIL(x_TI:x4000)"


def filing(*rows: dict[str, str], **others: object) -> Filing:
    values = {"entry_point": "http://www.example.org/mod/m.xsd", "entity": "0163207-7"}
    frame = pl.DataFrame(list(rows), schema=canonical.SCHEMA)
    return Filing(**{"namespaces": NAMESPACES, "facts": frame, **values, **others})  # type: ignore[arg-type]


def fact(signature: str = POINT, value: str = "1.00", **others: str) -> dict[str, str]:
    return {"signature": signature, "value": value, **MONEY, **others}


TEXT = fact("MET(x_met:si5)", "Oy A & B <C>", unit="", decimals="")


def test_an_instance_follows_good_practice(tmp_path: Path) -> None:
    other = POINT.replace("md1", "md2")
    whole = filing(fact(), fact(other, "-2.50"), TEXT, indicators=("T02", "T01"))
    xml.write(tmp_path / "a.xbrl", whole)
    root = etree.parse(tmp_path / "a.xbrl").getroot()
    assert root.tag == f"{XBRLI}xbrl"
    assert len(root.findall("{*}schemaRef")) == 1
    assert [one.get("id") for one in root.findall(f"{XBRLI}context")] == ["c1", "c2"]
    assert len(root.findall(f"{XBRLI}unit")) == 1
    assert {one.text for one in root.iter(f"{XBRLI}instant")} == {DAY}
    assert {one.text for one in root.iter(f"{XBRLI}identifier")} == {"0163207-7"}
    assert not list(root.iter(f"{XBRLI}segment"))
    told = [(one.text, one.get("contextRef")) for one in root.iter("{*}filingIndicator")]
    assert told == [("T01", "c1"), ("T02", "c1")]
    values = [one for one in root if one.get("contextRef")]
    assert [one.text for one in values] == ["Oy A & B <C>", "1.00", "-2.50"]
    assert [one.get("decimals") for one in values] == [None, "2", "2"]
    assert len({one.get("contextRef") for one in values}) == 2
    assert not any(one.get("id") for one in values)


def test_indicators_have_a_context_of_their_own_when_no_fact_has_it(tmp_path: Path) -> None:
    xml.write(tmp_path / "a.xbrl", filing(fact(), indicators=("T01",)))
    root = etree.parse(tmp_path / "a.xbrl").getroot()
    assert [one.get("id") for one in root.findall(f"{XBRLI}context")] == ["c0", "c1"]
    assert root.find("{*}fIndicators/{*}filingIndicator").get("contextRef") == "c0"  # type: ignore[union-attr]


def test_only_prefixes_in_use_are_declared(tmp_path: Path) -> None:
    xml.write(tmp_path / "a.xbrl", filing(TEXT))
    declared = etree.parse(tmp_path / "a.xbrl").getroot().nsmap
    assert set(declared) == {"xbrli", "link", "xlink", "x_met"}


@given(st.permutations(range(6)))
def test_order_does_not_change_the_bytes(
    tmp_path_factory: pytest.TempPathFactory, order
) -> None:  # type: ignore[no-untyped-def]
    folder = tmp_path_factory.mktemp("bytes")
    rows = [fact(POINT.replace("x4000", f"x{number}")) for number in range(6)]
    xml.write(folder / "a", filing(*rows))
    xml.write(folder / "b", filing(*(rows[number] for number in order)))
    assert (folder / "a").read_bytes() == (folder / "b").read_bytes()


@given(st.lists(st.integers(-(10**15), 10**15), min_size=1, max_size=20))
def test_no_cent_is_lost(cents: list[int]) -> None:
    names = [f"MET(x_met:md{number})" for number in range(len(cents))]
    made = canonical.amounts(pl.DataFrame({"signature": names, "hundredths": cents}), DAY)
    assert sum(int(value.replace(".", "")) for value in made["value"]) == sum(cents)


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (filing(fact(value="1e5")), canonical.NumberFormError),
        (filing(fact(decimals="two")), canonical.NumberFormError),
        (filing(fact(value=" ")), canonical.EmptyValueError),
        (filing(fact(), fact(value="2.00")), canonical.TwoValuesError),
        (
            filing(fact(), fact("MET(x_met:md2)", unit="iso4217:SEK")),
            canonical.MixedCurrenciesError,
        ),
        (filing(fact(), entity="0163207-8"), canonical.BusinessIdError),
        (filing(fact(), namespaces={}), naming.NoNamespaceError),
        (filing(fact("MET(x_met:md1)|x_dim:PAL(*)")), canonical.SignatureFormError),
        (filing(fact("MET(x_met:md1)|x_dim:PAL(=7)")), canonical.SignatureFormError),
        (filing(fact("MET(md1)")), canonical.SignatureFormError),
        (filing({**TEXT, "value": "a\x07"}), canonical.ForbiddenCharacterError),
        (filing(fact(period="2026")), canonical.PeriodFormError),
    ],
)
def test_wrong_facts_leave_no_file(
    tmp_path: Path, wrong: Filing, error: type[Exception]
) -> None:
    for name in ("a.xbrl", "a.json", "a.zip", "folder", "a.xhtml"):
        with pytest.raises(error):
            write(tmp_path / name, wrong)
    assert not list(tmp_path.iterdir())


def test_a_long_filing_is_the_same_in_slices(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [fact(POINT.replace("x4000", f"x{number}").replace("md1", f"md{number % 3}"))
            for number in range(20)]  # fmt: skip
    whole = filing(TEXT, *rows, {**TEXT, "period": "2025-12-31"}, indicators=("T1",))
    for name in NAMES:
        write(tmp_path / f"whole-{name}", whole)
    for module in (xml, csv, json):
        monkeypatch.setattr(module, "SLICE", 3)
    for name in NAMES:
        write(tmp_path / f"parts-{name}", whole)
    for name in NAMES:
        assert content(tmp_path / f"whole-{name}") == content(tmp_path / f"parts-{name}")


NAMES = ("a.xbrl", "a.json", "folder", "a.xhtml")


def content(path: Path) -> list[bytes]:
    return [one.read_bytes() for one in sorted(path.iterdir())] if path.is_dir() else [
        path.read_bytes()]  # fmt: skip


@pytest.mark.parametrize("name", [f"a{ending}" for ending in FORMATS])
def test_every_form_is_written_twice_with_the_same_bytes(tmp_path: Path, name: str) -> None:
    whole = filing(fact(), TEXT, indicators=("T1",))
    for folder in ("first", "second"):
        write(tmp_path / folder / name, whole)
    assert content(tmp_path / "first" / name) == content(tmp_path / "second" / name)


def test_a_form_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="form of an instance"):
        write(tmp_path / "a.pdf", filing(fact()))


def test_a_folder_of_ours_is_replaced_and_another_is_not(tmp_path: Path) -> None:
    write(tmp_path / "report", filing(fact()))
    write(tmp_path / "report", filing(fact(value="2.00")))
    assert "2.00" in (tmp_path / "report" / "facts-1.csv").read_text("utf-8")
    (tmp_path / "report" / "notes.txt").write_text("mine")
    with pytest.raises(csv.OccupiedFolderError):
        write(tmp_path / "report", filing(fact()))
    assert (tmp_path / "report" / "notes.txt").read_text() == "mine"
    assert not [one for one in tmp_path.iterdir() if one.name != "report"]


def test_no_permission_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for name in ("a.xbrl", "folder"):
        with pytest.raises(CannotWriteError, match="cannot be written"):
            write(tmp_path / "file" / name, filing(fact()))
