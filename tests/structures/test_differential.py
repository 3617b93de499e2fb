from random import Random

from benchmarks.structures.differential import DAMAGE, Maker, compare, damaged
from kirjaamo.classifications.structures import national, schemas
from tests.reference import SCHEMAS, needs_data
from tests.structures.national import small, write

ECMA = {"2024-01-01\n": False, "٢٠٢٤": False, "2024": True, "2024-02-31": True}
"""Dates on which the pattern of the definitions and Python's own regexes may differ."""


@needs_data
def test_compiled_structures_judge_documents_as_the_national_schemas_do():
    found = compare(sorted(SCHEMAS.rglob("*.json"))[::4], documents=264)

    assert found.agreed == found.documents == 264
    assert 50 < found.accepted < 250
    assert found.disagreed_in == ()


def test_made_documents_are_valid_and_damage_is_one_change(tmp_path):
    definition = national.read(write(tmp_path, small()))
    maker = Maker(definition.structure, definition.texts, Random(1))
    validator = schemas.validator_of(definition.structure)
    documents = [maker.document(share) for share in (0.0, 0.5, 1.0) * 5]

    assert all(validator.is_valid(document) for document in documents)
    assert not all(validator.is_valid(damaged(one, maker.random)) for one in documents)
    assert len(DAMAGE) > 10


def test_patterns_mean_what_ecma_says(tmp_path):
    definition = national.read(write(tmp_path, small()))
    maker = Maker(definition.structure, definition.texts, Random(1))
    validator = schemas.validator_of(definition.structure)

    for text, verdict in ECMA.items():
        document = maker.document(0)
        document["pieni"]["paivat"] = [text]
        assert validator.is_valid(document) is verdict
