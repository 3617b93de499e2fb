"""What is computed of a document from other facts: the sources ``computed …`` of the fields."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Final

import kirjaamo
from kirjaamo.archive import bodies
from kirjaamo.archive.building.cases import Case, Row
from kirjaamo.archive.building.ground import Ground, Shape
from kirjaamo.archive.fields import fields
from kirjaamo.archive.fields.filling import Packed
from kirjaamo.validators.structure.identity import birth_date, is_identity_code

PDF: Final = "application/pdf"
XHTML: Final = "application/xhtml+xml"
_XHTML_FORMAT, _JSON_FORMAT = "2", "5"
_MADE_NOW: Final = frozenset({"relationship", "matter"})
"""Kinds of documents that are authored when they are archived."""

_INDIVIDUAL: Final = slice(7, 10)
"""Individual number of an identity code: odd for men (Act 661/2009, section 11)."""


class State:
    """What is known of one document while its fields are resolved.

    Attributes:
        case: What is built.
        ground: Settings, lists and structures.
        shape: What its structure says.
        tree: Its body.
        body: What stands below the root key of the body.
        clients: Its clients.
        values: Values of the fields that were resolved before.
        view: Its view; laid out before the fields are resolved.
    """

    __slots__ = ("body", "case", "clients", "ground", "own", "shape", "tree", "values", "view")

    def __init__(
        self, case: Case, ground: Ground, shape: Shape, tree: dict[str, Any] | None
    ) -> None:
        self.case, self.ground, self.shape, self.tree = case, ground, shape, tree
        self.body: Mapping[str, Any] = bodies.inside(tree) if tree else {}
        self.clients: tuple[Row, ...] = case.clients or bodies.clients(self.body)
        self.values: dict[str, Any] = {}
        self.view = b""
        self.own: dt.date | None = None
        if tree and shape.structure is not None:
            self.own = ground.library.day(shape.structure.oid, tree)


def _first_version(state: State) -> object:
    is_first = str(state.case.document.get("version") or 1) == "1"
    return state.values.get("document_id") if is_first else None


def _made_if_now(state: State) -> object:
    return state.ground.made if state.shape.kind in _MADE_NOW else None


def _view_format(state: State) -> object:
    return state.ground.settings.archive.pdf_format if state.case.pdf else _XHTML_FORMAT


def _relationship(state: State) -> object:
    if state.shape.kind != "relationship":
        return None
    told = bodies.first(state.body, "asiakkuuden_yksilointitunnus", "value")
    return told or state.case.document.get("relationship_id")


def _day_of_matter(key: str, column: str) -> Callable[[State], object]:
    def told(state: State) -> object:
        if state.shape.kind != "matter":
            return None
        return bodies.first(state.body, "asian_tiedot", key) or state.case.matter.get(column)

    return told


COMPUTED: Final[Mapping[str, Callable[[State], object]]] = {
    "first_version": _first_version,
    "own_day": lambda state: None if state.shape.kind in _MADE_NOW else state.own,
    "made": lambda state: state.ground.made,
    "made_now": _made_if_now,
    "authored": lambda state: state.values.get("authored"),
    "program_version": lambda _state: kirjaamo.__version__,
    "view_format": _view_format,
    "structured_format": lambda state: _JSON_FORMAT if state.case.content else None,
    "matter_opened": _day_of_matter("avauspaiva", "opened"),
    "matter_closed": _day_of_matter("paattymispaiva", "closed"),
    "relationship": _relationship,
    "earlier_version": lambda state: state.case.document.get("_earlier"),
    "message": lambda state: state.values.get("document_id"),
    "view_media": lambda state: PDF if state.case.pdf else XHTML,
    "view": lambda state: Packed(state.case.pdf or state.view),
    "body": lambda state: Packed(state.case.content, state.tree),
}
"""Name to what computes it; None or "" when it tells nothing."""


def _birth(client: Row, _state: State) -> object:
    code = client.get("identity_code") or ""
    return birth_date(code) if is_identity_code(code) else None


def _sex(client: Row, state: State) -> object:
    code = client.get("identity_code") or ""
    if not is_identity_code(code):
        return None
    name = "Mies" if int(code[_INDIVIDUAL]) % 2 else "Nainen"
    return state.ground.named(fields()["client_sex"], name)


OF_CLIENT: Final[Mapping[str, Callable[[Row, State], object]]] = {"birth": _birth, "sex": _sex}
"""What is computed of one client."""
