"""What holds for every record: the same document twice, nothing made up, nothing wrong unsaid."""

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kirjaamo.mappings import recordmaps
from tests.recordmaps import material

MAPS = recordmaps.shipped()
CODED = {"code", "display", "system", "value"}


@st.composite
def thinned(draw):
    """Return the name of a map and a complete case with some fields and tables taken away."""
    name = draw(st.sampled_from(sorted(MAPS)))
    case = material.suitable(name)
    places = [
        (table, key) for table, row in case.items() if isinstance(row, dict) for key in row
    ]
    for table, key in draw(st.lists(st.sampled_from(places), max_size=12)):
        case[table] = {**case[table], key: draw(st.sampled_from([None, ""]))}
    gone = draw(st.lists(st.sampled_from(sorted(case)), max_size=1))
    return name, {table: row for table, row in case.items() if table not in gone}


def leaves(value, path=""):
    """Yield the JSON pointer of every leaf of a document; a code or identifier is one leaf."""
    match value:
        case dict() if not set(value) <= CODED:
            for key, inner in value.items():
                yield from leaves(inner, f"{path}/{key}")
        case list():
            for number, inner in enumerate(value):
                yield from leaves(inner, f"{path}/{number}")
        case _:
            yield path


def at(document, pointer):
    """Return what stands at a JSON pointer, None when nothing does."""
    value = document
    for key in pointer.strip("/").split("/"):
        if isinstance(value, list):
            value = value[int(key)] if int(key) < len(value) else None
        else:
            value = value.get(key) if isinstance(value, dict) else None
    return value


def emptied(case, origin):
    """Return the case without everything that a value comes from."""
    poorer = copy.deepcopy(case)
    for name in origin.fields:
        table, _, key = name.partition(".")
        for row in [
            poorer.get(table),
            *(poorer.get("clients", []) if table == "client" else []),
        ]:
            if row:
                row[key] = None
    for name in origin.settings:
        poorer["organisation"][name.partition(".")[0]] = None
    if "computed" in origin.kinds:
        poorer["unit"] = None
        poorer["organisation"] = {}
    return poorer


@given(thinned())
def test_the_same_record_gives_the_same_document_twice(codes, drawn):
    name, case = drawn
    builder = material.builder(name, codes)

    assert material.encoded(builder.build(case)) == material.encoded(builder.build(case))


@given(thinned())
def test_two_compilations_of_a_map_build_the_same(codes, drawn):
    name, case = drawn

    one, other = (material.builder(name, codes).build(case) for _ in range(2))

    assert (material.encoded(one), one.missing) == (material.encoded(other), other.missing)


@given(thinned())
def test_a_document_from_which_nothing_is_missing_follows_its_structure(codes, drawn):
    name, case = drawn

    built = material.builder(name, codes).build(case)

    valid = material.library().structures.validator(built.structure).is_valid(built.document)
    assert valid or built.missing


@given(thinned())
def test_what_is_missing_is_a_path_of_the_structure(codes, drawn):
    name, case = drawn
    builder = material.builder(name, codes)

    for path in builder.build(case).missing:
        assert builder.structure.field(path) is not None


@pytest.mark.parametrize("name", MAPS)
def test_every_value_can_be_traced_and_goes_when_its_sources_go(name, codes):
    case = material.suitable(name)
    builder = material.builder(name, codes)
    document = builder.build(case).document

    for pointer in leaves(document):
        origin = builder.provenance(pointer)
        assert origin is not None, pointer
        if origin.kinds == ("constant",):
            assert at(document, pointer) == origin.constant
            continue
        poorer = builder.build(emptied(case, origin)).document
        assert at(poorer, pointer) in {None, False} or at(poorer, pointer) != at(
            document, pointer
        ), pointer


@settings(max_examples=25)
@given(st.text(st.characters(codec="utf-8"), min_size=1).filter(lambda said: said.strip()))
def test_text_comes_through_unchanged(codes, said):
    case = material.complete("entry")
    case["entry"]["text"] = said

    document = material.builder("19013", codes).build(case).document

    event = document["muu_asiakaskertomusmerkinta"]["asiakaskertomusmerkinta"]["tapahtuma"]
    assert event["kuvaus"] == said


def test_a_pointer_to_nothing_has_no_origin(codes):
    assert material.builder("19013", codes).provenance("/elsewhere/0") is None
