import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kirjaamo.classifications.structures import Structures, importing, national, schemas
from kirjaamo.classifications.structures.errors import (
    NoStructuresError,
    NotAStructureError,
    NotRebuiltError,
    SameStructureTwiceError,
    UnknownKeywordError,
)
from kirjaamo.classifications.structures.naming import names_of_codes
from kirjaamo.errors import KirjaamoError
from tests.reference import SCHEMAS, needs_data
from tests.structures.national import TEXT, small, write

GROUP = "properties/pieni/properties"
VALID = {
    "pieni": {
        "nimi": "Aino",
        "laji": {"system": "pieni/laji", "code": "1", "display": "Yksi"},
        "ohje": TEXT,
    }
}


def imported(tmp_path, definition):
    write(tmp_path / "in", definition)
    return importing.import_folder(tmp_path / "in", tmp_path / "out")


def test_facts_are_taken_and_prose_is_left(tmp_path):
    path = write(tmp_path, small())

    definition = national.read(path)
    name, kind, text, days = definition.structure.fields

    assert (name.occurs, kind.occurs, days.occurs) == ("1..1", "1..1", "0..*")
    assert [str(code) for code in kind.codes] == ["1 Yksi", "2 Kaksi"]
    assert text.fixed is None
    assert definition.texts == {text.fingerprint: TEXT}


@pytest.mark.parametrize("known", [{}, {schemas.fingerprint(TEXT): TEXT}])
def test_a_fixed_text_is_checked_letter_for_letter_with_or_without_its_wording(tmp_path, known):
    structure = national.read(write(tmp_path, small())).structure
    validator = schemas.validator_of(structure, known)
    other = json.loads(json.dumps(VALID).replace("huolellisesti", "nopeasti"))

    assert validator.is_valid(VALID)
    assert not validator.is_valid(other)


def test_the_schema_of_the_facts_is_the_schema_they_came_from(tmp_path):
    definition = national.read(write(tmp_path, small()))
    rebuilt = schemas.schema(definition.structure, definition.texts)

    assert importing.validation(rebuilt) == importing.validation(definition.original)


@pytest.mark.parametrize(
    ("place", "where"),
    [
        ("oneOf", ", /:"),
        ("sosmeta/uutta", "/sosmeta:"),
        ("properties/pieni/maxProperties", "/properties/pieni:"),
        (f"{GROUP}/nimi/maxLength", "/properties/pieni/properties/nimi:"),
        (f"{GROUP}/nimi/sosmeta/uutta", "/properties/pieni/properties/nimi/sosmeta:"),
        (f"{GROUP}/paivat/items/format", "/properties/pieni/properties/paivat/items:"),
    ],
)
def test_an_unknown_keyword_is_refused_with_its_place(tmp_path, place, where):
    with pytest.raises(UnknownKeywordError) as raised:
        imported(tmp_path, small(**{place: 1}))

    assert where in str(raised.value)
    assert place.rpartition("/")[2] in str(raised.value)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("place", "value", "kind"),
    [
        (f"{GROUP}/nimi/minLength", 2, NotRebuiltError),
        (f"{GROUP}/paivat/items/pattern", "^x$", NotRebuiltError),
        (
            f"{GROUP}/laji/properties/system",
            {"type": "string", "pattern": "^x$"},
            NotRebuiltError,
        ),
        (f"{GROUP}/paivat/minItems", 2, NotRebuiltError),
        ("properties/pieni/additionalProperties", True, NotRebuiltError),
        (f"{GROUP}/nimi/type", "null", NotAStructureError),
        (f"{GROUP}/nimi/sosmeta/name", [], NotAStructureError),
        (
            f"{GROUP}/nimi/sosmeta/representation",
            [{"lang": "fi", "value": "Kuva"}],
            UnknownKeywordError,
        ),
        ("sosmeta/status", "Luonnos", NotAStructureError),
        ("sosmeta/oid", "1.2.3", NotAStructureError),
        ("sosmeta/documentDefinitionVersion", "maanantai", NotAStructureError),
        ("required", [], NotAStructureError),
        ("sosmeta", "x", NotAStructureError),
        (GROUP, [], NotAStructureError),
    ],
)
def test_what_would_change_the_meaning_is_refused(tmp_path, place, value, kind):
    with pytest.raises(kind, match=r"one\.json"):
        imported(tmp_path, small(**{place: value}))

    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"{}", b'{"a": 1, "a": 2}', b"\xff\xfe", b"[" * 100_000, b"null"],
)
def test_a_file_that_is_no_definition_is_one_sentence(tmp_path, content):
    (tmp_path / "x.json").write_bytes(content)

    with pytest.raises(NotAStructureError, match=r"x\.json"):
        national.read(tmp_path / "x.json")


def test_a_missing_or_too_large_file_is_one_sentence(tmp_path, monkeypatch):
    path = write(tmp_path, small())
    monkeypatch.setattr("kirjaamo.classifications.structures.national_schema.LARGEST", 10)

    with pytest.raises(NotAStructureError, match="too large"):
        national.read(path)
    with pytest.raises(NotAStructureError, match=r"none\.json"):
        national.read(tmp_path / "none.json")


@given(st.binary(max_size=200))
@settings(max_examples=50, deadline=None, derandomize=True)
def test_any_bytes_are_refused_without_a_traceback(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("any") / "x.json"
    path.write_bytes(content)

    with pytest.raises(KirjaamoError):
        national.read(path)


@given(st.data())
@settings(max_examples=50, deadline=None, derandomize=True)
def test_any_value_in_any_place_is_imported_or_refused_without_a_traceback(
    tmp_path_factory, data
):
    definition = small()
    places = [*_places(definition)]
    node, key = places[data.draw(st.integers(0, len(places) - 1))]
    node[key] = data.draw(st.sampled_from([None, "", 0, [], {}, "x", True, [1], {"a": 1}]))
    path = write(tmp_path_factory.mktemp("any"), definition)

    with suppress(KirjaamoError):
        importing.prove(path, national.read(path))


def _places(node):
    keys = (
        list(node)
        if isinstance(node, dict)
        else range(len(node))
        if isinstance(node, list)
        else ()
    )
    for key in keys:
        yield node, key
        yield from _places(node[key])


def test_two_files_with_one_oid_are_refused_by_name(tmp_path):
    for name in ("a.json", "b.json"):
        write(tmp_path, small(), name)

    with pytest.raises(SameStructureTwiceError, match=r"a\.json.*b\.json"):
        importing.import_folder(tmp_path, tmp_path / "out")


def test_an_empty_folder_is_an_error(tmp_path):
    with pytest.raises(NoStructuresError, match=str(tmp_path)):
        importing.import_folder(tmp_path, tmp_path / "out")


def test_importing_twice_changes_nothing_and_older_versions_stay(tmp_path):
    write(tmp_path / "old", small("2024-03-01"))
    write(tmp_path / "new", small("2024-09-30"))
    out = tmp_path / "out"
    importing.import_folder(tmp_path / "old", out)
    importing.import_folder(tmp_path / "new", out)
    before = {path.name: path.read_bytes() for path in out.iterdir()}

    importing.import_folder(tmp_path / "old", out)

    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    assert b",2024-03-01,2024-09-30," in before["index.csv"]


def test_a_byte_order_mark_does_not_matter(tmp_path):
    path = write(tmp_path, small())
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())

    assert national.read(path).structure.name.fi == "Pieni"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("K = Kyllä, \nE = Ei", {"K": "Kyllä", "E": "Ei"}),
        ("10= A,11 =B\n99=\tC;", {"10": "A", "11": "B", "99": "C"}),
        ("Koodistopalvelin: SFS - Kielikoodisto", {}),
        ("1 = A, 1 = B, 2 = ", {}),
    ],
)
def test_names_of_codes_are_read_from_a_list(text, names):
    assert names_of_codes([text]) == names


@needs_data
def test_every_national_definition_is_rebuilt_exactly():
    library = Structures()
    for path in sorted(SCHEMAS.rglob("*.json")):
        definition = national.read(path)
        bundled = library.facts(definition.structure.oid)
        rebuilt = schemas.schema(bundled, definition.texts)

        assert importing.validation(rebuilt) == importing.validation(definition.original)
