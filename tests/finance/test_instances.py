"""Instances read back: the same facts in every form, whatever the prefixes; nothing hostile."""

import json
import zipfile
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kirjaamo.finance.facts import SCHEMA, Filing, TwoValuesError, checked
from kirjaamo.finance.instances import errors, is_instance, lines, packed, read, reading, xml
from kirjaamo.finance.instances.difference import difference, with_prefixes
from kirjaamo.finance.writing import write
from kirjaamo.sources import limits
from tests.command_line import kirjaamo, refused
from tests.finance.test_writing import DAY, NAMESPACES, POINT, TEXT, fact, filing

FORMS = ("a.xbrl", "a.json", "folder", "a.zip", "a.xbr")
OPEN = "MET(x_met:md1)|x_dim:AVO(=Tk%201%7C%29)|x_dim:PAL(x_PA:x1)"
TYPED = {"x_dim:AVO": "x_met:text"}

members = st.dictionaries(
    st.sampled_from(["x_dim:PAL", "x_dim:TIL", "x_dim:SEK"]),
    st.integers(1, 30).map(lambda number: f"x_PA:x{number}"),
)
cents = st.integers(-(10**15), 10**15).map(lambda number: f"{number // 100}.{number % 100:02}")
words = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1
).filter(
    lambda text: text.strip() == text != "" and "\ufffe" not in text and "\uffff" not in text
)
kinds = st.one_of(
    st.tuples(
        st.just("md1"), st.just("iso4217:EUR"), st.sampled_from(["2", "-3", "INF"]), cents
    ),
    st.tuples(st.just("pi2"), st.just("xbrli:pure"), st.sampled_from(["4", "INF"]), cents),
    st.tuples(st.just("si3"), st.just(""), st.just(""), words),
)


@st.composite
def filings(draw: st.DrawFn) -> Filing:
    drawn = draw(
        st.lists(st.tuples(members, kinds, st.sampled_from([DAY, "2025-12-31"])), min_size=1)
    )
    rows = {}
    for about, (metric, unit, decimals, value), day in drawn:
        places = "".join(f"|{name}({about[name]})" for name in sorted(about))
        signature = f"MET(x_met:{metric}){places}"
        rows[signature, day] = (signature, day, unit, decimals, value)
    frame = pl.DataFrame(list(rows.values()), schema=SCHEMA, orient="row")
    tables = draw(st.sets(st.sampled_from(["T01", "T 2", "T&3"])))
    return filing(namespaces=NAMESPACES, facts=frame, indicators=tuple(sorted(tables)))


@given(filings())
@settings(max_examples=30, deadline=None)
def test_every_form_says_the_same(
    tmp_path_factory: pytest.TempPathFactory, whole: Filing
) -> None:
    folder = tmp_path_factory.mktemp("forms")
    facts = checked(whole)
    for name in FORMS:
        write(folder / name, whole)
        found = read(folder / name)
        assert found.facts.equals(facts), name
        assert (found.entity, found.scheme, found.entry_point, found.indicators) == (
            whole.entity, whole.scheme, whole.entry_point, whole.indicators,
        )  # fmt: skip
        assert found.namespaces.items() <= whole.namespaces.items()
    slow = reading.filing(xml.read(folder / "a.xbrl"))
    assert slow.facts.equals(facts)


def test_forms_can_be_made_of_each_other(tmp_path: Path) -> None:
    first = filing(fact(), fact(OPEN, "2.00"), TEXT, indicators=("T1",), typed=TYPED)
    write(tmp_path / "a.xbrl", first)
    assert read(tmp_path / "a.xbrl").typed == TYPED
    for before, after in (("a.xbrl", "b.json"), ("b.json", "c.zip"), ("c.zip", "folder")):
        again = read(tmp_path / before)
        write(tmp_path / after, Filing(again.entry_point, again.entity, again.namespaces,
                                       again.facts, again.indicators, again.scheme, TYPED))  # fmt: skip
        assert read(tmp_path / after).facts.equals(checked(first)), after


def test_own_lines_are_read_as_columns_and_others_are_left_to_the_slow_reader(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.xbrl"
    write(path, filing(fact(), TEXT, indicators=("T1",)))
    own = path.read_text("utf-8")
    assert lines.read(path) is not None
    for old, new in (
        ("</xbrli:context>\n", "</xbrli:context> \n"),
        ('decimals="2"', "decimals='2'"),
        (">1.00<", ">1.00<!-- a -->0<"),
        ("&amp;", "&#38;"),
        ("</xbrli:xbrl>\n", "</xbrli:xbrl>\n\n<!-- end -->\n"),
        ("<xbrli:xbrl ", "<xbrli:xbrl xmlns:y='http://www.example.org/met' "),
        ("x_PA:x1<", "x_PA:x1 <"),
        ("iso4217_EUR", "u1"),
        ("<x_met:md1 ", '<x_met:md1 id="f1" '),
        ('<?xml version="1.0" encoding="UTF-8"?>', '<?xml version="1.0"?>'),
    ):
        assert old in own, old
        path.write_text(own.replace(old, new), "utf-8")
        fast = lines.read(path)
        slow = reading.filing(xml.read(path))
        assert fast is None or fast.facts.equals(slow.facts), old
        assert read(path).facts["signature"].equals(slow.facts["signature"])


def test_prefixes_of_others_make_no_difference(tmp_path: Path) -> None:
    whole = filing(fact(), TEXT, fact(POINT, period="2025-12-31"))
    write(tmp_path / "a.xbrl", whole)
    text = (tmp_path / "a.xbrl").read_text("utf-8")
    for old, new in (("x_dim", "b"), ("x_TI", "x_dim"), ("b", "x_TI"), ("xbrli", "i")):
        text = text.replace(f"{old}:", f"{new}:").replace(f"xmlns:{old}=", f"xmlns:{new}=")
    (tmp_path / "b.xbrl").write_text(text, "utf-8")
    other = read(tmp_path / "b.xbrl")
    assert other.namespaces["x_dim"] == NAMESPACES["x_TI"]
    assert difference(read(tmp_path / "a.xbrl"), other).is_empty()
    assert with_prefixes(other, NAMESPACES).facts.equals(checked(whole))


def test_a_difference_is_told_by_what_it_is() -> None:
    rows = {name: POINT.replace("4000", name) for name in "123456"}
    old = filing(*(fact(point) for point in rows.values()), indicators=("T1",))
    new = filing(
        fact(rows["1"]), fact(rows["2"], "1.0"), fact(rows["3"], "2.00"),
        fact(rows["4"], decimals="0"), fact(rows["5"], unit="xbrli:pure"),
        fact(POINT.replace("4000", "7"), "7.00"), entity="0201256-6",
    )  # fmt: skip
    found = difference(old, new)
    told = [(row["change"], row["breakdown"][-2:-1], row["old"], row["new"])
            for row in found.iter_rows(named=True)]  # fmt: skip
    assert told == [
        ("filing", "", "0163207-7", "0201256-6"),
        ("filing", "", "T1", ""),
        ("changed", "3", "1.00", "2.00"),
        ("added", "7", "", "7.00"),
        ("absent", "6", "1.00", ""),
        ("unit", "5", "iso4217:EUR", "xbrli:pure"),
        ("decimals", "4", "2", "0"),
    ]


def test_a_fact_said_twice_is_one_and_two_values_are_an_error() -> None:
    twice, two = filing(fact(), fact()), filing(fact(), fact(value="2.00"))
    assert difference(twice, filing(fact())).is_empty()
    with pytest.raises(TwoValuesError):
        difference(two, filing(fact()))
    with pytest.raises(TwoValuesError) as told:
        checked(filing(fact(OPEN), fact(OPEN, "2.00"), typed=TYPED))
    assert "AVO(=)" in str(told.value)
    assert "Tk" not in str(told.value)


HEAD = (
    '<xbrli:xbrl xmlns:xbrli="http://www.xbrl.org/2003/instance" '
    'xmlns:x_met="http://www.example.org/met">'
)
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    f"{HEAD}&b;</xbrli:xbrl>"
)
CONTEXT = (
    '<xbrli:context id="{}"><xbrli:entity><xbrli:identifier scheme="s">{}</xbrli:identifier>'
    "</xbrli:entity><xbrli:period><xbrli:instant>2026-12-31</xbrli:instant></xbrli:period>"
    "</xbrli:context>"
)
TWO_FILERS = (
    HEAD + CONTEXT.format("a", "1") + CONTEXT.format("b", "2")
    + '<x_met:si1 contextRef="a">t</x_met:si1><x_met:si2 contextRef="b">t</x_met:si2></xbrli:xbrl>'
)  # fmt: skip
LOOSE = f'{HEAD}\n<x_met:si1 contextRef="a">t</x_met:si1></xbrli:xbrl>'
OIM = {"documentType": "https://xbrl.org/2021/xbrl-json", "namespaces": {}, "taxonomy": []}
HOSTILE = {
    "bomb.xbrl": (BOMB, errors.EntitiesError),
    "garbage.xbrl": ("\x00\x01garbage", errors.InstanceError),
    "words.xbrl": ("words", errors.InstanceError),
    "half.xbrl": (HEAD + "<x_met:a>", errors.BrokenXmlInstanceError),
    "none.xbrl": ("<", errors.BrokenXmlInstanceError),
    "prefix.xbrl": (f"{HEAD}<y:z/></xbrli:xbrl>", errors.BrokenXmlInstanceError),
    "other.xbrl": ("<html/>", errors.InstanceError),
    "inline.xhtml": ('<html xmlns="http://www.w3.org/1999/xhtml"/>', errors.InstanceError),
    "filers.xbrl": (TWO_FILERS, errors.SeveralFilersError),
    "loose.xbrl": (LOOSE, errors.LooseReferenceError),
    "half.json": ('{"documentInfo":', errors.InstanceError),
    "list.json": ('{"documentInfo": [], "facts": {}}', errors.InstanceError),
    "other.json": (json.dumps({"documentInfo": {}, "facts": {}}), errors.InstanceError),
    "twice.json": ('{"documentInfo": {}, "facts": {"a": 1, "a": 2}}', errors.InstanceError),
    "facts.json": (json.dumps({"documentInfo": OIM, "facts": {"a": 1}}), errors.InstanceError),
    "deep.json": ("{" + '"a":{' * 100_000, errors.InstanceError),
    "not.zip": ("PK\x03\x04 no zip", errors.InstanceError),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_instance_is_one_sentence(tmp_path: Path, name: str) -> None:
    content, error = HOSTILE[name]
    (tmp_path / name).write_text(content, "utf-8")
    with pytest.raises(error, match=name) as told:
        read(tmp_path / name)
    assert "garbage\x00" not in str(told.value)
    assert refused("finance", "show", tmp_path / name)
    assert refused("finance", "convert", tmp_path / name, "-o", tmp_path / "out.json")
    assert not (tmp_path / "out.json").exists()


def test_a_missing_report_and_a_folder_without_one_are_told(tmp_path: Path) -> None:
    with pytest.raises(errors.InstanceError, match="no such file"):
        read(tmp_path / "none.xbrl")
    with pytest.raises(errors.InstanceError, match="no report"):
        read(tmp_path)
    assert not is_instance(tmp_path)
    assert not is_instance(tmp_path / "none.csv")


def _zip(path: Path, members: dict[str, str], *, link: bool = False) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            member = zipfile.ZipInfo(name)
            if link:
                member.external_attr = 0o120777 << 16
            archive.writestr(member, text, zipfile.ZIP_DEFLATED)
    return path


@pytest.mark.parametrize(
    "name", ["../evil", "/etc/evil", "a/../../evil", "a\\..\\evil", "C:evil"]
)
def test_names_that_lead_out_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(errors.UnsafePackageError):
        read(_zip(tmp_path / "a.zip", {name: "x"}))
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.zip"]


def test_links_bombs_and_empty_packages_are_refused(tmp_path: Path) -> None:
    with pytest.raises(errors.UnsafePackageError):
        read(_zip(tmp_path / "a.zip", {"a/reports/x.json": "target"}, link=True))
    bomb = _zip(tmp_path / "b.zip", {"a/reports/x.json": "0" * (limits.RATIO_FREE + 1)})
    with pytest.raises(errors.TooLargeInstanceError):
        read(bomb)
    with pytest.raises(errors.InstanceError, match="no report"):
        read(_zip(tmp_path / "c.zip", {"a/b.txt": "x"}))


def test_what_unpacks_to_more_than_it_says_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = _zip(tmp_path / "a.zip", {"a/reports/x.json": "{}" * 100})
    monkeypatch.setattr(limits, "UNPACKED", 100)
    monkeypatch.setattr(packed, "_judge", lambda *_: None)
    with pytest.raises(errors.TooLargeInstanceError):
        read(package)


def test_huge_files_are_refused_before_they_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = filing(fact())
    for name in ("a.xbrl", "a.json", "folder"):
        write(tmp_path / name, whole)
    monkeypatch.setattr(limits, "XML", 10)
    monkeypatch.setattr(limits, "JSON", 10)
    path = tmp_path / "a.xbrl"
    path.write_text(path.read_text("utf-8").replace("encoding=", "encoding= "), "utf-8")
    for name in ("a.xbrl", "a.json", "folder"):
        with pytest.raises(errors.TooLargeInstanceError):
            read(tmp_path / name)


def _report(folder: Path, change: dict[str, object], csv: str = "c,v\nx:si1,t\n") -> Path:
    template = {"columns": {"c": {}, "v": {"dimensions": {"concept": "$c"}}},
                "dimensions": {"entity": "s:1", "period": "2026-12-31@end"}}  # fmt: skip
    metadata = {
        "documentInfo": {
            "documentType": "https://xbrl.org/2021/xbrl-csv",
            "namespaces": {"x": "http://www.example.org/x", "s": "http://www.example.org/s"},
            "taxonomy": ["http://www.example.org/x.xsd"],
        },
        "tableTemplates": {"t": template},
        "tables": {"t": {"url": "t.csv"}},
    }
    folder.mkdir()
    (folder / "m.json").write_text(json.dumps({**metadata, **change}))
    (folder / "t.csv").write_text(csv, "utf-8")
    return folder


def test_tables_of_others_are_read(tmp_path: Path) -> None:
    template = {
        "columns": {
            "dim": {}, "when": {}, "dec": {}, "note": {"comment": True},
            "a": {"dimensions": {"concept": "x:md1", "x:PAL": "$dim", "unit": "iso4217:EUR"},
                  "decimals": "$dec"},
            "b": {"dimensions": {"concept": "x:si2", "x:YKS": "$$text", "x:AVO": "$dim"}},
            "c": {"dimensions": {"concept": "x:pi3"}},
        },
        "dimensions": {"entity": "$who", "period": "$when"},
    }  # fmt: skip
    folder = _report(
        tmp_path / "r",
        {"tableTemplates": {"k": template}, "parameters": {"who": "s:1"},
         "tables": {"t": {"url": "t.csv", "template": "k"}, "o": {"url": "no.csv", "optional": True,
                                                                  "template": "k"}}},
        "dim,when,dec,note,a,b,c\nx:m1,2026-12-31@end,2,n,1.50,##a,\n"
        "#none,2027-01-01T00:00:00,0,,2,,0.5\nfree,2027-01-01@start,,,,#empty,\n",
    )  # fmt: skip
    found = read(folder)
    assert found.entity == "1"
    assert sorted(found.facts.iter_rows()) == [
        ("MET(x:md1)", DAY, "iso4217:EUR", "0", "2"),
        ("MET(x:md1)|x:PAL(x:m1)", DAY, "iso4217:EUR", "2", "1.50"),
        ("MET(x:pi3)", DAY, "xbrli:pure", "INF", "0.5"),
        ("MET(x:si2)|x:AVO(=free)|x:YKS(=%24text)", DAY, "", "", ""),
        ("MET(x:si2)|x:AVO(x:m1)|x:YKS(=%24text)", DAY, "", "", "#a"),
    ]


@pytest.mark.parametrize(
    ("change", "csv", "about"),
    [
        ({"documentInfo": []}, "c,v\n", "no report"),
        ({"tables": {"t": {"url": "../t.csv"}}}, "c,v\n", "table"),
        ({"tables": {"t": {"url": "http://www.example.org/t.csv"}}}, "c,v\n", "table"),
        ({"tables": {"t": {}}}, "c,v\n", "JSON"),
        ({}, "c,w\nx:si1,t\n", "table"),
        ({}, "c,v\nx:si1,t,u,w\n", "table"),
        ({"tableTemplates": {"t": {"columns": {"v": {"propertyGroups": {}}}}}}, "v\n1\n", "parts"),
        ({"documentInfo": {"documentType": "https://xbrl.org/2021/xbrl-csv",
                           "extends": ["x.json"]}}, "c,v\n", "parts"),
        ({"documentInfo": {"documentType": "https://xbrl.org/2021/xbrl-csv",
                           "taxonomy": [1]}}, "c,v\n", "JSON"),
    ],
)  # fmt: skip
def test_reports_that_cannot_be_read_are_told(
    tmp_path: Path, change: dict[str, object], csv: str, about: str
) -> None:
    with pytest.raises(errors.InstanceError, match=about):
        read(_report(tmp_path / "r", change, csv))


def test_spans_forever_nil_and_precision_are_read(tmp_path: Path) -> None:
    span = (
        "<xbrli:startDate>2026-01-01</xbrli:startDate><xbrli:endDate>2026-12-31</xbrli:endDate>"
    )
    entity = '<xbrli:entity><xbrli:identifier scheme="s">1</xbrli:identifier></xbrli:entity>'
    text = "".join([
        HEAD.replace("<xbrli:xbrl ", '<xbrli:xbrl xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '),
        f'<xbrli:context id="a">{entity}<xbrli:period>{span}</xbrli:period></xbrli:context>',
        f'<xbrli:context id="b">{entity}<xbrli:period><xbrli:forever/></xbrli:period></xbrli:context>',
        f'<xbrli:context id="c">{entity}</xbrli:context>',
        '<x_met:si1 contextRef="a" xsi:nil="true"/><x_met:si1 contextRef="b"> t </x_met:si1>',
        '<x_met:si1 contextRef="c">t</x_met:si1></xbrli:xbrl>',
    ])  # fmt: skip
    (tmp_path / "a.xbrl").write_text(text, "utf-8")
    found = read(tmp_path / "a.xbrl").facts
    assert list(found.select("period", "value").iter_rows()) == [
        ("", "t"), ("2026-01-01/2026-12-31", ""), ("forever", "t"),
    ]  # fmt: skip
    oim = {"dimensions": {"concept": "x:si1", "entity": "s:1",
                          "period": "2026-01-01T00:00:00/2027-01-01T00:00:00"}, "value": None}  # fmt: skip
    other = {"dimensions": {"concept": "x:si2", "entity": "s:1"}, "value": "t"}
    noon = {"dimensions": {"concept": "x:si3", "entity": "s:1", "period": "2026-12-31T12:00:00"},
            "value": "t"}  # fmt: skip
    content = {"documentInfo": OIM, "facts": {"1": oim, "2": other, "3": noon}}
    (tmp_path / "a.json").write_text(json.dumps(content))
    assert list(read(tmp_path / "a.json").facts["period"]) == [
        "2026-01-01/2026-12-31", "forever", "2026-12-31T12:00:00",
    ]  # fmt: skip


def test_show_diff_and_convert_work_together(tmp_path: Path) -> None:
    write(tmp_path / "a.xbrl", filing(fact(), TEXT))
    write(tmp_path / "b.json", filing(fact(value="2.00"), TEXT))
    shown = kirjaamo("finance", "show", tmp_path / "a.xbrl", "--format", "json")
    assert [row["value"] for row in json.loads(shown.stdout)] == ["1.00", TEXT["value"]]
    some = kirjaamo("finance", "show", tmp_path / "a.xbrl", "X4000", "--format", "csv")
    assert len(some.stdout.splitlines()) == 2
    assert (
        kirjaamo("finance", "show", tmp_path / "a.xbrl", "-o", tmp_path / "a.xlsx").exit_code
        == 0
    )
    assert zipfile.is_zipfile(tmp_path / "a.xlsx")
    differing = kirjaamo("finance", "diff", tmp_path / "a.xbrl", tmp_path / "b.json")
    assert differing.exit_code == 1
    assert "changed" in differing.stdout
    assert "2.00" in differing.stdout
    made = kirjaamo("finance", "convert", tmp_path / "a.xbrl", "-o", tmp_path / "c.zip")
    assert made.exit_code == 0
    same = kirjaamo("finance", "diff", tmp_path / "a.xbrl", tmp_path / "c.zip")
    assert (same.exit_code, same.stdout) == (0, "")
    assert "form of an instance" in refused(
        "finance", "convert", tmp_path / "a.xbrl", "-o", tmp_path / "a.pdf")  # fmt: skip
