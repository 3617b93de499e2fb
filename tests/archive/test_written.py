"""Parts looked at as their templates wrote them: the same faults as in their bytes."""

import base64
import dataclasses

import pytest

from kirjaamo.archive.building import Built, Maker
from kirjaamo.archive.building.making import Draft
from kirjaamo.archive.checking import check, filled, reading
from kirjaamo.archive.fields.filling import PACKED, Packed, Written
from kirjaamo.archive.fields.skeleton import DECLARATION
from tests.archive import material

CASES = {
    "decision": material.plain_case,
    "plan": lambda: material.case(material.PLAN, "all"),
    "relation": lambda: material.case(material.RELATION),
}
ODD = (
    "", " ", "1", "x", "Malli", "A &amp; B", "A  B", " A", "a\u00a0b", "\u20acuro", "\x0b", "]]&gt;",
    "1.2.246.10.1", "1.2.246.10.01", "1.2.246.10." + "9" * 60, "1.2.246.537.6", "20250230",
    "20260305092000+0200", "20260305092000", "010190-900X", "12345678901", "OID1.2.246.10.1",
    "\ue0001\ue001", 'a" b="c', "<b/>", "<!-- ", "\r", "%s", "{view}",
)  # fmt: skip
"""Values that are right in some slots and wrong in others, mark-up among them."""


def draft(name):
    found = Maker(material.ground()).build(CASES[name]())
    assert isinstance(found, Draft), found
    return found


def told(part):
    return dict(zip(part.template.names, part.told, strict=True))


def faults(document, frame, means):
    """Return what is found in parts as written, which must be what is found in their bytes."""
    found = check(document, frame, means)
    assert found == check(
        document.content, frame.content, dataclasses.replace(means, moulds={})
    )
    return found


@pytest.fixture(scope="module", params=CASES)
def sound(request):
    """A draft, and means that have seen it as it was written."""
    one, means = draft(request.param), material.means()
    assert not faults(one.cda, one.frame, means)
    return one, means


def test_what_was_seen_as_written_is_accepted_by_its_slots(sound):
    one, means = sound
    again = [reading.Part(part, means.moulds) for part in (one.cda, one.frame)]
    assert all(part.mould is not None and part.slots for part in again)
    assert not faults(one.cda, one.frame, means)


@pytest.mark.parametrize("odd", ODD)
def test_any_value_of_a_slot_is_judged_as_in_the_bytes(sound, odd):
    one, means = sound
    for place, part in enumerate((one.cda, one.frame)):
        for name in set(part.template.names):
            parts = [one.cda, one.frame]
            parts[place] = Written(part.template, told(part) | {name: odd})
            faults(*parts, means)


def test_other_packed_texts_are_judged_as_in_the_bytes(sound):
    one, means = sound
    for name in sorted(PACKED):
        for content in (b"", b"{}", b"[", b'{"a":1,"a":2}', b"<p/>", b"\xff"):
            for value in (Packed(content), base64.b64encode(content).decode(), "\u00e4="):
                changed = Written(one.cda.template, told(one.cda) | {name: value})
                faults(changed, one.frame, means)


def test_the_slots_of_a_part_are_those_of_its_bytes(sound):
    one, _ = sound
    for part in (one.cda, one.frame):
        mine, cut = filled.cut(part), reading.cut(part.content)
        assert mine is not None
        assert cut is not None
        layout = reading.Part(part, {}).moulded().layout
        whole = reading.Part(part.content, {}).layout
        slots = reading.Part(part, {mine[0]: reading.Mould(layout)})
        read = [
            (entry.path, {key: slots.told(value) for key, value in entry.attributes.items()}, slots.told(entry.text))
            for entry in layout.entries
        ]  # fmt: skip
        assert read == [(one.path, dict(one.attributes), one.text) for one in whole.entries]


def test_a_part_too_large_is_not_taken_as_it_was_written(monkeypatch):
    one = draft("decision")
    monkeypatch.setattr(filled, "LARGEST", len(one.cda.content) - 1)
    assert filled.cut(one.cda) is None


def test_what_is_checked_is_what_is_built():
    maker = Maker(material.ground(), material.means())
    one = maker.build(material.plain_case())
    found = maker.checked(one)
    assert isinstance(found, Built)
    assert (found.cda, found.frame) == (one.cda.content, one.frame.content)
    assert found.cda.startswith(DECLARATION.encode())
