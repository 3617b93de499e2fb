"""Each check of a map finds what it is for."""

import dataclasses

import pytest

from kirjaamo.classifications import Codes
from kirjaamo.classifications.structures import Structures
from kirjaamo.mappings import recordmaps
from kirjaamo.mappings.recordmaps import checking
from kirjaamo.mappings.recordmaps.model import Source

ENTRY = recordmaps.get("19013")
ROOT = "muu_asiakaskertomusmerkinta"
TASK = f"{ROOT}/asiakaskertomusmerkinta/palvelutehtava"
TEXT = f"{ROOT}/asiakaskertomusmerkinta/tapahtuma/kuvaus"


def problems(**edits):
    changed = dataclasses.replace(ENTRY, **edits)
    structure = Structures().get(ENTRY.structure)
    return {(one.place, one.sentence) for one in checking.problems(changed, structure, Codes())}


def with_target(path, source):
    return problems(targets={**ENTRY.targets, path: source})


@pytest.mark.parametrize(
    ("path", "source", "sentence"),
    [
        (f"{ROOT}/nowhere", Source(field="entry.text"), checking.NO_TARGET),
        (f"{ROOT}/laatija", Source(field="entry.text"), checking.NO_GROUP),
        (TEXT, Source(required=True), checking.NO_GROUP),
        (f"{ROOT}/paivamaara", Source(field="entry.text"), checking.WRONG_KIND),
        (TEXT, Source(field="entry.service_task"), checking.WRONG_KIND),
        (TASK, Source(template=("{entry.text}",)), checking.WRONG_KIND),
        (TEXT, Source(constant=True), checking.WRONG_KIND),
        (TEXT, Source(constant=3), checking.WRONG_KIND),
        (TEXT, Source(computed="day_of", of=("entry.event_time",)), checking.WRONG_KIND),
        (TASK, Source(field="entry.text", mapping="1.2.246.537.6.1222"), checking.WRONG_LIST),
        (TASK, Source(field="entry.text", mapping="1.2.3"), checking.NO_LIST),
        (TEXT, Source(setting="contact.nickname"), checking.NO_SETTING),
        (TEXT, Source(setting="nothing"), checking.NO_SETTING),
        (TEXT, Source(computed="magic"), checking.NO_COMPUTATION),
    ],
)
def test_a_wrong_target_is_found(path, source, sentence):
    assert (path, sentence) in with_target(path, source)


@pytest.mark.parametrize("name", ["entry.colour", "planet.text", "client.age", "{"])
def test_a_field_that_does_not_exist_is_found(name):
    assert (name, checking.NO_FIELD) in with_target(TEXT, Source(field=name))


def test_a_template_can_name_only_fields():
    found = with_target(TEXT, Source(template=("{entry.text.__class__}",)))

    assert ("entry.text.__class__", checking.NO_FIELD) in found


def test_a_required_field_without_source_is_found():
    targets = {path: said for path, said in ENTRY.targets.items() if path != TASK}

    assert (TASK, checking.NO_SOURCE) in problems(targets=targets, lacks={})


def test_a_required_field_that_is_said_to_be_lacking_is_no_problem():
    targets = {path: said for path, said in ENTRY.targets.items() if path != TASK}

    assert (
        problems(targets=targets, left_out={**ENTRY.left_out, "entry.service_task": ""})
        == set()
    )


def test_a_forgotten_field_of_the_old_record_is_found():
    left_out = {name: why for name, why in ENTRY.left_out.items() if name != "entry.status"}

    assert problems(left_out=left_out) == {("entry.status", checking.FORGOTTEN)}


def test_lacks_and_left_out_must_exist_too():
    found = problems(lacks={"a/b": ""}, left_out={**ENTRY.left_out, "entry.x": ""})

    assert {("a/b", checking.NO_TARGET), ("entry.x", checking.NO_FIELD)} <= found


def test_a_problem_tells_place_and_sentence():
    assert str(checking.Problem("a/b", checking.NO_TARGET)) == (
        "a/b: the structure has no such field"
    )
