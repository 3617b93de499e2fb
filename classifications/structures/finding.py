"""Finding structures and fields by a name that is only almost right."""

import dataclasses
import unicodedata

from rapidfuzz import fuzz, process

from kirjaamo.classifications.structures.library import Structures
from kirjaamo.classifications.structures.model import Name, Structure

LEAST = 70
"""Scores from 0 to 100; a name below this is not what was meant."""


PART = 0.9
"""What a text found inside a longer name is worth beside the same name as a whole."""


@dataclasses.dataclass(frozen=True, slots=True)
class Match:
    """A name that resembles what was looked for.

    Attributes:
        score: 0 to 100, 100 being the same name.
        name: The name.
        oid: The newest structure version that has it.
        path: The field there; empty when the name is that of the structure itself.
        versions: How many structure versions have it.
    """

    score: int
    name: Name
    oid: str
    path: str
    versions: int


def find(library: Structures, text: str, limit: int = 20) -> tuple[Match, ...]:
    """Return the names of structures and fields that resemble *text*, best first.

    Finnish and Swedish names count alike; a name that many versions share comes once.
    """
    known, wanted = _names(library), _plain(text)
    scores: dict[tuple[str, bool], float] = {}
    for language in ("fi", "sv"):
        names = {key: _plain(getattr(match.name, language)) for key, match in known.items()}
        longer = {key: name for key, name in names.items() if len(name) > len(wanted)}
        for scorer, among, weight in (
            (fuzz.ratio, names, 1),
            (fuzz.partial_ratio, longer, PART),
        ):
            for _, score, key in process.extract(wanted, among, scorer=scorer, limit=None):
                scores[key] = max(score * weight, scores.get(key, 0))
    scores = {key: score for key, score in scores.items() if score >= LEAST}
    best = [
        dataclasses.replace(known[key], score=round(score)) for key, score in scores.items()
    ]
    best.sort(key=lambda one: (-one.score, one.path != "", len(one.name.fi), one.name.fi))
    return tuple(best[:limit])


def _plain(name: str | None) -> str:
    """Return a name as hasty fingers type it.

    >>> _plain("Päätös  ÅLAND")
    'paatos aland'
    """
    letters = unicodedata.normalize("NFKD", (name or "").casefold())
    return " ".join("".join(one for one in letters if not unicodedata.combining(one)).split())


def _names(library: Structures) -> dict[tuple[str, bool], Match]:
    """Return every distinct name: (Finnish name, is a field's) to its newest place."""
    found: dict[tuple[str, bool], Match] = {}
    for structure in sorted(library.all(), key=lambda one: one.valid_from, reverse=True):
        for key, (name, path) in _names_of(structure).items():
            first = found.setdefault(key, Match(0, name, structure.oid, path, 0))
            found[key] = dataclasses.replace(first, versions=first.versions + 1)
    return found


def _names_of(structure: Structure) -> dict[tuple[str, bool], tuple[Name, str]]:
    names = {
        (field.name.fi, True): (field.name, field.path) for field in reversed(structure.fields)
    }
    return {(structure.name.fi, False): (structure.name, ""), **names}
