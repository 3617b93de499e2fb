"""Any export: a copy names nobody, moves a client's days alike, and leads back to every cell."""

import csv
import datetime as dt
import re
import tempfile
from dataclasses import replace
from pathlib import Path

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kirjaamo.audit.pseudonyms import copying, keys, restoring
from kirjaamo.audit.pseudonyms.names import plain
from kirjaamo.cli.inputs import inputs
from kirjaamo.samples.identity import SEPARATORS, identity_code

KEY = keys.derived(bytes(range(32)))
PROFILE = """
system: T
label: {fi: t, sv: t, en: t}
forms: {date: ["%d.%m.%Y"], datetime: ["%d.%m.%Y"]}
parts:
  - files: clients.csv
    encoding: utf-8
    delimiter: ";"
    tables:
      client:
        fields: {client_id: ID, identity_code: HETU, birth_date: SYNT, last_name: SUKU, first_names: ETU}
  - files: entries.csv
    encoding: utf-8
    delimiter: ";"
    tables:
      entry:
        fields: {entry_id: NRO, client_id: ID, event_time: AIKA, text: TEKSTI}
"""
HEADERS = {
    "clients": ["ID", "HETU", "SYNT", "SUKU", "ETU"],
    "entries": ["NRO", "ID", "AIKA", "TEKSTI"],
}


def code(born: dt.date, number: int) -> str:
    return identity_code(born, number, SEPARATORS[born.year // 100][0])


last_names = st.sampled_from(["Virtanen", "Mäki-Kokko", "Ahvenlampi", "Björkqvist"])
first_names = st.sampled_from(["Matti", "Anna-Liisa", "Pyry Onni", "Ulla"])
days = st.dates(dt.date(1930, 1, 1), dt.date(2024, 12, 31))
phones = st.builds(
    lambda start, rest: f"{start}{rest}",
    st.sampled_from(["040 ", "050-", "+358 44 ", "09 ", "+46 70 "]),
    st.integers(1_000_000, 9_999_999),
)
fragments = st.one_of(
    st.sampled_from(["soitti", "Itä-Suomi", "x-'y", "12,5 euroa", "=1+1", '"lainattu"', "ä;b", "\n"]),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12),
    last_names, first_names, phones,
    st.builds(code, days, st.integers(900, 999)),
)  # fmt: skip


@st.composite
def exports(draw):
    """Return the cells of both files, and what must not be in a copy."""
    clients = [
        [f"K{number}", code(born, 900 + number), f"{born:%d.%m.%Y}", draw(last_names), draw(first_names)]
        for number, born in enumerate(draw(st.lists(days, min_size=1, max_size=4)))
    ]  # fmt: skip
    secret = {cell for row in clients for cell in (row[1],)}
    entries = []
    for number in range(draw(st.integers(0, 5))):
        parts = draw(st.lists(fragments, max_size=5))
        who = draw(st.sampled_from(clients))[0]
        entries.append([f"M{number}", who, f"{draw(days):%d.%m.%Y}", " ".join(parts)])
        secret |= {part for part in parts if re.fullmatch(r"[+0-9][0-9 +-]{8,}[0-9]", part)}
        secret |= {part for part in parts if re.fullmatch(r"[0-9]{6}[-+A-Y]9[0-9]{2}.", part)}
    return clients, entries, secret


def written(folder: Path, name: str, rows) -> None:
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows([HEADERS[name], *rows])


def cells(sources) -> dict[str, pl.DataFrame]:
    return {copying.file_of(one): pl.concat(list(copying.frames(one))) for one in sources}


@given(exports(), st.sampled_from([0, 365]))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_copy_hides_everybody_and_comes_back(export, most):
    clients, entries, secret = export
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "in").mkdir()
        (folder / "t.yaml").write_text(PROFILE, "utf-8")
        written(folder / "in", "clients", clients)
        written(folder / "in", "entries", entries)
        sources = inputs([str(folder / "in")], str(folder / "t.yaml"), None).tables
        before = cells(sources)
        copying.copy(sources, folder / "copy", folder / "vault", KEY, days=most)
        copied = {p.name: p.read_text("utf-8") for p in (folder / "copy").rglob("*.csv")}

        _names_nobody("".join(copied.values()), before, secret)
        if most:
            _moves_alike(before["clients.csv"], restoring.opened(folder / "copy"), most)
        restoring.restore(folder / "copy", folder / "back", folder / "vault", KEY)
        for source in restoring.opened(folder / "copy"):
            name = copying.file_of(source)
            back = replace(source, location=str(folder / "back" / name))
            [found] = cells([back]).values()
            assert found.equals(before[name].select(found.columns))


def _names_nobody(text: str, before, secret: set[str]) -> None:
    words = {plain(word) for word in re.findall(r"[^\W\d_]+", text)}
    named = before["clients.csv"]
    names = {
        plain(part)
        for column in ("SUKU", "ETU")
        for cell in named[column].drop_nulls()
        for part in re.findall(r"[^\W\d_]{2,}", cell)
    }
    assert not names & words
    assert not [one for one in secret if one in text]


def _moves_alike(clients: pl.DataFrame, copied, most: int) -> None:
    [source] = [one for one in copied if copying.file_of(one) == "clients.csv"]
    new = pl.concat(list(copying.frames(source)))
    moves = new["SYNT"].str.to_date("%d.%m.%Y") - clients["SYNT"].str.to_date("%d.%m.%Y")
    assert moves.dt.total_days().abs().is_between(1, most).all()
