"""The conversion description of a record map, for hand-over: Markdown and accessible HTML.

Both are written from one list of sections, so they always say the same.  The HTML stands
alone: no script, no network, tables with captions and headed columns, readable on paper.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from kirjaamo.classifications.structures import Structure
from kirjaamo.mappings.recordmaps import wording
from kirjaamo.mappings.recordmaps.building import settings_of
from kirjaamo.mappings.recordmaps.model import RecordMap
from kirjaamo.mappings.recordmaps.pages import MARKS, STATES, counts, left_out, lines
from kirjaamo.messages import N_, gettext, language

Row = tuple[str, ...]

TITLE = N_("Conversion description: {name}")
FIELDS = N_("From old to new")
LEFT_OUT = N_("What is not carried over")
CROSSWALKS = N_("Crosswalks that must be approved")
SETTINGS = N_("Settings that must be given")
COUNTED = N_("Summary")
EMPTY = N_("Nothing.")

FACTS = (
    N_("Purpose"),
    N_("Structure"),
    N_("In force from"),
    N_("Old records"),
    N_("Service task"),
    N_("Edition of the map"),
)


@dataclass(frozen=True, slots=True)
class Section:
    """A table of the description: heading, heads of its columns, rows."""

    heading: str
    heads: Row
    rows: Sequence[Row]


def title(structure: Structure) -> str:
    """Return the title of the description."""
    return gettext(TITLE).format(name=structure.name)


def sections(record_map: RecordMap, structure: Structure) -> Iterator[Section]:
    """Yield the sections of the description in the language in use."""
    yield Section(gettext(COUNTED), (), [*_facts(record_map, structure)])
    yield Section(
        gettext(FIELDS),
        tuple(
            map(gettext, (N_("New field"), N_("Path"), N_("Kind"), N_("Occurs"),
                          N_("Where it comes from"), N_("State"), N_("Notes")))
        ),
        [*_fields(record_map, structure)],
    )  # fmt: skip
    heads = (gettext(N_("Field of the old record")), gettext(N_("Reason")))
    yield Section(gettext(LEFT_OUT), heads, [*left_out(record_map)])
    yield Section(
        gettext(CROSSWALKS),
        (gettext(N_("Field of the old record")), gettext(N_("Code list"))),
        [*_crosswalks(record_map)],
    )
    yield Section(
        gettext(SETTINGS), (gettext(N_("Setting")), gettext(N_("Field"))),
        [*_settings(record_map, structure)],
    )  # fmt: skip


def _facts(record_map: RecordMap, structure: Structure) -> Iterator[Row]:
    from kirjaamo import records

    task = record_map.applies.service_task
    values = (
        str(record_map.about),
        f"{structure.name} ({structure.oid})",
        structure.valid_from.isoformat(),
        str(records.get(record_map.of).label),
        task,
        record_map.edition[:16],
    )
    yield from (
        (gettext(name), value) for name, value in zip(FACTS, values, strict=True) if value
    )
    for state, number in counts(record_map, structure).items():
        yield f"{MARKS[state]} {gettext(STATES[state])}", str(number)


def _fields(record_map: RecordMap, structure: Structure) -> Iterator[Row]:
    for line in lines(record_map, structure):
        state = f"{MARKS[line.state]} {gettext(STATES[line.state])}" if line.old else ""
        yield (
            line.name + (" *" if line.required else ""),
            line.path,
            line.kind,
            line.occurs,
            line.old,
            state,
            " ".join(_sentence(note) for note in line.notes),
        )


def _sentence(text: str) -> str:
    whole = text[:1].upper() + text[1:]
    return whole if whole.endswith(".") else f"{whole}."


def _crosswalks(record_map: RecordMap) -> Iterator[Row]:
    found = {
        (wording.field(one.field), one.mapping)
        for _, source in record_map.leaves()
        for one in source.alternatives
        if one.mapping
    }
    yield from sorted(found)


def _settings(record_map: RecordMap, structure: Structure) -> Iterator[Row]:
    names = {path: line.name for line in lines(record_map, structure)
             for path in (f"{structure.root}/{line.path}",)}  # fmt: skip
    for path, source in record_map.leaves():
        for one in source.alternatives:
            for setting in settings_of(one):
                yield f"migration.{wording.setting(setting)}", names[path]


def markdown(record_map: RecordMap, structure: Structure) -> str:
    """Return the description as Markdown."""
    pieces = [f"# {title(structure)}", ""]
    for section in sections(record_map, structure):
        pieces += [f"## {section.heading}", ""]
        if not section.rows:
            pieces += [gettext(EMPTY), ""]
            continue
        heads = section.heads or ("",) * len(section.rows[0])
        pieces += [_bar(heads), _bar(("---",) * len(heads)), *map(_bar, section.rows), ""]
    pieces += [gettext(STAR), ""]
    return "\n".join(pieces)


STAR = N_("* The structure or the map requires the field; without a value the record is held.")


def _bar(cells: Row) -> str:
    """Return a row of a Markdown table.

    >>> _bar(("a", "b"))
    '| a | b |'
    """
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


STYLE: Final = """\
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 90rem; padding: 0 1rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; font-weight: 600; padding: .3rem 0; }
th, td { border: 1px solid; padding: .3rem .5rem; text-align: left; vertical-align: top; }
td { overflow-wrap: anywhere; }
@media print { body { margin: 0; max-width: none; font-size: .75rem; } tr { break-inside: avoid; } }
"""


def html(record_map: RecordMap, structure: Structure) -> str:
    """Return the description as one HTML page."""
    name = escape(title(structure))
    body = "\n".join(map(_table, sections(record_map, structure)))
    return (
        f'<!doctype html>\n<html lang="{language()}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{name}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{name}</h1>\n{body}\n<p>{escape(gettext(STAR))}</p>\n</main>\n</body>\n</html>\n"
    )


def _table(section: Section) -> str:
    heading = f"<h2>{escape(section.heading)}</h2>"
    if not section.rows:
        return f"{heading}\n<p>{escape(gettext(EMPTY))}</p>"
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in section.heads)
    head = f"<thead><tr>{heads}</tr></thead>\n" if heads else ""
    rows = "\n".join(map(_row, section.rows))
    caption = f"<caption>{escape(section.heading)}</caption>\n"
    return (
        f'{heading}\n<div class="wide" tabindex="0" role="region" '
        f'aria-label="{escape(section.heading)}">\n<table>\n{caption}{head}'
        f"<tbody>\n{rows}\n</tbody>\n</table>\n</div>"
    )


def _row(cells: Row) -> str:
    first, *rest = map(escape, cells)
    return (
        f'<tr><th scope="row">{first}</th>'
        + "".join(f"<td>{cell}</td>" for cell in rest)
        + "</tr>"
    )


FORMATS: Mapping[str, Callable[[RecordMap, Structure], str]] = {"md": markdown, "html": html}
"""Every form of the description by name."""
