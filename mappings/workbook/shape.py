"""What a mapping workbook looks like: its columns, words and hidden sheet."""

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

from kirjaamo.mappings.crosswalk import CONFIDENCES, STATUSES
from kirjaamo.messages import LANGUAGES, N_, gettext

HIDDEN: Final = "_kirjaamo"
"""The hidden sheet that says what the workbook was made from."""

FORM: Final = ("kirjaamo mapping workbook", "1")
"""The first row of the hidden sheet."""

TARGETS: Final = "_targets"
"""The hidden sheet with the values of the drop-downs."""


class Column(NamedTuple):
    """A column of a sheet: its heading, width, whether a person fills it in, what it holds."""

    heading: str
    width: int
    open: bool = False
    holds: Literal["text", "count", "day"] = "text"


COLUMNS: Final[Mapping[str, Column]] = {
    "old": Column(N_("Old value"), 14),
    "old_name": Column(N_("Name in the old system"), 28),
    "rows": Column(N_("Records"), 9, holds="count"),
    "decisions": Column(N_("Decisions"), 10, holds="count"),
    "years": Column(N_("Years"), 11),
    "units": Column(N_("Units"), 22),
    "beside": Column(N_("Stands beside"), 34),
    "first": Column(N_("Suggestion 1"), 40),
    "second": Column(N_("Suggestion 2"), 34),
    "third": Column(N_("Suggestion 3"), 34),
    "unit": Column(N_("Only in unit"), 12, open=True),
    "new": Column(N_("New value"), 34, open=True),
    "status": Column(N_("Status"), 12, open=True),
    "confidence": Column(N_("Confidence"), 12, open=True),
    "owner": Column(N_("Owner"), 18, open=True),
    "reason": Column(N_("Reason"), 40, open=True),
    "evidence": Column(N_("Evidence"), 30, open=True),
    "valid_from": Column(N_("From day"), 12, open=True, holds="day"),
    "valid_to": Column(N_("To day"), 12, open=True, holds="day"),
}
"""Columns in order; those that are not open only inform."""

OPEN: Final = tuple(name for name, column in COLUMNS.items() if column.open)

WORDS: Final = (
    N_("proposed"), N_("approved"), N_("rejected"),
    N_("confirmed"), N_("secondary"), N_("uncertain"),
)  # fmt: skip
"""The words of the drop-downs."""

INSTRUCTIONS: Final = (
    N_("How to fill in this workbook"),
    N_(
        "Each sheet is one list of old values. The grey columns tell how often, when and where a "
        "value occurs; fill in the white ones."
    ),
    N_(
        "Choose the new value from the list. A value that begins with a question mark is a class "
        "whose official code is not known: the code is filled in when the official list is imported."
    ),
    N_(
        "If a value has no counterpart, choose the value that begins with a hyphen and write the "
        "reason. It is then counted, never lost."
    ),
    N_(
        "Suggestions are only suggestions. Nothing is moved before the status is approved and an "
        "owner is named."
    ),
    N_(
        "If a value means different things in different units or times, copy its row and fill in "
        "the unit or the days. For one unit and day there may be only one approved row."
    ),
    N_(
        "Do not change or remove old values, do not merge cells, and do not write formulas: such "
        "a workbook is refused as a whole, and the cell is named."
    ),
    N_("Read the workbook back with: kirjaamo map import FILE.xlsx"),
)
"""The instructions, a paragraph each."""

TITLE: Final = N_("Instructions")


def meaning(word: str, known: tuple[str, ...]) -> str | None:
    """Return the word of *known* that a person wrote in any language, or None.

    >>> meaning("Approved", STATUSES), meaning("maybe", STATUSES)
    ('approved', None)
    """
    written = word.strip().casefold()
    for own in known:
        if written in {own, *(gettext(own, chosen).casefold() for chosen in LANGUAGES)}:
            return own
    return None


NO_STATUS: Final = N_("the status is none of proposed, approved and rejected")
NO_CONFIDENCE: Final = N_("the confidence is none of confirmed, secondary and uncertain")
NO_SUCH_CLASS: Final = N_(
    "there is no class of this name without a code in the code list in use"
)


def status(word: str) -> str | None:
    """Return the status that a person wrote, or None."""
    return meaning(word, STATUSES)


def confidence(word: str) -> str | None:
    """Return the confidence that a person wrote, or None."""
    return meaning(word, CONFIDENCES)


def columns_of(headings: Mapping[int, str], columns: Mapping[str, Column]) -> dict[str, int]:
    """Return where *columns* stand, by their headings in any language."""
    by_word = {
        gettext(column.heading, chosen).casefold(): name
        for name, column in columns.items()
        for chosen in LANGUAGES
    }
    return {
        by_word[text.strip().casefold()]: number
        for number, text in sorted(headings.items(), reverse=True)
        if text.strip().casefold() in by_word
    }
