"""Kinds of fields that the rules of this family look at."""

from kirjaamo.rules import each

WORDS = each(lambda field: field.type in {"name", "text"})
"""Names and free text."""

TEXTS = each(lambda field: field.type == "text")
"""Free text."""

IDENTIFIERS = each(lambda field: field.type in {"id", "code", "oid"})
"""Identifiers and codes that must match to the character."""

NUMBERS = each(lambda field: field.type in {"boolean", "decimal", "integer"})
"""Numbers and yes-or-no values."""

DATES = each(lambda field: field.type in {"date", "datetime"})
"""Days, with or without a time."""

ERROR_VALUE = (
    r"^#("
    r"N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!"  # English
    r"|PUUTTUU!?|VIITTAUS!|ARVO!|JAKO/0!|NIMI\?|LUKU!|TYHJÄ!"  # Finnish
    r"|SAKNAS!?|REFERENS!|VÄRDEFEL!|DIVISION/0!|NAMN\?|OGILTIGT!|SKÄRNING!"  # Swedish
    r"|#{3,}"  # a column too narrow for its date or number
    r")$"
)
"""What a spreadsheet shows instead of a value it cannot compute or fit in."""
