"""What a record map says, in words: the sources of its targets and its conditions."""

from collections.abc import Iterator

from kirjaamo import records
from kirjaamo.mappings.recordmaps.computing import COMPUTATIONS
from kirjaamo.mappings.recordmaps.model import Source, When
from kirjaamo.messages import N_, gettext

TABLES = {
    "decision_maker": N_("decision maker"),
    "responsible_worker": N_("responsible worker"),
    "author": N_("author"),
    "organisation": N_("the workspace's organisation"),
    "ids": N_("new identifiers"),
    "source": N_("source"),
}
"""Tables of a case that are not tables of the record model."""

FIELDS = {
    "ids.document": N_("new OID of the document"),
    "ids.relationship": N_("new OID of the relationship"),
    "ids.matter": N_("new OID of the matter"),
    "client.joined": N_("the client's own day of joining"),
}
"""Fields of a case that are not fields of the record model."""

WORKERS = frozenset({"decision_maker", "responsible_worker", "author"})

FIXED = N_("always: {value}")
SETTING = N_("setting migration.{name}")
MAPPED = N_("{field}, by the approved crosswalk to {target}")
THEN = N_("{first}; otherwise {second}")
LINES = N_("lines of text: {lines}")
NOTHING = N_("no source")
YES, NO = N_("yes"), N_("no")
OR = N_(" or ")


def said(source: Source) -> str:
    """Return where a value comes from, for a person."""
    if not source.kind:
        return gettext(NOTHING)
    texts = list(map(_one, source.alternatives))
    found = texts[0]
    for other in texts[1:]:
        found = gettext(THEN).format(first=found, second=other)
    return found


def _one(source: Source) -> str:
    match source.kind:
        case "field" if source.mapping:
            return gettext(MAPPED).format(field=field(source.field), target=source.mapping)
        case "field":
            return field(source.field)
        case "setting":
            return gettext(SETTING).format(name=setting(source.setting))
        case "template":
            return gettext(LINES).format(lines=" ⏎ ".join(map(line, source.template)))
        case "computed":
            given = ", ".join(map(field, source.of))
            return f"{COMPUTATIONS[source.computed]} ({given})"
        case _:
            return gettext(FIXED).format(value=_plain(source.constant))


def setting(name: str) -> str:
    """Return the name of a setting as it is written in ``kirjaamo.toml``.

    >>> setting("contact.phone")
    'contact.<…>.phone'
    """
    group, point, key = name.partition(".")
    return f"{group}.<…>.{key}" if point else group


def line(template: str) -> str:
    """Return a line of a template with the names of its fields."""
    first, *rest = template.split("{")
    pieces = (piece.partition("}") for piece in rest)
    return first + "".join(f"[{field(name)}]{after}" for name, _, after in pieces)


def field(name: str) -> str:
    """Return the name of a field of the old record with its table."""
    table, _, key = name.partition(".")
    if name in FIELDS:
        return gettext(FIELDS[name])
    home = records.tables().get("worker" if table in WORKERS else table)
    if home is None or (key and key not in home.fields):
        return gettext(TABLES.get(table, table)) + (f": {key}" if key else "")
    label = gettext(TABLES[table]) if table in WORKERS else str(home.label)
    return f"{label}: {home.fields[key].label}" if key else label


def conditions(when: When | None) -> Iterator[str]:
    """Yield the parts of a condition, each a sentence; all must be true."""
    if when is None:
        return
    for name in when.filled:
        yield gettext(N_("when there is a value: {field}")).format(field=field(name))
    for name in when.empty:
        yield gettext(N_("when there is no value: {field}")).format(field=field(name))
    for name, values in when.equal.items():
        said = gettext(OR).join(values)
        yield gettext(N_("when {field} is {values}")).format(field=field(name), values=said)
    if when.minor:
        born, day = map(field, when.minor)
        yield gettext(N_("when under 18 years of age ({born}; {day})")).format(
            born=born, day=day
        )


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return gettext(YES if value else NO)
    return str(value)
