"""The fields of a table as rows of words: for ``records show`` and the docs."""

from collections.abc import Iterable

from kirjaamo.messages import N_, gettext
from kirjaamo.records import Field, Table

FIELD_HEADINGS = (N_("Field"), N_("Name"), N_("Type"), N_("Governed by"), N_("Source"))

KEY, PERSONAL = N_("key"), N_("personal data")


def field_row(field: Field) -> tuple[str, str, str, str, str]:
    """Return a field as words in the order of ``FIELD_HEADINGS``."""
    marks = [gettext(KEY)] * field.key + [gettext(PERSONAL)] * field.personal
    kind = field.type + (f" ({field.unit})" if field.unit else "")
    governed = field.code_system or (f"→ {field.references}" if field.references else "")
    return (
        field.name,
        str(field.label),
        ", ".join([kind, *marks]),
        governed,
        gettext(field.source),
    )


def markdown(table: Table) -> str:
    """Return the page of *table* as Markdown."""
    lines = [f"## {table.name}: {table.label}", "", table.about, ""]
    lines += [_line(map(gettext, FIELD_HEADINGS)), _line("---" for _ in FIELD_HEADINGS)]
    for field in table.fields.values():
        name, *rest = field_row(field)
        lines.append(_line([f"`{name}`", *rest]))
    return "\n".join(lines) + "\n"


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"
