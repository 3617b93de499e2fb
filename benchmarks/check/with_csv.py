"""The plain loop: the csv module and a Python function for each row. FILE OUT."""

import csv
import datetime as dt
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import facts

RECORD = re.compile(facts.RECORD_FORM.replace("$", r"\Z")).match
IDENTITY = re.compile(facts.IDENTITY + r"\Z").match
INSIDE = re.compile(rf"\b{facts.IDENTITY}\b", re.ASCII).search
DATE = re.compile(facts.DATE_FORM.replace("$", r"\Z")).match
MUNICIPALITIES, TASKS, PAIRS = map(frozenset, (facts.MUNICIPALITIES, facts.TASKS, facts.PAIRS))


@cache
def is_day(text: str) -> bool:
    """Tell whether *text* is a calendar day."""
    try:
        return bool(DATE(text)) and dt.date.fromisoformat(text) is not None
    except ValueError:
        return False


def broken(row: list[str]) -> Iterator[str]:  # noqa: C901 - ten rules, one row
    """Yield the rules that *row* breaks."""
    (record, hetu, _, _, birth, municipality, task, _, document, _, decided, starts, ends, _,
     text) = row  # fmt: skip
    if not RECORD(record):
        yield "R01"
    if not IDENTITY(hetu):
        yield "R02"
    else:
        if facts.ALPHABET[int(hetu[:6] + hetu[7:10]) % 31] != hetu[10]:
            yield "R03"
        if f"{facts.CENTURIES[hetu[6]]}{hetu[4:6]}-{hetu[2:4]}-{hetu[:2]}" != birth:
            yield "R04"
    if municipality not in MUNICIPALITIES:
        yield "R05"
    if task not in TASKS:
        yield "R06"
    elif (task, document) not in PAIRS:
        yield "R07"
    if ends and ends < starts:
        yield "R08"
    if not is_day(decided) or decided > facts.TODAY or decided < birth:
        yield "R09"
    if not text.strip() or len(text) > facts.LONGEST or INSIDE(text):
        yield "R10"


if __name__ == "__main__":
    counts: Counter[str] = Counter()
    with (
        Path(sys.argv[1]).open(encoding="utf-8", newline="") as source,
        Path(sys.argv[2]).open("w", encoding="utf-8", newline="") as target,
    ):
        rows, out = csv.reader(source), csv.writer(target)
        next(rows)
        for row in rows:
            for rule in broken(row):
                out.writerow((rows.line_num, facts.FIELDS[rule], rule))
                counts[rule] += 1
    json.dump(dict(sorted(counts.items())), sys.stdout)
