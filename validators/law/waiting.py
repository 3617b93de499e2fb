"""The days of a service-need assessment: when the matter began, and the assessment in it."""

from collections.abc import Iterator

from kirjaamo.classifications.structures import Structure
from kirjaamo.documents.model import Document
from kirjaamo.validators.law.demands import named

STARTED, BEGUN = "palvelutarpeen_arvioinnin_aloittamispaiva", "vireilletulopaiva"
SPECIAL = "asiakkaalla_on_oikeus_erityiseen_tukeen"


def path_of(structure: Structure, key: str) -> str:
    """Return the path of the one field with a key, or "" when there is not just one."""
    found = [field.path for field in named(structure, key)]
    return found[0] if len(found) == 1 else ""


def paths_of(structure: Structure, *keys: str) -> Iterator[tuple[str, ...]]:
    """Yield the paths of fields, once, when the structure has every one of them."""
    found = tuple(path_of(structure, key) for key in keys)
    if all(found):
        yield found


def is_entitled(document: Document, path: str) -> bool:
    """Return whether the document says that the client is entitled to special support."""
    return any(value is True for _, value in document.at(path))
