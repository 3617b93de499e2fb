"""The fields of a table as rows of words: for ``records show`` and the docs."""

from kirjaamo.messages import N_, gettext
from kirjaamo.records import Field

FIELD_HEADINGS = (N_("Field"), N_("Name"), N_("Type"), N_("Governed by"), N_("Source"))

KEY, PERSONAL = N_("key"), N_("personal data")


def field_row(field: Field) -> tuple[str, str, str, str, str]:
    """Return a field as words in the order of ``FIELD_HEADINGS``."""
    marks = [gettext(KEY)] * field.key + [gettext(PERSONAL)] * field.personal
    kind = field.type + (f" ({field.unit})" if field.unit else "")
    governed = field.code_system or (f"→ {field.references}" if field.references else "")
    return (field.name, str(field.label), ", ".join([kind, *marks]), governed, field.source)
