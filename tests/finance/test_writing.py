"""Instances: exact, reproducible, and by the good practice of filing."""

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from kirjaamo.finance import facts as canonical
from kirjaamo.finance.facts import Filing
from kirjaamo.finance.writing import naming, xml

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
    assert [one.get("id") for one in root.findall(f"{XBRLI}context")] == ["c0", "c1", "c2"]
    assert len(root.findall(f"{XBRLI}unit")) == 1
    assert {one.text for one in root.iter(f"{XBRLI}instant")} == {DAY}
    assert {one.text for one in root.iter(f"{XBRLI}identifier")} == {"0163207-7"}
    assert not list(root.iter(f"{XBRLI}segment"))
    assert [one.text for one in root.iter("{*}filingIndicator")] == ["T01", "T02"]
    values = [one for one in root if one.get("contextRef")]
    assert [one.text for one in values] == ["Oy A & B <C>", "1.00", "-2.50"]
    assert [one.get("decimals") for one in values] == [None, "2", "2"]
    assert len({one.get("contextRef") for one in values}) == 2
    assert not any(one.get("id") for one in values)


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
    ],
)
def test_wrong_facts_leave_no_file(
    tmp_path: Path, wrong: Filing, error: type[Exception]
) -> None:
    with pytest.raises(error):
        xml.write(tmp_path / "a.xbrl", wrong)
    assert not list(tmp_path.iterdir())
