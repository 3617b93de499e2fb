"""Resolving metadata fields: the value of each, where it came from, and what holds a document.

The sources of a field are tried in order.  What is the same for all documents of a build (a
setting, a constant) is resolved once.  Values are escaped for XML here and nowhere else.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any, Final, NamedTuple

from kirjaamo.archive import bodies
from kirjaamo.archive.building.cases import Row
from kirjaamo.archive.building.computing import COMPUTED, OF_CLIENT, State
from kirjaamo.archive.building.ground import Ground
from kirjaamo.archive.fields import Field, Source, fields
from kirjaamo.archive.fields.model import Kind
from kirjaamo.archive.fields.skeleton import client_slot
from kirjaamo.archive.view.text import ILLEGAL, escaped, quoted
from kirjaamo.archive.view.values import FINLAND
from kirjaamo.messages import N_

REASONS: Final = {
    "missing": N_("nothing tells it"),
    "unknown-code": N_("its code is not in the list as far as it is known"),
    "uncertain-code": N_(
        "its code is not known for sure; check it and name the list in checked"
    ),
    "no-name": N_("the name of its code is not known"),
    "form": N_("it has not the form that is needed"),
    "illegal": N_("it has a character that XML does not allow"),
    "no-time": N_("only a day is known, and no setting tells the time of day"),
    "unknown-structure": N_("the structure is not known"),
    "expired-structure": N_("the structure was no longer in force when the document was made"),
    "other-structure": N_("the body does not follow the structure"),
    "damaged": N_("the body cannot be read"),
    "too-large": N_("the document is too large"),
    "no-file": N_("there is no file"),
    "file-twice": N_("the identifier stands twice"),
    "pdf-broken": N_("the PDF cannot be read"),
    "pdf-no-claim": N_("the PDF does not claim to be PDF/A"),
    "pdf-refused": N_("veraPDF says that it is no PDF/A"),
    "pdf-not-judged": N_("veraPDF did not come to an end"),
    "rule": N_("the built document breaks a rule"),
}
"""Why a document is held: word to sentence."""


class Fault(NamedTuple):
    """What holds a document.

    Attributes:
        field: The metadata field, or the rule that a built document breaks.
        reason: A word of `REASONS`.
    """

    field: str
    reason: str


class Resolved(NamedTuple):
    """What was resolved of one document.

    Attributes:
        values: Slot to value, escaped for XML.
        origins: Field to the source that told it.
        faults: What holds the document.
    """

    values: dict[str, str]
    origins: dict[str, str]
    faults: list[Fault]


class CannotWrite(Exception):  # noqa: N818 - becomes a fault
    """A value cannot be written; holds a word of `REASONS`."""


_OID = re.compile(r"[0-2](\.(0|[1-9][0-9]*))+")
_LONGEST_OID = 64
_SPACES = re.compile(r"\s+")


def _oid(value: object, _one: Field, _ground: Ground) -> str:
    text = str(value)
    if len(text) > _LONGEST_OID or _OID.fullmatch(text) is None:
        raise CannotWrite("form")
    return text


def _number(value: object, _one: Field, _ground: Ground) -> str:
    text = str(value)
    if not text.isascii() or not text.isdigit() or text.startswith("0"):
        raise CannotWrite("form")
    return text


@lru_cache(maxsize=8192)
def _plain(text: str) -> str:
    """Return a text on one line.

    Raises:
        CannotWrite: It is empty, or XML cannot hold it.
    """
    if ILLEGAL.search(text):
        raise CannotWrite("illegal")
    found = _SPACES.sub(" ", text).strip()
    if not found:
        raise CannotWrite("missing")
    return found


def _text(value: object, _one: Field, _ground: Ground) -> str:
    return escaped(_plain(str(value)))


def _word(value: object, _one: Field, _ground: Ground) -> str:
    return quoted(_plain(str(value)))


def _instant(value: object, _one: Field, ground: Ground) -> str:
    if isinstance(value, str):
        try:
            value = dt.datetime.fromisoformat(value) if len(value) > len("2026-01-01") else (
                dt.date.fromisoformat(value)
            )  # fmt: skip
        except ValueError:
            raise CannotWrite("form") from None
    if not isinstance(value, dt.date):
        raise CannotWrite("form")
    if not isinstance(value, dt.datetime):
        told = ground.settings.archive.time_of_day
        if not told:
            raise CannotWrite("no-time")
        value = dt.datetime.combine(value, dt.time.fromisoformat(told))
    found = value if value.tzinfo else value.replace(tzinfo=FINLAND)
    return f"{found:%Y%m%d%H%M%S%z}"


def _day(value: object, _one: Field, _ground: Ground) -> str:
    if isinstance(value, str):
        try:
            value = dt.date.fromisoformat(value[:10])
        except ValueError:
            raise CannotWrite("form") from None
    if not isinstance(value, dt.date):
        raise CannotWrite("form")
    return f"{value:%Y%m%d}"


def _language(value: object, _one: Field, _ground: Ground) -> str:
    code = str(value).upper()
    if code not in {"FI", "SV"}:
        raise CannotWrite("form")
    return code


def _coded(value: object, one: Field, ground: Ground) -> str:
    found = ground.coded(one).get(str(value))
    if found is None:
        raise CannotWrite("unknown-code")
    if found[1]:
        raise CannotWrite(found[1])
    return found[0]


def _base64(value: object, _one: Field, _ground: Ground) -> str:
    return str(value)


WRITERS: Final[Mapping[str, Callable[[object, Field, Ground], str]]] = {
    "oid": _oid, "number": _number, "text": _text, "word": _word, "instant": _instant,
    "day": _day, "language": _language, "coded": _coded, "base64": _base64,
}  # fmt: skip
"""Form to what writes a value of it."""

Tell = Callable[[State], Any]


class Step(NamedTuple):
    """One field with its sources, ready to be asked; *column* as `_only_column` tells it."""

    name: str
    field: Field
    tellers: tuple[tuple[str, Tell], ...]
    write: Callable[[object, Field, Ground], str]
    column: str = ""


OF_SHAPE: Final = frozenset({"view_format", "structured_format", "view_media"})
"""What is computed from the kind of content alone."""


def _is_of_shape(one: Field) -> bool:
    """Return whether a field is the same for all documents of a shape."""
    return all(
        source.derivation in {"structure", "settings", "constant"} or source.name in OF_SHAPE
        for source in one.origins
    )


def _only_column(one: Field) -> str:
    """Return the column of documents without which nothing tells a field that may be missing."""
    first = one.origins[0]
    is_lone = len(one.origins) == 1 and first.derivation == "record" and not one.needs
    table, _, column = first.name.partition(".")
    return column if is_lone and table == "document" else ""


class ClientStep(NamedTuple):
    """One field of clients with its sources, ready to be asked."""

    name: str
    field: Field
    tellers: tuple[tuple[str, Callable[[Row, State], Any]], ...]
    write: Callable[[object, Field, Ground], str]

    def first(self, client: Row, state: State) -> tuple[str, Any] | None:
        """Return the first source that tells something of a client, and what it tells."""
        for source, tell in self.tellers:
            value = tell(client, state)
            if value is not None and value != "":
                return source, value
        return None


class Resolver:
    """Resolves the fields of documents."""

    def __init__(self, ground: Ground) -> None:
        """Resolve what is the same for all documents."""
        self.ground = ground
        self._same: dict[str, str] = {}
        self._origins: dict[str, str] = {}
        self._faults: list[tuple[Field, Fault]] = []
        self._steps: list[Step] = []
        self._client: list[ClientStep] = []
        self._by_kind: dict[Kind, list[Step]] = {}
        self._shaped: list[Step] = []
        self._by_shape: dict[tuple[int, bool, bool], Resolved] = {}
        for name, one in fields().items():
            if name.startswith("client_"):
                asked = tuple((str(s), _client_teller(s)) for s in one.origins)
                self._client.append(ClientStep(name, one, asked, WRITERS[one.form]))
            elif not self._is_same(name, one):
                told = tuple((str(s), _teller(s)) for s in one.origins)
                step = Step(name, one, told, WRITERS[one.form], _only_column(one))
                (self._shaped if _is_of_shape(one) else self._steps).append(step)

    def _is_same(self, name: str, one: Field) -> bool:
        """Resolve a field that is the same for all documents, if it is one."""
        for source in one.origins:
            if source.derivation == "settings":
                value = self.ground.setting(source.name)
            elif source.derivation == "constant":
                value = source.name
            elif source.name in {"program_version", "made"} and len(one.origins) == 1:
                value = COMPUTED[source.name](State.__new__(State)) if source.name != "made" else (
                    self.ground.made
                )  # fmt: skip
            else:
                return False
            if value:
                self._put(name, one, value, str(source))
                return True
        return all(source.derivation == "settings" for source in one.origins)

    def _put(self, name: str, one: Field, value: object, source: str) -> None:
        try:
            self._same[name] = WRITERS[one.form](value, one, self.ground)
            self._origins[name] = source
        except CannotWrite as error:
            self._faults.append((one, Fault(name, str(error))))

    def resolve(self, state: State) -> Resolved:
        """Return the values of all fields of a document."""
        kind = state.shape.kind
        values, origins = self._same.copy(), self._origins.copy()
        faults = [fault for one, fault in self._faults if kind in one.needs]
        alike = self._alike(state)
        values.update(alike.values)
        origins.update(alike.origins)
        faults += alike.faults
        document = state.case.document
        for name, one, tellers, write, column in self._of_kind(kind):
            if column and column not in document:
                continue
            for source, tell in tellers:
                value = tell(state)
                if value is not None and value != "":
                    origin = source
                    break
            else:
                if _is_needed(name, one, state):
                    faults.append(Fault(name, "missing"))
                continue
            state.values[name] = value
            try:
                values[name], origins[name] = write(value, one, self.ground), origin
            except CannotWrite as error:
                if not one.droppable:
                    faults.append(Fault(name, str(error)))
        if not state.clients:
            faults.append(Fault("client_identity", "missing"))
        for number, client in enumerate(state.clients):
            faults += self._of_client(number, client, state, values, origins)
        return Resolved(values, origins, faults)

    def _alike(self, state: State) -> Resolved:
        """Return the fields that are the same for all documents of a shape."""
        key = (id(state.shape), bool(state.case.pdf), bool(state.case.content))
        found = self._by_shape.get(key)
        if found is None:
            found = self._by_shape[key] = Resolved({}, {}, [])
            for step in self._shaped:
                self._one(step, state, found)
        return found

    def _one(self, step: Step, state: State, found: Resolved) -> None:
        told = next(
            ((s, v) for s, tell in step.tellers if (v := tell(state)) not in {None, ""}), None
        )
        if step.field.never and state.shape.kind in step.field.never:
            return
        if told is None:
            if _is_needed(step.name, step.field, state):
                found.faults.append(Fault(step.name, "missing"))
            return
        try:
            found.values[step.name] = step.write(told[1], step.field, self.ground)
            found.origins[step.name] = told[0]
        except CannotWrite as error:
            found.faults.append(Fault(step.name, str(error)))

    def _of_kind(self, kind: Kind) -> list[Step]:
        """Return the fields that documents of a kind may have."""
        if kind not in self._by_kind:
            self._by_kind[kind] = [one for one in self._steps if kind not in one.field.never]
        return self._by_kind[kind]

    def _of_client(
        self,
        number: int,
        client: Row,
        state: State,
        values: dict[str, str],
        origins: dict[str, str],
    ) -> Iterator[Fault]:
        is_own = not state.case.clients
        for step in self._client:
            told = step.first(client, state)
            if told is None:
                if step.field.needs:
                    yield Fault(step.name, "missing")
                continue
            source, value = told
            try:
                written = step.write(value, step.field, self.ground)
            except CannotWrite as error:
                if not step.field.droppable:
                    yield Fault(step.name, str(error))
                continue
            values[client_slot(step.name, number)] = written
            origins[step.name] = source.replace("record ", "record body.") if is_own else source


def _is_needed(name: str, one: Field, state: State) -> bool:
    """Return whether a document that lacks a field is held."""
    if name == "relationship_id":
        told = state.body.get("sosiaalihuollon_asiakkuus")
        is_old = isinstance(told, dict) and told.get("vanha_asiakkuus") is True
        return state.shape.kind == "relationship" and not is_old
    if name == "content_specification" and state.shape.structure is None:
        return False
    if name == "replaced_id":
        return str(state.values.get("version")) != "1"
    return state.shape.kind in one.needs


def _client_teller(source: Source) -> Callable[[Row, State], Any]:
    """Return what asks one source of a client."""
    name = source.name.rpartition(".")[2]
    if source.derivation == "record":
        return lambda client, _state: client.get(name)
    return OF_CLIENT[name]


def _teller(source: Source) -> Tell:
    """Return what asks one source."""
    match source.derivation:
        case "record":
            return _recorded(source.name)
        case "structure":
            return _shaped(source.name)
        case "computed":
            return COMPUTED[source.name]
        case "mapping":
            return _mapped(source.name)
        case "settings":
            return lambda state: state.ground.setting(source.name)
        case "constant":
            return lambda _state: source.name


def _recorded(name: str) -> Tell:
    table, _, column = name.partition(".")
    if table == "body":
        told = bodies.TELLERS[column]
        return lambda state: told(state.body)
    if table == "author":
        return lambda state: _author(state).get(column)
    if table == "unit":
        return lambda state: state.case.unit.get(column)
    return lambda state: state.case.document.get(column)


def _author(state: State) -> Row:
    """Return the author: the record comes before the body."""
    return state.case.author if state.case.author.get("last_name") else {
        **bodies.author(state.body), **state.case.author
    }  # fmt: skip


def _shaped(name: str) -> Tell:
    return lambda state: state.shape.told.get(name)


def _mapped(name: str) -> Tell:
    """Return what looks a document up in a mapping of the settings."""
    found: dict[tuple[int, object], object] = {}

    def told(state: State) -> object:
        task = state.values.get("service_task")
        key = (id(state.shape), task)
        if key not in found:
            mapping = getattr(state.ground.settings.archive, name)
            shape = state.shape.told
            keys = (shape.get("specific_type"), shape.get("general_type"), task,
                    state.shape.kind, "default")  # fmt: skip
            found[key] = next((mapping[str(k)] for k in keys if k and str(k) in mapping), None)
        return found[key]

    return told
