"""Balanced vouchers of a year: costs against payables, income against receivables."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from kirjaamo.samples.ledger import chart
from kirjaamo.samples.ledger.chart import Centre

MONTHS = 12


@dataclass(slots=True)
class Line:
    """A row of a ledger; damage is done to it in place.

    Attributes:
        voucher: Document number; empty for an opening balance.
        period: ``YYYY-MM``; month 00 for an opening balance.
        account: Local account.
        centre: Cost centre, or empty.
        sector: Sector of system T, or empty.
        cents: Debit positive, credit negative.
        currency: Currency.
        text: What stands for the amount, where it is not the cents.
    """

    voucher: str
    period: str
    account: str
    centre: str
    sector: str
    cents: int
    currency: str = "EUR"
    text: str = ""


def opening(year: int) -> list[Line]:
    """Return the opening balances, which balance."""
    sums = {chart.BANK: 250_000_00, chart.RECEIVABLES: 80_000_00, chart.PAYABLES: -60_000_00}
    sums[chart.EQUITY] = -sum(sums.values())
    return [Line("", f"{year}-00", account, "", "", cents) for account, cents in sums.items()]


def year(rng: Random, number: int, count: int, prefix: str) -> list[Line]:
    """Return about *count* lines of whole vouchers.

    Args:
        rng: Where chance comes from.
        number: The year.
        count: How many lines.
        prefix: How document numbers begin.
    """
    costs, income = _usual("4"), _usual("3")
    made: list[Line] = []
    for turn, centre in enumerate(_turns(rng, chart.centres())):
        if len(made) >= count:
            break
        voucher = f"{prefix}{turn + 1:06}"
        period = f"{number}-{rng.randint(1, MONTHS):02}"
        kind = income if turn % 8 == 7 else costs  # noqa: PLR2004 - an eighth is income
        made += _voucher(rng, voucher, period, centre, kind)
    return made


def _turns(rng: Random, centres: Sequence[Centre]) -> Iterator[Centre]:
    """Yield every cost centre once, then by chance without end."""
    yield from centres
    while True:
        yield rng.choice(centres)


def _usual(begins: str) -> list[str]:
    """Return the local accounts of ordinary vouchers."""
    special = (chart.GRANT, chart.RARE)
    return [
        local
        for local, national in chart.accounts().items()
        if national.startswith(begins) and national not in special
    ]


def _voucher(
    rng: Random, voucher: str, period: str, centre: Centre, accounts: Sequence[str]
) -> list[Line]:
    """Return lines of costs or income, and the line that balances them."""
    sector = rng.choice(list(chart.names("SEK")))
    is_income = accounts[0].startswith("3")
    lines = []
    for _ in range(rng.choice((1, 1, 2, 3))):
        account = rng.choice(accounts)
        size = int(rng.lognormvariate(10.4, 1.1)) + 1
        credit = is_income or account.startswith(chart.REVERSED)
        cents = -min(size, 900_00) if credit else size
        lines.append(Line(voucher, period, account, centre.number, sector, cents))
    against = chart.RECEIVABLES if is_income else chart.PAYABLES
    total = -sum(line.cents for line in lines)
    return [*lines, Line(voucher, period, against, "", "", total)]


def grant(lines: Sequence[Line], period: str) -> list[Line]:
    """Return the voucher of a grant: four fifths of what it is given for, to the cent."""
    of_class = {c.number for c in chart.centres() if c.service_class == chart.GRANTED}
    centre = min(of_class)
    costs = sum(
        line.cents
        for line in lines
        if line.centre in of_class and line.account.startswith(chart.EXPERTS)
    )
    cents = -(costs * 4 // 5)
    account = f"{chart.GRANT}00"
    return [
        Line("T-GRANT", period, account, centre, "3", cents),
        Line("T-GRANT", period, chart.BANK, "", "", -cents),
    ]
