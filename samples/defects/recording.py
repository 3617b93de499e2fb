"""Poor recording that the measures of the audit must find (RQ).

Rules need not speak of it, so that it is no part of `kirjaamo.samples.defects.ALL`: it is put in
where it is asked for.  Long texts are made of words in an order that chance gives once.
"""

import datetime as dt

from kirjaamo.samples.defects.identifiers import changed, fixed
from kirjaamo.samples.defects.planning import Injector, Make
from kirjaamo.samples.defects.scene import Damage, Random, Row, Scene

WORDS = [
    "aamu",
    "arki",
    "asunto",
    "aika",
    "apu",
    "ele",
    "haku",
    "hetki",
    "huone",
    "ilta",
    "jakso",
    "kahvi",
    "keitto",
    "kello",
    "kerta",
    "kesä",
    "koti",
    "koulu",
    "kuukausi",
    "käynti",
    "laji",
    "linja",
    "lista",
    "loma",
    "maksu",
    "matka",
    "mieli",
    "muutto",
    "naapuri",
    "neuvo",
    "ohje",
    "osa",
    "paikka",
    "perhe",
    "piha",
    "puhelu",
    "päivä",
    "raha",
    "ruoka",
    "ryhmä",
    "sauna",
    "sopimus",
    "suunta",
    "syksy",
    "talo",
    "talvi",
    "tauko",
    "tavara",
    "toimi",
    "tuki",
    "tunti",
    "työ",
    "vaate",
    "vastaus",
    "viikko",
    "vuoro",
    "yhteys",
    "yö",
    "ystävä",
    "äiti",
]

BOTH_VIEWS = "Asiakas kertoi tilanteestaan. Työntekijä arvioi tilanteen."
VIEWLESS, COPIED, LONG = 90, 100, 700
"""Words of a text without views, of a copied one, of a very long one."""

SENTENCE = 9
SINCE = dt.date(2025, 1, 1)
LATE, OLD = 40, 60
"""Days after which a recording is late, and after which a draft is old."""

LAST = dt.date(2025, 12, 31)
LEGAL = "Sosiaalihuoltolaki"
NATIONAL = {"10", "15", "20", "24"}
"""Service tasks that the profiles lead to the national list."""


def _text(rng: Random, words: int) -> str:
    """Return sentences that nobody else has."""
    chosen = [rng.choice(WORDS) for _ in range(words)]
    parts = [" ".join(chosen[n : n + SENTENCE]) for n in range(0, words, SENTENCE)]
    return " ".join(f"{part.capitalize()}." for part in parts)


def _late(row: Row, _: Scene) -> Damage | None:
    when, at = row["event_time"], row.get("recorded_time")
    later = when + dt.timedelta(days=LATE)
    return Damage({"recorded_time": later}) if at and later.date() <= LAST else None


def _without_structure(day: str) -> Make:
    def make(row: Row, _: Scene) -> Damage | None:
        new = row[day].date() >= SINCE and row["structure"]
        return Damage({"structure": None}) if new else None

    return make


def _without_views(_row: Row, scene: Scene) -> Damage | None:
    return Damage({"text": _text(scene.rng, VIEWLESS)})


def _without_task(row: Row, scene: Scene) -> Damage | None:
    known = row["service_task"] and row["matter_id"]
    matter = scene.find("matter", row["matter_id"]) if known else {}
    return Damage({"service_task": None}) if matter.get("service_task") in NATIONAL else None


def _copied(*, same: bool) -> Make:
    """Return a function that writes one text for two entries, of one client or of two."""

    def make(row: Row, scene: Scene) -> Damage | None:
        every = scene.rows["entry"]
        place = scene.positions[id(row)][1]
        near = (every[n % len(every)] for n in range(place + 1, place + len(every)))
        other = next((one for one in near if _fits(row, one, same=same)), None)
        if other is None or not row["client_id"]:
            return None
        text = f"{BOTH_VIEWS} {_text(scene.rng, COPIED)}"
        return Damage({"text": text}, other, {"text": text})

    return make


def _fits(row: Row, other: Row, *, same: bool) -> bool:
    alike = row["client_id"] == other["client_id"]
    return bool(other["client_id"]) and alike is same


def _very_long(_row: Row, scene: Scene) -> Damage | None:
    return Damage({"text": f"{BOTH_VIEWS} {_text(scene.rng, LONG)}"})


def _heavy(_row: Row, scene: Scene) -> Damage | None:
    words = " ".join(
        f"{scene.rng.choice(WORDS)} palvelutarpeenarviointimenettelyyn osallistuttaessa"
        for _ in range(2 * SENTENCE)
    )
    return Damage({"text": f"{words.capitalize()}."})


MISSPELT = "Asiakas sotiti jha pysyiy aikka huomneks, vatsaus tuoltan ohhej koutlu pevrhe taapaminen sovtitu."


def _draft(row: Row, _: Scene) -> Damage | None:
    old = row["event_time"].date() < LAST - dt.timedelta(days=OLD)
    return Damage({"status": "luonnos"}) if row.get("status") and old else None


def _replacing(row: Row, scene: Scene) -> Damage | None:
    other = scene.rows["document"][scene.positions[id(row)][1] - 1]
    fits = row["replaces"] is None and other is not row
    return Damage({"replaces": other["document_id"]}) if fits else None


def _class_other(row: Row, _: Scene) -> Damage | None:
    fits = row.get("matter_code") is None
    return Damage({"matter_code": "99"}) if fits else None


def _added(sentence: str) -> Make:
    return changed("text", lambda text: f"{text} {sentence}")


ALL = (
    Injector("class-other", "RQ010", "matter.matter_code", _class_other, systems="C"),
    Injector("recorded-late", "RQ001", "entry.recorded_time", _late),
    Injector("entry-without-structure", "RQ002", "entry.structure", _without_structure("event_time"), systems="BC"),
    Injector("document-without-structure", "RQ002", "document.structure", _without_structure("authored"), systems="BC"),
    Injector("entry-without-author", "RQ003", "entry.author", fixed("author", None)),
    Injector("entry-without-views", "RQ004", "entry.text", _without_views),
    Injector("decision-without-reasons", "RQ005", "decision.reasons", fixed("reasons", "?")),
    Injector("decision-without-section", "RQ006", "decision.legal_basis", fixed("legal_basis", LEGAL)),
    Injector("decision-without-appeal", "RQ007", "decision.appeal", fixed("appeal", None), systems="C"),
    Injector("entry-of-no-task", "RQ008", "entry.service_task", _without_task, systems="BC"),
    Injector("entry-that-says-nothing", "RQ011", "entry.text", fixed("text", "-")),
    Injector("copied-for-client", "RQ012", "entry.text", _copied(same=True)),
    Injector("copied-between-clients", "RQ013", "entry.text", _copied(same=False)),
    Injector("very-long-entry", "RQ014", "entry.text", _very_long),
    Injector("heavy-sentence", "RQ015", "entry.text", _heavy),
    Injector("word-to-avoid", "RQ016", "entry.text", _added("Asumisen suhteen sovittu seuranta.")),
    Injector("unknown-abbreviation", "RQ017", "entry.text", _added("Sovittu XQZ kanssa.")),
    Injector("misspelt-entry", "RQ018", "entry.text", fixed("text", MISSPELT)),
    Injector("phone-in-text", "RQ019", "entry.text", _added("Naapurin numero on 040 555 0199.")),
    Injector("old-draft", "RQ020", "entry.status", _draft, systems="C"),
    Injector("corrected-document", "RQ021", "document.replaces", _replacing, systems="BC"),
    Injector("name-of-another-type", "RQ022", "document.document_type_name", fixed("document_type_name", "Kaavake"), systems="BC"),
)  # fmt: skip
"""Every kind of poor recording that an export can show.  RQ009 has none: no system of the samples
keeps the service process."""
