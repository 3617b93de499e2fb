"""What the sample ledgers become: mappings of both systems, and national code lists."""

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence

import polars as pl

from kirjaamo.samples.ledger import chart

HEADER = ("code", "name_fi", "name_sv", "parent", "valid_from", "valid_to", "status",
          "confidence", "source")  # fmt: skip


def mappings(*, defects: bool) -> dict[str, bytes]:
    """Return the mappings of both systems: national accounts, classes and sectors."""
    extra = chart.damaged_accounts() if defects else {}
    places = {centre.number: centre.service_class for centre in chart.centres()}
    classes = places | (chart.damaged_centres() if defects else {})
    sectors = {c.number: c.sector for c in chart.centres()} | dict.fromkeys(
        chart.damaged_centres() if defects else (), "1"
    )
    local = {**chart.accounts(), **extra, **dict.fromkeys(chart.BALANCE)}
    made_of: dict[str, tuple[str, str, str, Mapping[str, str | None]]] = {
        "t_account_account": ("T", "account", "account", local),
        "u_account_account": ("U", "account", "account", local),
        "t_cost_centre_service_class": ("T", "cost_centre", "service_class", classes),
        "u_cost_centre_service_class": ("U", "cost_centre", "service_class", classes),
        "u_cost_centre_sector": ("U", "cost_centre", "sector", sectors),
    }
    return {f"mappings/{name}.yaml": _crosswalk(name, *of) for name, of in made_of.items()}


def _crosswalk(
    name: str, system: str, source: str, target: str, pairs: Mapping[str, str | None]
) -> bytes:
    from kirjaamo.mappings import Crosswalk, local
    from kirjaamo.mappings.crosswalk import SCHEMA
    from kirjaamo.mappings.form import canonical

    rows = [
        {
            "old": old,
            "new": new,
            "new_name": "",
            "status": "approved",
            "confidence": "confirmed",
            "owner": "Malli Taloussuunnittelija",
            "reason": "" if new else "tase-erä, ei tämän raportin taulukoissa",
            "evidence": "",
        }
        for old, new in pairs.items()
    ]
    frame = pl.DataFrame(rows, schema=SCHEMA)
    return canonical(Crosswalk(name, local(system, source), target, frame))


def lists(year: int) -> dict[str, bytes]:
    """Return the code lists of the sample: of its taxonomy, and two codes that ended in *year*."""
    ended = {"account": chart.ENDED_ACCOUNT, "service_class": chart.ENDED_CLASS, "sector": ""}
    dimensions = {"account": "TIL", "service_class": "PAL", "sector": "SEK"}
    made_of: dict[str, bytes] = {}
    for slug, dimension in dimensions.items():
        rows = [(code, name, "") for code, name in chart.names(dimension).items()]
        rows += (
            [(ended[slug], "Esimerkkikoodi, päättynyt", f"{year}-06-30")] if ended[slug] else []
        )
        made_of |= _list(slug, rows)
    return made_of


def _list(slug: str, rows: Sequence[tuple[str, str, str]]) -> dict[str, bytes]:
    """Return the files of a complete list: code, name and last day of every row."""
    codes = _codes(rows)
    place = f"classifications/{slug}"
    facts = (
        f'oid: ""\nnames: {{fi: "Esimerkki: {slug}", sv: "Exempel: {slug}", en: "Sample: {slug}"}}\n'
        'owner: "Kirjaamo"\nsource: "sample taxonomy"\nlicence: "as Kirjaamo"\ncomplete: true\n'
    )
    edition = (
        'retrieved: 2026-01-01\nsource: "sample taxonomy"\n'
        f"sha256:\n  codes.csv: {hashlib.sha256(codes).hexdigest()}\n"
    )
    return {
        f"{place}/list.yaml": facts.encode(),
        f"{place}/2026-01-01/codes.csv": codes,
        f"{place}/2026-01-01/edition.yaml": edition.encode(),
    }


def _codes(rows: Sequence[tuple[str, str, str]]) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(HEADER)
    for code, name, ends in sorted(rows):
        facts = (code, name, "", "", "", ends, "active", "confirmed", "sample taxonomy")
        writer.writerow(facts)
    return stream.getvalue().encode()
