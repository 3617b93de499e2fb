"""Resolving metadata fields: the value of each, where it came from, and what holds a document.

The sources of a field are tried in order.  What is the same for all documents of a build (a
setting, a constant) is resolved once.  Values are escaped for XML here and nowhere else.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from kirjaamo.archive.building.cases import Row
from kirjaamo.archive.building.computing import COMPUTED, State
from kirjaamo.archive.building.ground import Ground
from kirjaamo.archive.building.reasons import CannotWrite, Fault
from kirjaamo.archive.building.telling import (
    Tell,
    client_teller,
    is_of_shape,
    only_column,
    teller,
)
from kirjaamo.archive.building.writing import WRITERS
from kirjaamo.archive.fields import Field, fields
from kirjaamo.archive.fields.model import Kind
from kirjaamo.archive.fields.skeleton import client_slot


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


class Step(NamedTuple):
    """One field with its sources, ready to be asked; *column* as `telling.only_column` tells it."""

    name: str
    field: Field
    tellers: tuple[tuple[str, Tell], ...]
    write: Callable[[object, Field, Ground], str]
    column: str = ""


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
                asked = tuple((str(s), client_teller(s)) for s in one.origins)
                self._client.append(ClientStep(name, one, asked, WRITERS[one.form]))
            elif not self._is_same(name, one):
                told = tuple((str(s), teller(s)) for s in one.origins)
                step = Step(name, one, told, WRITERS[one.form], only_column(one))
                (self._shaped if is_of_shape(one) else self._steps).append(step)

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
        alike = self._alike(state)
        values, origins, faults = alike.values.copy(), alike.origins.copy(), [*alike.faults]
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
        """Return the fields that are the same for all documents, or for all of a shape."""
        key = (id(state.shape), bool(state.case.pdf), bool(state.case.content))
        found = self._by_shape.get(key)
        if found is None:
            faults = [fault for one, fault in self._faults if state.shape.kind in one.needs]
            found = Resolved(self._same.copy(), self._origins.copy(), faults)
            self._by_shape[key] = found
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
