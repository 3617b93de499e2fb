"""Write N synthetic rows of fifteen columns, five in a hundred with one fault.

Call ``python -m benchmarks.check.data 1000000 rows.csv``.
"""

import argparse
import csv
import datetime as dt
import random
from collections.abc import Callable
from pathlib import Path

from benchmarks.check import facts

FIRST = (
    "Aino", "Väinö", "Helmi", "Eino", "Sofia", "Leo", "Ylva", "Åke", "Jörgen", "Tuulikki", "Pekka",
)  # fmt: skip
LAST = (
    "Korhonen", "Virtanen", "Mäkinen", "Nieminen", "Hämäläinen", "Åkerström", "Öberg", "Ylönen",
)  # fmt: skip
WORDS = (
    "asiakas", "hakee", "tukea", "arviointi", "päätös", "palvelutarve", "kotihoito", "lapsi",
    "perhe", "työkyky", "vammainen", "henkilö", "selvitys", "läheinen", "kuuleminen", "määräaika",
    "suunnitelma", "täydennys",
)  # fmt: skip
BIRTHS = (dt.date(1930, 1, 1).toordinal(), dt.date(2024, 12, 31).toordinal())
DECISIONS = (dt.date(2025, 1, 1).toordinal(), dt.date(2026, 11, 20).toordinal())
FAULTY = 0.05
OPEN_ENDED = 0.4

Row = dict[str, str]


def row(number: int, chance: random.Random) -> Row:
    """Return a row without a fault."""
    birth = dt.date.fromordinal(chance.randint(*BIRTHS))
    digits = f"{birth:%d%m%y}{chance.randint(900, 999)}"
    sign = "-" if birth.year < 2000 else "A"
    decided = dt.date.fromordinal(chance.randint(*DECISIONS))
    task, document = chance.choice(facts.PAIRS)
    ends = decided + dt.timedelta(days=chance.randint(0, 700))
    values = (
        f"A{number:09d}",
        f"{digits[:6]}{sign}{digits[6:]}{facts.ALPHABET[int(digits) % 31]}",
        chance.choice(FIRST),
        chance.choice(LAST),
        birth.isoformat(),
        chance.choice(facts.MUNICIPALITIES),
        task,
        str(chance.randint(1, 9)),
        document,
        str(chance.randint(1, 4)),
        decided.isoformat(),
        decided.isoformat(),
        "" if chance.random() < OPEN_ENDED else ends.isoformat(),
        f"{chance.random() * 2000:.2f}",
        " ".join(chance.choices(WORDS, k=chance.randint(5, 18))),
    )
    return dict(zip(facts.COLUMNS, values, strict=True))


def _other_check(code: str) -> str:
    return code[:10] + facts.ALPHABET[(facts.ALPHABET.index(code[10]) + 5) % 31]


def _day_before(day: str) -> str:
    return (dt.date.fromisoformat(day) - dt.timedelta(days=1)).isoformat()


def _forbidden(task: str) -> str:
    place = facts.TASKS.index(task)
    return next(d for j, d in enumerate(facts.DOCUMENTS) if (place + j) % 3 == 0)


FAULTS: dict[str, Callable[[Row, random.Random], str]] = {
    "R01": lambda r, c: c.choice(["", r["record_id"][1:]]),
    "R02": lambda r, _: r["hetu"][:9],
    "R03": lambda r, _: _other_check(r["hetu"]),
    "R04": lambda r, _: _day_before(r["birth_date"]),
    "R05": lambda _, __: "999",
    "R06": lambda _, __: "99",
    "R07": lambda r, _: _forbidden(r["service_task"]),
    "R08": lambda r, _: _day_before(r["valid_from"]),
    "R09": lambda _, c: c.choice(["2026-02-30", "2027-01-01", "1.2.2026", ""]),
    "R10": lambda _, c: c.choice(["  ", "x" * 501, "asiakas 010190-900P soitti"]),
}


def write(path: Path, rows: int, seed: int = 7) -> None:
    """Write *rows* rows to *path*."""
    chance = random.Random(seed)  # noqa: S311 - synthetic data, not a secret
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(facts.COLUMNS)
        for number in range(rows):
            made = row(number, chance)
            if chance.random() < FAULTY:
                rule = chance.choice(sorted(FAULTS))
                made[facts.FIELDS[rule]] = FAULTS[rule](made, chance)
            writer.writerow(made.values())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=int)
    parser.add_argument("path", type=Path)
    asked = parser.parse_args()
    write(asked.path, asked.rows)
