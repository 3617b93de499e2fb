"""What a filing says of itself, in front of the facts of every form for people."""

from decimal import Decimal

from kirjaamo.finance.writing.grid import Grid
from kirjaamo.messages import gettext


def head(made: Grid) -> list[tuple[str, str]]:
    """Return names and values."""
    days = sorted({one.period for one in made.facts})
    rows = [
        (gettext("Business identity code"), made.filing.entity),
        (gettext("Entry point"), made.filing.entry_point),
        (gettext("Reference day"), ", ".join(days)),
        (gettext("Facts"), str(len(made.facts))),
        (gettext("Tables filed"), ", ".join(sorted(set(made.filing.indicators)))),
    ]
    return [row for row in rows if row[1]]


def shown(number: Decimal | None, *, sign: bool = False) -> str:
    """Return a number as people here read it; with its sign also when it is positive.

    >>> shown(Decimal("1234567.5")).split(), shown(Decimal("2"), sign=True)
    (['1', '234', '567,5'], '+2')
    """
    if number is None:
        return ""
    text = f"{abs(number):,f}".replace(",", "\N{NO-BREAK SPACE}").replace(".", ",")
    if number < 0:
        return f"\N{MINUS SIGN}{text}"
    return f"+{text}" if sign and number else text
