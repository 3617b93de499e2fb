"""The mould and the slots of a part that was written from a template.

What ``reading.cut`` looks for in bytes, a template knows: where identifiers, times, days, codes
of persons, names and packed texts stand.  A value there makes a slot when it has the same form as
one that is cut; all other values belong to the mould.  When one has another form, the part is
looked at as bytes.
"""

import re
from collections.abc import Hashable
from functools import cache
from operator import itemgetter
from typing import Any, Final, NamedTuple

from kirjaamo.archive.fields import fields
from kirjaamo.archive.fields.filling import PACKED, Packed, Template, Written
from kirjaamo.archive.signing.form import LARGEST

_OID: Final = r"1\.2\.246\.10(?:\.(?:0|[1-9][0-9]*))+"
_PERSON: Final = r"[0-9]{6}[-+A-FU-Y][0-9]{3}[0-9A-Y]|[1-9][0-9]{10}"
_WORD: Final = r"[!-%'-;=?-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]+"
"""Characters that XML can hold, without space and mark-up."""

_NAME: Final = f"{_WORD}(?: {_WORD})*"
_SHORT: Final = r"(?=[^\n]{1,64}\n)"
_TIMES: Final = {"instant": r"[12][0-9]{13}[+-][0-9]{4}", "day": "[12][0-9]{7}"}
_PREFIX: Final = "OID"
_NAMED: Final = ("<given>", '<given qualifier="CL">', "<family>", "<name>")
_FIXED: Final = frozenset({"settings", "constant", "structure"})


class Cut(NamedTuple):
    """How the parts of a template are cut.

    Attributes:
        slots: Places of slots among the places of the template.
        packed: Those of packed texts.
        prefixed: Those of identifiers that a prefix stands before.
        seen: Takes the values whose form is looked at.
        form: Their forms, each on its line.
        fixed: Takes the values that belong to the mould.
    """

    slots: frozenset[int]
    packed: tuple[int, ...]
    prefixed: tuple[int, ...]
    seen: "itemgetter[Any]"
    form: "re.Pattern[str]"
    fixed: "itemgetter[Any]"


def cut(written: Written) -> tuple[Hashable, list[str]] | None:
    """Return the mould of a part and its slots, or None when a value has another form."""
    how, told = _how(written.template), written.told
    if len(written.content) > LARGEST:
        return None
    if how.form.fullmatch("\n".join(how.seen(told)) + "\n") is None:
        return None
    for place in how.packed:
        if type(told[place]) is not Packed or not told[place]:
            return None
    slots = list(told)
    for place in how.prefixed:
        slots[place] = _PREFIX + told[place]
    return (written.template, how.fixed(told)), slots


def marked(written: Written) -> bytes:
    """Return a part with a mark in place of every slot."""
    slots = _how(written.template).slots
    return written.template.filled(
        tuple(
            f"\ue000{place}\ue001" if place in slots else value
            for place, value in enumerate(written.told)
        )
    )


@cache
def _how(template: Template) -> Cut:
    forms = {
        place: form
        for place, (name, around) in enumerate(
            zip(template.names, template.around, strict=True)
        )
        if (form := _form(name, *around)) is not None
    }
    packed = tuple(place for place in forms if template.names[place] in PACKED)
    places = {(template.names[place], form): place for place, form in forms.items() if form}
    every = range(len(template.names))
    return Cut(
        frozenset(forms),
        packed,
        tuple(place for place in forms if template.around[place][0].endswith(f'"{_PREFIX}')),
        _taking([*places.values()]),
        re.compile("".join(f"{_SHORT}(?:{form})\n" for _, form in places)),
        _taking([place for place in every if place not in forms]),
    )


def _taking(places: list[int]) -> "itemgetter[Any]":
    """Return what takes values at places, as a tuple however few they are."""
    if len(places) > 1:
        return itemgetter(*places)
    first = places[0] if places else 0
    return itemgetter(slice(first, first + len(places)))


def _form(name: str, before: str, after: str) -> str | None:
    """Return the form of a slot, "" of a packed one, or None where a value is of the mould."""
    one = fields()[name.partition(".")[0]]
    if name in PACKED:
        return ""
    if all(source.derivation in _FIXED for source in one.origins):
        return None
    if before.endswith(_NAMED):
        return _NAME if after.startswith("<") else None
    if before.endswith((' root="', f' ID="{_PREFIX}')):
        return _OID
    if before.endswith(' extension="'):
        return f"{_OID}|{_PERSON}"
    return _TIMES.get(one.form) if before.endswith(' value="') else None
