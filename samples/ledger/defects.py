"""What is damaged on purpose: one entry per rule, each at places that no other one touches.

An entry does its damage to the lines of a ledger, before or after sub-totals are made, and says
at which line its rule must speak.  Rules about sums of a year name the largest posting.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from kirjaamo.samples.ledger import chart
from kirjaamo.samples.ledger.vouchers import Line, opening

Key = tuple[str, str]
"""National account and service class."""

LARGE = 90_000_00
"""Cents by which the previous filing is too large in one place."""

WITHOUT_PLACE = frozenset({"FN008", "FN009", "FN010", "FN011", "FN012", "FN013"})
"""Rules about codes for which no table has a place either."""


@dataclass(slots=True)
class Ledgers:
    """The lines of both systems, and what stands beside them.

    Attributes:
        lines: System to its lines.
        previous: Key to the cents of the previous filing.
        activity: Service class to quantity.
        subtotals: Beginning of accounts to cents that its sub-total is off.
        truth: Rule, system, line (or the class of an activity, or a beginning) and field.
    """

    lines: dict[str, list[Line]]
    previous: dict[Key, int]
    activity: dict[str, int]
    subtotals: dict[str, int] = field(default_factory=dict)
    truth: list[tuple[str, str, Line | str, str]] = field(default_factory=list)


Damage = Callable[[Ledgers, Iterator[Line], Iterator[Line]], None]


def damage(ledgers: Ledgers, rng: Random) -> None:
    """Damage *ledgers* in every way that a rule can find."""
    free = {system: _free(lines, rng) for system, lines in ledgers.lines.items()}
    for one in (_cells, _codes, _sums, _beside):
        one(ledgers, free["T"], free["U"])


def _free(lines: Sequence[Line], rng: Random) -> Iterator[Line]:
    """Yield lines of costs, one of a voucher, of accounts and classes that nothing else needs."""
    kept = {c.number for c in chart.centres() if c.service_class in {chart.GRANTED, "2900"}}
    wanted = [
        line
        for line in lines
        if line.account.startswith("43") and line.cents > 0 and line.centre not in kept
    ]
    once = {line.voucher: line for line in wanted}
    chosen = list(once.values())
    rng.shuffle(chosen)
    return iter(chosen)


def _told(ledgers: Ledgers, rule: str, system: str, line: Line | str, name: str) -> None:
    ledgers.truth.append((rule, system, line, name))


def _cells(ledgers: Ledgers, csv: Iterator[Line], book: Iterator[Line]) -> None:
    """Damage single cells: amounts, periods, currencies."""
    (line := next(csv)).text = "1,5E+05"
    _told(ledgers, "FN001", "T", line, "amount")
    (line := next(csv)).period = line.period[:5] + "13"
    _told(ledgers, "FN002", "T", line, "period")
    for system, lines in (("T", csv), ("U", book)):
        (line := next(lines)).period = str(int(line.period[:4]) - 1) + "-12"
        _told(ledgers, "FN003", system, line, "period")
    (line := next(csv)).currency = "SEK"
    _told(ledgers, "FN019", "T", line, "currency")
    line = next(csv)
    line.text = _thousandths(line.cents)
    _told(ledgers, "FN022", "T", line, "amount")


def _thousandths(cents: int) -> str:
    """Return an amount with three decimals that is rounded up to *cents*."""
    whole, part = divmod(cents * 10 - 5, 1000)
    return f"{whole},{part:03}"


def _codes(ledgers: Ledgers, csv: Iterator[Line], book: Iterator[Line]) -> None:
    """Damage accounts, cost centres and sectors."""
    (line := next(csv)).account = f"{chart.UNKNOWN_ACCOUNT}00"
    _told(ledgers, "FN008", "T", line, "account")
    line = next(csv)
    line.account, line.period = f"{chart.ENDED_ACCOUNT}00", line.period[:5] + "09"
    _told(ledgers, "FN009", "T", line, "account")
    (line := next(book)).centre = "9910"
    _told(ledgers, "FN010", "U", line, "service_class")
    line = next(csv)
    line.centre, line.period = "9920", line.period[:5] + "09"
    _told(ledgers, "FN011", "T", line, "service_class")
    ledgers.activity |= {chart.UNKNOWN_CLASS: 10, chart.ENDED_CLASS: 10}
    (line := next(csv)).sector = "99"
    _told(ledgers, "FN012", "T", line, "sector")
    (line := next(csv)).centre = ""
    _told(ledgers, "FN013", "T", line, "service_class")
    for rule, system, damaged, _ in tuple(ledgers.truth):
        if rule in WITHOUT_PLACE:
            _told(ledgers, "FN023", system, damaged, "amount")
    for system, lines in (("T", csv), ("U", book)):
        (line := next(lines)).account = chart.UNMAPPED
        _told(ledgers, "FN020", system, line, "account")


def _sums(ledgers: Ledgers, csv: Iterator[Line], book: Iterator[Line]) -> None:
    """Damage what must balance, foot, or have a sign or a proportion."""
    for system, lines in (("T", csv), ("U", book)):
        (line := next(lines)).cents += 10_00
        first = next(one for one in ledgers.lines[system] if one.voucher == line.voucher)
        _told(ledgers, "FN004", system, first, "document_no")
    balances = ledgers.lines["T"][: len(opening(0))]
    balances[-1].cents += 1_00
    _told(ledgers, "FN005", "T", balances[0], "amount")
    ledgers.subtotals |= {"48": 1_000_00, "47": 50}
    _told(ledgers, "FN006", "T", "48", "amount")
    _told(ledgers, "FN007", "T", "47", "amount")
    model = next(csv)
    reversed_ = Line("T-REVERSED", model.period, f"{chart.RARE}00", model.centre, "4", -500_00)
    against = Line("T-REVERSED", model.period, chart.PAYABLES, "", "", 500_00)
    ledgers.lines["T"] += [reversed_, against]
    _told(ledgers, "FN014", "T", reversed_, "amount")
    granted, paid = [one for one in ledgers.lines["T"] if one.voucher == "T-GRANT"]
    granted.cents -= 800_00
    paid.cents += 800_00
    _told(ledgers, "FN015", "T", granted, "amount")


def _beside(ledgers: Ledgers, csv: Iterator[Line], book: Iterator[Line]) -> None:
    """Damage the previous filing and the activities."""
    del csv, book
    key = min(
        (k for k in ledgers.previous if k[0][:2] == "45"), key=ledgers.previous.__getitem__
    )
    ledgers.previous[key] += LARGE
    _told(ledgers, "FN016", *_largest(ledgers, key), "amount")
    del ledgers.activity["2900"]
    _told(ledgers, "FN017", *_largest(ledgers, ("4", "2900")), "service_class")
    ledgers.activity[chart.NO_COSTS] = 12
    _told(ledgers, "FN018", "", chart.NO_COSTS, "service_class")


def _largest(ledgers: Ledgers, key: Key) -> tuple[str, Line]:
    """Return the system and the line of the largest posting of a sum, the first of equals."""
    of_class = {c.number for c in chart.centres() if c.service_class == key[1]}
    found: Iterable[tuple[str, Line]] = (
        (system, line)
        for system, lines in ledgers.lines.items()
        for line in lines
        if line.centre in of_class
        and line.account.startswith(key[0])
        and not line.account.startswith(chart.REVERSED)
    )
    return max(found, key=lambda pair: abs(pair[1].cents))
