"""Damage to single fields: each function yields every edit of its kind that a document allows."""

import datetime as dt
from collections.abc import Iterator
from functools import partial

from kirjaamo.classifications.structures.condition_ages import date_of
from kirjaamo.classifications.structures.model import Kind
from kirjaamo.samples.documents.codes import ORGANISATIONS
from kirjaamo.samples.documents.scenes import Edit, Scene, Site
from kirjaamo.samples.identity import CHECK_CHARACTERS

STARTS_AND_ENDS = (("alka", "paatty"), ("alkamis", "paattymis"))
"""Parts of keys that tell the start of a period from its end."""


OIDS = frozenset({"oid_tunnus", "asiakkuuden_yksilointitunnus"})
"""Keys of identifiers that the national definitions call OIDs."""


def required_field_missing(scene: Scene) -> Iterator[Edit]:
    """Take away a field that the structure requires."""
    own = {site.pointer for site in scene.own_day()}
    for site in scene.sites:
        if site.field.minimum and isinstance(site.key, str) and site.pointer not in own:
            yield site.remove()


def unknown_field(scene: Scene) -> Iterator[Edit]:
    """Add a field that the structure does not know."""
    for site in scene.of(Kind.GROUP, Kind.HEADING):
        group = site.value
        yield f"{site.pointer}/*", partial(group.__setitem__, "tuntematon_kentta", "x")


def wrong_type(scene: Scene) -> Iterator[Edit]:
    """Put a value of another type."""
    for site in scene.of(Kind.TEXT, Kind.NAME):
        if not site.field.codes:
            yield site.put(7)
    for site in scene.of(Kind.BOOLEAN):
        yield site.put("kyllä")
    for site in scene.of(Kind.NUMBER, Kind.COUNT):
        yield site.put("kolme")


def date_in_another_form(scene: Scene) -> Iterator[Edit]:
    """Write a date as people write it."""
    return (site.put("1.5.2024") for site in scene.of(Kind.DATE))


def impossible_day(scene: Scene) -> Iterator[Edit]:
    """Put 31 February."""
    return (site.put(f"{site.value[:4]}-02-31") for site in scene.of(Kind.DATE))


def impossible_day_of_a_time(scene: Scene) -> Iterator[Edit]:
    """Put a time on 31 February."""
    for site in scene.of(Kind.DATETIME):
        yield site.put(f"{site.value[:4]}-02-31{site.value[10:]}")


def hour_broken(scene: Scene) -> Iterator[Edit]:
    """Put an hour that no day has."""
    return (
        site.put(f"{site.value[:11]}25{site.value[13:]}") for site in scene.of(Kind.DATETIME)
    )


def offset_missing(scene: Scene) -> Iterator[Edit]:
    """Take the offset of a time away."""
    return (site.put(site.value[:-6]) for site in scene.of(Kind.DATETIME))


def _identity_codes(scene: Scene) -> Iterator[Site]:
    return (s for s in scene.of(Kind.IDENTIFIER) if s.field.key == "henkilotunnus")


def identity_check_character(scene: Scene) -> Iterator[Edit]:
    """Put another check character."""
    for site in _identity_codes(scene):
        code = site.value["value"]
        other = CHECK_CHARACTERS[(CHECK_CHARACTERS.index(code[-1]) + 1) % 31]
        yield site.member(value=code[:-1] + other)


def identity_malformed(scene: Scene) -> Iterator[Edit]:
    """Take a character from the middle of an identity code."""
    for site in _identity_codes(scene):
        code = site.value["value"]
        yield site.member(value=code[:7] + code[8:])


def identity_of_no_day(scene: Scene) -> Iterator[Edit]:
    """Make it the code of somebody born on 31 February, with a right check character."""
    for site in _identity_codes(scene):
        code = site.value["value"]
        digits = f"3102{code[4:6]}{code[7:10]}"
        check = CHECK_CHARACTERS[int(digits) % 31]
        yield site.member(value=f"3102{code[4:10]}{check}")


def birth_date_differs(scene: Scene) -> Iterator[Edit]:
    """Move a date of birth one day away from the identity code."""
    for site in scene.of(Kind.DATE):
        if site.field.key == "syntymaaika" and site.beside("henkilotunnus"):
            yield site.put(_moved(site.value, -1))


def _oids(scene: Scene) -> Iterator[tuple[Site, str, str]]:
    for site in scene.of(Kind.IDENTIFIER):
        if site.field.key in OIDS:
            yield site, "value", site.value["value"]
    for site in scene.of(Kind.CODE):
        if site.field.system == ORGANISATIONS:
            yield site, "code", site.value["code"]


def oid_malformed(scene: Scene) -> Iterator[Edit]:
    """Double a dot of an identifier."""
    return (
        s.member(**{name: v.replace("1.2.246.10.", "1.2.246..10.")})
        for s, name, v in _oids(scene)
    )


def oid_of_no_business(scene: Scene) -> Iterator[Edit]:
    """Change the check digit of the business id inside an identifier."""
    for site, name, value in _oids(scene):
        nodes = value.split(".")
        nodes[4] = nodes[4][:-1] + str((int(nodes[4][-1]) + 1) % 10)
        yield site.member(**{name: ".".join(nodes)})


def temporary_malformed(scene: Scene) -> Iterator[Edit]:
    """Take the node of temporary identifiers away from one."""
    for site in scene.of(Kind.IDENTIFIER):
        if site.field.key == "tilapainen_yksilointitunnus":
            yield site.member(value=site.value["value"].replace(".22.", "."))


def start_after_end(scene: Scene) -> Iterator[Edit]:
    """Move the end of a period before its start."""
    for site in scene.of(Kind.DATE, Kind.DATETIME):
        for first, last in STARTS_AND_ENDS:
            start = site.beside(site.field.key.replace(last, first))
            if start and start.key != site.key:
                yield site.put(_moved(start.value, -10))
                break


def _moved(text: str, days: int) -> str:
    found = date_of(text)
    assert found is not None, "undamaged"  # noqa: S101 - by construction
    return (found + dt.timedelta(days)).isoformat() + text[10:]


def too_few_items(scene: Scene) -> Iterator[Edit]:
    """Empty an array that must not be empty."""
    return (site.put([]) for site in scene.sites if site.is_array and site.field.minimum)


def required_text_empty(scene: Scene) -> Iterator[Edit]:
    """Empty a required text."""
    for site in scene.of(Kind.TEXT, Kind.NAME, Kind.SIGNATURE):
        if site.field.minimum and site.field.maximum == 1 and not site.field.codes:
            yield site.put("")


def fixed_text_changed(scene: Scene) -> Iterator[Edit]:
    """Add a mark to a fixed text."""
    return (site.put(f"{site.value}!") for site in scene.of(Kind.PHRASE))


def second_root(scene: Scene) -> Iterator[Edit]:
    """Add a second root key."""
    yield "", lambda: scene.tree.update({"toinen_juuri": {}})


def wrong_root(scene: Scene) -> Iterator[Edit]:
    """Rename the root key of a document whose structure is told beside it."""
    yield f"/{scene.plan.root.key}", partial(_rename, scene)


def unknown_root(scene: Scene) -> Iterator[Edit]:
    """Rename the root key of a document that alone tells its structure."""
    yield "", partial(_rename, scene)


def _rename(scene: Scene) -> None:
    scene.tree["tuntematon_juuri"] = scene.tree.pop(scene.plan.root.key)


def day_in_the_future(scene: Scene) -> Iterator[Edit]:
    """Move the document's own day to the end of the century."""
    return (site.put(f"2099{site.value[4:]}") for site in scene.own_day())


def day_before_the_structure(scene: Scene) -> Iterator[Edit]:
    """Move the document's own day before the first day of its structure version."""
    day = scene.structure.valid_from - dt.timedelta(60)
    return (site.put(day.isoformat() + site.value[10:]) for site in scene.own_day())
