"""The sample ledgers as a workspace: exports, profiles, mappings, lists, settings and truth."""

import csv
import datetime as dt
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from random import Random

import xlsxwriter

from kirjaamo.files import write as write_file
from kirjaamo.samples.ledger import chart, national, vouchers
from kirjaamo.samples.ledger.defects import Key, Ledgers, damage
from kirjaamo.samples.ledger.vouchers import Line
from kirjaamo.samples.taxonomy.package import write as write_taxonomy

YEAR, POSTINGS = 2025, 200_000
CSV, BOOK = "t_paakirja_2025.csv", "u_talous_2025.xlsx"
SHEET = "Tapahtumat"
CREATED = dt.datetime(2026, 1, 2, 8, 0)  # noqa: DTZ001 - a workbook has no time zone
TRUTH = ("source", "row", "field", "rule")
SOURCES = {"T": CSV, "U": f"{BOOK}[{SHEET}]"}
HEADERS = ("TOSITE", "KAUSI", "TILI", "TILIN NIMI", "KUSTANNUSPAIKKA", "SEKTORI", "VALUUTTA",
           "DEBET", "KREDIT")  # fmt: skip
HEADINGS = ("Tositenumero", "Kuukausi", "Tilinumero", "Tilin nimi", "Kustannuspaikka",
            "Kustannuspaikan nimi", "Summa", "D/K")  # fmt: skip
_FIRST = {"T": 2, "U": 4}
"""Row of the first posting in each file, as a person counts."""


def write(
    folder: Path, *, postings: int = POSTINGS, seed: int = 1, defects: bool = False
) -> list[Path]:
    """Write the ledgers of a year into *folder*, with all that they are checked against.

    Args:
        folder: A folder that becomes a workspace.
        postings: How many postings there are, about.
        seed: Where chance begins.
        defects: Whether every rule gets something to find; ``truth.csv`` then says where.

    Raises:
        CannotWriteError: The folder cannot be written.
    """
    ledgers = made(postings, seed)
    if defects:
        damage(ledgers, Random(f"{seed}-defects"))  # noqa: S311 - a sample, no secret
    own = files("kirjaamo.samples.ledger") / "data"
    region = (files("kirjaamo.samples") / "data" / "workspace.toml").read_bytes()
    content = {
        "kirjaamo.toml": region + (own / "finance.toml").read_bytes(),
        "profiles/t.yaml": (own / "t.yaml").read_bytes(),
        "profiles/u.yaml": (own / "u.yaml").read_bytes(),
        f"exports/{CSV}": ledger_csv(ledgers),
        f"exports/{BOOK}": ledger_book(ledgers.lines["U"]),
        "previous.csv": _previous(ledgers.previous),
        "activity.csv": _table(("service_class", "quantity"), ledgers.activity.items()),
        "truth.csv": _table(TRUTH, truth(ledgers)),
        **national.mappings(defects=defects),
        **national.lists(YEAR),
    }
    for name, data in content.items():
        write_file(folder / name, data)
    return [*(folder / name for name in content), *write_taxonomy(folder / "taxonomy")]


def made(postings: int, seed: int) -> Ledgers:
    """Return sound ledgers: three quarters of the postings in system T, the rest in U."""
    rng = Random(f"{seed}-ledger")  # noqa: S311 - a sample, no secret
    of_u = postings // 4
    lines = {
        "T": vouchers.opening(YEAR) + vouchers.year(rng, YEAR, postings - of_u, "T"),
        "U": vouchers.year(rng, YEAR, of_u, "U"),
    }
    lines["T"] += vouchers.grant([*lines["T"], *lines["U"]], f"{YEAR}-12")
    sums = _sums(lines)
    previous = {key: cents * rng.randint(96, 104) // 100 for key, cents in sums.items()}
    activity = {code: rng.randint(10, 900) for _, code in sums}
    return Ledgers(lines, previous, dict(sorted(activity.items())))


def _sums(lines: Mapping[str, Sequence[Line]]) -> dict[Key, int]:
    """Return what is filed of each account and service class, in cents."""
    of_centre = {centre.number: centre.service_class for centre in chart.centres()}
    sums: dict[Key, int] = defaultdict(int)
    for line in (line for every in lines.values() for line in every if line.centre):
        national = chart.accounts()[line.account]
        credit = national.startswith(("3", *chart.REVERSED))
        sums[national, of_centre[line.centre]] += -line.cents if credit else line.cents
    return dict(sorted(sums.items()))


def number(cents: int) -> str:
    r"""Return cents as system T writes them: a comma, no-break spaces between thousands.

    >>> number(123456789)
    '1\xa0234\xa0567,89'
    """
    return f"{cents / 100:,.2f}".replace(",", "\N{NO-BREAK SPACE}").replace(".", ",")


def ledger_csv(ledgers: Ledgers) -> bytes:
    """Return the export of system T: its lines, and sub-totals of accounts at the end."""
    rows: list[Sequence[str]] = []
    sums: dict[str, int] = defaultdict(int)
    for line in ledgers.lines["T"]:
        sides = ("", line.text or number(-line.cents)) if line.cents < 0 else (
            line.text or number(line.cents), "")  # fmt: skip
        head = (line.voucher, line.period, line.account, _name(line.account), line.centre)
        rows.append((*head, line.sector, line.currency, *sides))
        sums[line.account[:2]] += line.cents
    for begins, cents in sorted(sums.items()):
        stated = cents + ledgers.subtotals.get(begins, 0)
        sides = (number(stated), "") if stated >= 0 else ("", number(-stated))
        rows.append(("", "", f"{begins}**", "Yhteensä", "", "", "", *sides))
    return b"\xef\xbb\xbf" + _table(HEADERS, rows)


def _name(account: str) -> str:
    known = chart.names("TIL").get(account[:4])
    return chart.BALANCE.get(account, known or "Muu tili")


def ledger_book(lines: Sequence[Line]) -> bytes:
    """Return the export of system U: a workbook with a title above its header."""
    stream = io.BytesIO()
    centres = {centre.number: centre.name for centre in chart.centres()}
    with xlsxwriter.Workbook(stream, {"constant_memory": True}) as book:
        book.set_properties({"created": CREATED, "title": "Tapahtumat"})
        sheet = book.add_worksheet(SHEET)
        sheet.write_string(0, 0, f"Tapahtumat {YEAR}")
        sheet.write_row(2, 0, HEADINGS)
        for place, line in enumerate(lines, start=_FIRST["U"] - 1):
            year, month = line.period.split("-")
            head = (line.voucher, f"{month}/{year}", line.account, _name(line.account))
            for column, text in enumerate((*head, line.centre, centres.get(line.centre, ""))):
                sheet.write_string(place, column, text)
            sheet.write_number(place, 6, abs(line.cents) / 100)
            sheet.write_string(place, 7, "K" if line.cents < 0 else "D")
    return stream.getvalue()


def _previous(sums: Mapping[Key, int]) -> bytes:
    rows = [(account, code, f"{cents / 100:.2f}") for (account, code), cents in sums.items()]
    return _table(("account", "service_class", "amount"), rows)


def truth(ledgers: Ledgers) -> list[tuple[str, int, str, str]]:
    """Return source, row and field at which each rule must speak, in order."""
    begins = sorted({line.account[:2] for line in ledgers.lines["T"]})
    places = {id(line): place for every in ledgers.lines.values()
              for place, line in enumerate(every)}  # fmt: skip
    found = []
    for rule, system, line, name in ledgers.truth:
        if isinstance(line, Line):
            where = SOURCES[system], places[id(line)] + _FIRST[system]
        elif system:
            where = CSV, len(ledgers.lines["T"]) + _FIRST["T"] + begins.index(line)
        else:
            where = "activity.csv", list(ledgers.activity).index(line) + 2
        found.append((*where, name, rule))
    return sorted(found, key=lambda row: (row[3], row))


def _table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return stream.getvalue().encode()
