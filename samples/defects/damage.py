"""Damage that the rules of damaged text and impossible values (DQ) must find."""

import datetime as dt

from kirjaamo.samples.defects.identifiers import changed, code_in_text, fixed
from kirjaamo.samples.defects.planning import Injector, Make
from kirjaamo.samples.defects.scene import Damage, Row, Scene


def _mojibake(text: str) -> str:
    return text.replace("ä", "Ã¤").replace("ö", "Ã¶")


def _lost(text: str) -> str:
    return text.replace("ä", "\ufffd").replace("ö", "\ufffd")


def _decomposed(text: str) -> str:
    return text.replace("ä", "a\u0308").replace("ö", "o\u0308")


def _cut(length: int, text: str) -> str:
    """Return a text that ends in the middle of a word after exactly *length* characters."""
    return (f"{text} " * (length // len(text) + 1))[: length - 2] + "ka"


def _marked_up(text: str) -> str:
    return f"<p>{text}</p><br/>"


def _rich(text: str) -> str:
    return rf"{{\rtf1\ansi {text}\par}}"


def _capitals(text: str) -> str | None:
    return text.upper() if len(text) > 60 else None  # noqa: PLR2004 - clearly longer than a heading


def _day_that_is_none(_row: Row, scene: Scene) -> Damage | None:
    return Damage({"decided": "2020-02-30" if scene.system == "C" else "30.2.2020"})


def _birth_that_is_none(_row: Row, scene: Scene) -> Damage | None:
    return Damage({"birth_date": "1956-11-31" if scene.system == "C" else "31.11.1956"})


def _far_future(row: Row, scene: Scene) -> Damage | None:
    going_on = scene.relationship(row)["end"] is None
    last = row is scene.decisions[row["relationship_id"]][-1]
    return Damage({"valid_to": dt.date(2999, 12, 31)}) if going_on and last else None


def _ragged(cell: str) -> Make:
    """Return an injector's function that adds *cell* to the end of a row, or cuts its last one.

    A ragged row tells nothing for certain, so its matter must stand on another row as well.
    """

    def make(row: Row, scene: Scene) -> Damage | None:
        matter = [r["matter_id"] for r in scene.decisions[row["relationship_id"]]]
        return Damage({"_ragged": cell}) if matter.count(row["matter_id"]) > 1 else None

    return make


def _error_value(_row: Row, scene: Scene) -> Damage | None:
    value = {"A": "#VIITTAUS!", "B": "#PUUTTUU!", "C": "#REF!"}[scene.system]
    return Damage({"legal_basis": value})


ALL = (
    Injector("cell-too-many", "DQ001", "decision._ragged", _ragged("ylimääräinen"), alone=True, systems="A"),
    Injector("cell-too-few", "DQ001", "decision._ragged", _ragged(""), alone=True, systems="A"),
    Injector("mojibake-in-name", "DQ002", "client.last_name", changed("last_name", _mojibake)),
    Injector("mojibake-in-text", "DQ002", "entry.text", changed("text", _mojibake)),
    Injector("lost-characters", "DQ003", "entry.text", changed("text", _lost), systems="BC"),
    Injector("ligature", "DQ004", "decision.reasons", changed("reasons", lambda t: t.replace("st", "\ufb06")), systems="BC"),
    Injector("split-letters", "DQ004", "entry.text", changed("text", _decomposed), systems="BC"),
    Injector("control-character", "DQ005", "entry.text", changed("text", lambda t: f"{t[:6]}\x07{t[6:]}"), systems="AC"),
    Injector("zero-width-space", "DQ005", "decision.text", changed("text", lambda t: f"{t[:6]}\u200b{t[6:]}"), systems="BC"),
    Injector("day-that-is-none", "DQ006", "decision.decided", _day_that_is_none),
    Injector("day-without-marks", "DQ006", "decision.decided", fixed("decided", "20024")),
    Injector("birth-day-that-is-none", "DQ006", "client.birth_date", _birth_that_is_none),
    Injector("far-future", "DQ007", "decision.valid_to", _far_future, alone=True),
    Injector("year-with-wrong-digits", "DQ007", "worker.valid_from", fixed("valid_from", dt.date(1116, 3, 1))),
    Injector("unreadable-boolean", "DQ008", "matter.is_closed", fixed("is_closed", "ehkä")),
    Injector("unreadable-number", "DQ008", "document.version", fixed("version", "1a")),
    Injector("placeholder-name", "DQ009", "client.first_names", fixed("first_names", "xxx")),
    Injector("placeholder-text", "DQ009", "entry.text", fixed("text", "testi")),
    Injector("placeholder-mark", "DQ009", "decision.reasons", fixed("reasons", "?")),
    Injector("placeholder-dash", "DQ009", "worker.position", fixed("position", "-")),
    Injector("identity-code-in-text", "DQ010", "entry.text", code_in_text),
    Injector("two-spaces-in-id", "DQ011", "decision.decision_id", changed("decision_id", lambda t: f"{t[:2]}  {t[2:]}")),
    Injector("hard-space-in-id", "DQ011", "entry.entry_id", changed("entry_id", lambda t: f"{t[:2]}\u00a0{t[2:]}")),
    Injector("text-cut-at-255", "DQ012", "entry.text", changed("text", lambda t: _cut(255, t))),
    Injector("text-cut-at-4000", "DQ012", "decision.reasons", changed("reasons", lambda t: _cut(4000, t))),
    Injector("html-in-text", "DQ013", "entry.text", changed("text", _marked_up)),
    Injector("rtf-in-text", "DQ013", "decision.text", changed("text", _rich)),
    Injector("error-value", "DQ014", "decision.legal_basis", _error_value),
    Injector("decision-without-number", "DQ015", "decision.decision_id", fixed("decision_id", None)),
    Injector("entry-without-number", "DQ015", "entry.entry_id", fixed("entry_id", None)),
    Injector("text-in-capitals", "DQ016", "entry.text", changed("text", _capitals)),
)  # fmt: skip
