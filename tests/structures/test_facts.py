import datetime as dt
import hashlib
import json
import pickle
import re
import stat
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kirjaamo.classifications import structures
from kirjaamo.classifications.structures import Kind, Structures, facts, importing
from kirjaamo.classifications.structures.errors import NoVersionInForceError
from kirjaamo.classifications.structures.library import SCHEMA
from kirjaamo.classifications.structures.schemas import PLACE
from kirjaamo.errors import SettingsError, UnknownNameError
from tests.reference import SCHEMAS, needs_data
from tests.structures.national import small, write

LIBRARY = Structures()
OIDS = LIBRARY.versions()["oid"].to_list()
FILES = sorted(Path(str(PLACE)).glob("1.*.json"))


def test_every_version_of_the_snapshot_is_bundled_and_small():
    assert len(FILES) == len(OIDS) == 263
    assert sum(path.stat().st_size for path in FILES) < 6_000_000


def test_the_index_is_made_from_the_fact_files_and_names_each_once():
    index = (Path(str(PLACE)) / importing.INDEX).read_bytes()

    assert index == importing.index(Path(str(PLACE)))
    assert len(set(OIDS)) == len(OIDS)
    assert LIBRARY.versions().schema == SCHEMA


def test_writing_what_was_read_gives_the_same_bytes():
    for path in FILES:
        assert facts.write(facts.read(path)) == path.read_bytes()


def test_every_field_stands_after_the_group_around_it():
    for structure in LIBRARY.all():
        seen = {structure.root}
        for field in structure.fields:
            assert field.parent in seen
            assert field.path not in seen
            seen |= {field.path} if field.is_group else set()


def test_fact_files_hold_names_and_no_sentences_of_guidance():
    for structure in LIBRARY.all():
        for field in structure.fields:
            assert len(field.name.fi) <= 150
            assert field.title is None or len(field.title.fi) <= 100
            assert all(len(code.fi or "") <= 200 for code in field.codes)
            assert field.fixed is None or len(field.fixed) <= 60


def test_the_date_of_a_version_is_the_end_of_its_oid():
    for oid, day in LIBRARY.versions().select("oid", "valid_from").iter_rows():
        assert oid.endswith(f".{day.year}.{day.month}.{day.day}")


def test_versions_of_a_document_follow_each_other_without_gap_or_overlap():
    for _, versions in LIBRARY.versions().group_by("code"):
        ends, starts = versions["valid_to"].to_list(), versions["valid_from"].to_list()

        assert ends == [*starts[1:], None]
        assert starts == sorted(set(starts))


def test_only_three_documents_have_no_current_version():
    newest = LIBRARY.versions().filter(pl.col("valid_to").is_null())

    assert newest.filter(pl.col("status") == "obsolete")["code"].to_list() == [
        "1020",
        "16004",
        "19017",
    ]


@pytest.mark.parametrize(
    ("day", "version"),
    [
        ("2022-01-09", "2020.4.7"),
        ("2022-01-10", "2022.1.10"),
        ("2023-05-31", "2022.1.10"),
        ("2023-06-01", "2023.6.1"),
    ],
)
def test_a_type_and_a_day_give_the_version_in_force(day, version):
    found = structures.for_type("1", dt.date.fromisoformat(day))

    assert found.oid == f"1.2.246.537.6.1505.1.{version}"


def test_a_day_before_the_first_version_is_an_error_that_names_that_version():
    with pytest.raises(NoVersionInForceError, match="2020-04-07"):
        structures.for_type("1", dt.date(2020, 4, 6))


@given(st.sampled_from(OIDS), st.integers(0, 4000))
@settings(max_examples=50, deadline=None, derandomize=True)
def test_exactly_one_version_is_in_force_on_any_day_after_the_first(oid, days):
    code = LIBRARY.facts(oid).code
    versions = LIBRARY.versions().filter(pl.col("code") == code)
    day = versions["valid_from"][0] + dt.timedelta(days)

    open_end = pl.col("valid_to").is_null() | (pl.col("valid_to") > day)
    in_force = versions.filter((pl.col("valid_from") <= day) & open_end)

    assert in_force["oid"].to_list() == [LIBRARY.oid_on(code, day)]


@pytest.mark.parametrize("name", ["11949", "1.2.246.537.6.1506.11049.1999.1.1"])
def test_an_unknown_structure_is_an_error_with_the_nearest_name(name):
    with pytest.raises(UnknownNameError, match=r"Did you mean “.*11049"):
        structures.get(name) if "." in name else structures.for_type(name, dt.date(2025, 1, 1))


def test_a_structure_carries_its_end_its_fields_and_its_groups():
    found = structures.get("1.2.246.537.6.1505.1.2022.1.10")

    assert found.valid_to == dt.date(2023, 6, 1)
    assert found.field("asiakkuusasiakirja/asiakas").occurs == "1..1"
    assert found.field("asiakkuusasiakirja/tuntematon") is None
    assert [field.depth for field in found.inside(found.root)] == [1] * len(
        found.inside(found.root)
    )
    assert structures.get(found.oid) is found


def test_conditions_stand_beside_their_fields():
    found = structures.get("1.2.246.537.6.1505.1.2023.6.1")

    conditions = [field for field in found.fields if field.when]

    assert conditions
    assert all(one.path == field.path for field in conditions for one in field.when)


def test_names_follow_the_language_in_use(monkeypatch):
    from kirjaamo import messages

    field = structures.get("1.2.246.537.6.1505.1.2023.6.1").field(
        "asiakkuusasiakirja/asiakas/asiointikieli"
    )
    finnish = str(field.name)
    monkeypatch.setattr(messages._Chosen, "language", "sv")

    assert (finnish, str(field.name)) == ("Asiointikieli", "Kontaktspråk")
    assert [code.code for code in field.codes] == ["FI", "SV"]


def test_a_misspelt_name_is_found():
    best = structures.find("vammaispalvelupaatos", limit=3)[0]
    field = structures.find("henkilötunus", limit=1)[0]

    assert best.name.fi == "Vammaispalvelupäätös"
    assert best.path == ""
    assert field.path.endswith("henkilotunnus")


def test_a_version_differs_from_the_next_one_and_not_from_itself():
    a, b = (LIBRARY.facts(f"1.2.246.537.6.1505.1.{end}") for end in ("2020.4.7", "2023.6.1"))
    found = structures.diff(a, b)
    gone, come = (
        {one.path for one in found if one.change == kind} for kind in ("removed", "added")
    )

    assert structures.diff(a, a) == ()
    assert {one.path for one in structures.diff(b, a) if one.change == "added"} == gone
    assert gone
    assert come
    assert any(one.what == "system_check" for one in found)


def test_codes_carry_their_names_in_both_languages():
    codes = [
        code
        for structure in LIBRARY.all()
        for field in structure.fields
        for code in field.codes
    ]
    named = [code for code in codes if code.fi and code.sv]

    assert len(named) / len(codes) > 0.9
    assert not any(re.search(r"[0-9A-Z]\s*=", code.fi or "") for code in codes)


def test_a_damaged_fact_file_is_one_sentence_with_its_name(tmp_path):
    path = tmp_path / "1.json"
    path.write_text('{"oid": 1}')

    with pytest.raises(SettingsError, match=r"1\.json"):
        facts.read(path)
    with pytest.raises(SettingsError, match=r"2\.json"):
        facts.read(tmp_path / "2.json")


def test_imported_versions_join_the_bundled_ones_and_win(tmp_path):
    write(tmp_path / "in", small("2024-03-01"), "a.json")
    write(tmp_path / "in", small("2024-05-02"), "b.json")
    texts = tmp_path / "out" / "fixed_texts.json"
    importing.import_folder(tmp_path / "in", tmp_path / "out", texts)

    library = pickle.loads(pickle.dumps(Structures(tmp_path / "out")))

    assert len(library.versions()) == 265
    assert library.for_type("77001", dt.date(2024, 5, 1)).valid_to == dt.date(2024, 5, 2)
    assert library.for_type("1", dt.date(2024, 5, 1)).code == "1"
    assert (
        "enum"
        in library.schema(library.facts("1.2.246.537.6.1506.77001.2024.3.1"))["properties"][
            "pieni"
        ]["properties"]["ohje"]
    )


def test_a_damaged_index_or_list_of_texts_is_one_sentence(tmp_path):
    (tmp_path / "index.csv").write_text("oid\nx\n")
    (tmp_path / "fixed_texts.json").write_text("[")

    with pytest.raises(SettingsError, match="index"):
        Structures(tmp_path).versions()
    with pytest.raises(SettingsError, match="fixed_texts"):
        Structures(tmp_path).texts()


def test_a_validator_is_compiled_once_and_refuses_what_ecma_patterns_refuse():
    oid = "1.2.246.537.6.1506.77001.2024.3.1"
    validator = structures.validator("1.2.246.537.6.1505.2.2022.6.28")
    empty = {"asia_asiakirja": {}}

    assert structures.validator("1.2.246.537.6.1505.2.2022.6.28") is validator
    assert not validator.is_valid(empty)
    assert oid not in OIDS


@needs_data
def test_importing_again_gives_the_same_bytes(tmp_path):
    importing.import_folder(SCHEMAS, tmp_path)

    def digest(folder):
        files = sorted([*folder.glob("1.*.json"), folder / "index.csv"])
        return [(path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in files]

    assert digest(tmp_path) == digest(Path(str(PLACE)))


@needs_data
def test_flags_and_cardinalities_are_those_of_the_national_definitions():
    for path in sorted(SCHEMAS.rglob("*.json"))[::20]:
        raw = json.loads(path.read_text())
        flags = [*_flags(raw)]
        found = LIBRARY.facts(raw["sosmeta"]["oid"]).fields

        assert [(f.conditional, f.national, f.hidden, f.untitled) for f in found] == flags


def _flags(node):
    for inner in node.get("properties", {}).values():
        one = inner.get("items", inner)
        about = one.get("sosmeta", {})
        if "hiddenField" in about:
            names = (
                "conditionalRequired",
                "nationwideRecordedInformation",
                "hiddenField",
                "hiddenTitle",
            )
            yield tuple(about.get(name, False) for name in names)
        yield from _flags(one)


def test_bundled_files_can_be_read_by_everyone():
    assert all(path.stat().st_mode & stat.S_IROTH for path in FILES)


def test_every_kind_of_field_has_a_component_and_is_used():
    kinds = {field.kind for structure in LIBRARY.all() for field in structure.fields}

    assert kinds == set(Kind)
