"""Making one archive document: resolved, laid out, written and checked, or held with reasons."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from kirjaamo.archive.building.cases import Case
from kirjaamo.archive.building.computing import State
from kirjaamo.archive.building.ground import Ground, Shape
from kirjaamo.archive.building.pdf import fault as pdf_fault
from kirjaamo.archive.building.reasons import Fault
from kirjaamo.archive.building.resolving import Resolved, Resolver
from kirjaamo.archive.checking import Means, check
from kirjaamo.archive.fields.filling import Written
from kirjaamo.archive.fields.skeleton import template
from kirjaamo.archive.signing.form import LARGEST
from kirjaamo.archive.view.errors import IllegalCharacterError, WrongStructureError
from kirjaamo.documents.parsing import Damaged, parse
from kirjaamo.errors import UnknownNameError


class Built(NamedTuple):
    """A document and its frame, UTF-8 with LF line ends.

    Attributes:
        oid: OID of the document.
        cda: The document.
        frame: The frame.
        origins: Field to the source that told it.
    """

    oid: str
    cda: bytes
    frame: bytes
    origins: Mapping[str, str]


class Draft(NamedTuple):
    """A document and its frame as they were written, before they are checked.

    Attributes:
        oid: OID of the document.
        cda: The document.
        frame: The frame.
        origins: Field to the source that told it.
    """

    oid: str
    cda: Written
    frame: Written
    origins: Mapping[str, str]


@dataclass(slots=True)
class Maker:
    """Makes documents.

    Attributes:
        ground: Settings, lists and structures.
        means: What built documents are checked with; None to leave that to another step.
    """

    ground: Ground
    means: Means | None = None
    _resolver: Resolver | None = None

    def make(self, case: Case) -> Built | list[Fault]:
        """Return a document with its frame, or what holds it; the same input gives the same bytes."""
        return self.checked(self.build(case))

    def build(self, case: Case) -> Draft | list[Fault]:
        """Return a document that is not checked yet, or what holds it."""
        state = self._state(case)
        if isinstance(state, list):
            return state
        laid = self._laid(state)
        if laid:
            return [laid]
        if self._resolver is None:
            self._resolver = Resolver(self.ground)
        resolved = self._resolver.resolve(state)
        expired = _expired(state, resolved)
        if resolved.faults or expired:
            return [*resolved.faults, *expired]
        return written(resolved, len(state.clients))

    def _state(self, case: Case) -> State | list[Fault]:
        """Return what is known of a document before its fields are resolved."""
        if not case.content and not case.pdf:
            return [Fault("body", "no-file")]
        if case.pdf and (wrong := pdf_fault(case.pdf)):
            return [Fault("view", wrong)]
        try:
            tree = parse(case.content) if case.content else None
            shape = self._shape(case, tree)
        except Damaged as error:
            return [Fault("body", "too-large" if str(error) == "size" else "damaged")]
        except UnknownNameError:
            return [Fault("content_specification", "unknown-structure")]
        return State(case, self.ground, shape, tree)

    def _shape(self, case: Case, tree: dict[str, Any] | None) -> Shape:
        told = str(case.document.get("structure") or "")
        if tree is None:
            return self.ground.shape("", str(case.document.get("document_type") or ""))
        oid = told or self.ground.library.identify("", tree, self.ground.made.date())
        return self.ground.shape(oid or "?")

    def _laid(self, state: State) -> Fault | None:
        """Lay the view out, and return what is wrong with the body."""
        structure = state.shape.structure
        if state.case.pdf or structure is None or state.tree is None:
            return None
        told = state.case.document
        language = str(told.get("language") or self.ground.settings.archive.language or "fi")
        try:
            state.view = self.ground.views.view(
                state.tree, structure,
                language="sv" if language.lower() == "sv" else "fi",
                oid=str(told.get("document_id") or ""),
                letterhead=self.ground.letterhead, date=state.own,
            )  # fmt: skip
        except IllegalCharacterError:
            return Fault("view", "illegal")
        except WrongStructureError:
            return Fault("body", "other-structure")
        return None

    def checked(self, draft: Draft | list[Fault]) -> Built | list[Fault]:
        """Return a document that was built, or the rules that hold it."""
        if isinstance(draft, list):
            return draft
        if len(draft.cda.content) > LARGEST:
            return [Fault("body", "too-large")]
        found = check(draft.cda, draft.frame, self.means) if self.means else []
        if found:
            return [Fault(rule, "rule") for rule in Counter(one.rule for one in found)]
        return Built(draft.oid, draft.cda.content, draft.frame.content, draft.origins)


def _expired(state: State, resolved: Resolved) -> list[Fault]:
    """Return the fault of a document that was authored when its structure applied no longer."""
    ends, authored = state.shape.ends, resolved.values.get("authored")
    if ends is None or authored is None or authored[:8] < f"{ends:%Y%m%d}":
        return []
    return [Fault("content_specification", "expired-structure")]


def written(resolved: Resolved, clients: int) -> Draft:
    """Return a document and its frame as their templates write them."""
    present = frozenset(resolved.values)
    return Draft(
        resolved.values["document_id"],
        Written(template("document", present, clients), resolved.values),
        Written(template("frame", present, clients), resolved.values),
        resolved.origins,
    )
