"""Damage to codes: each function yields every edit of its kind that a document allows."""

from collections.abc import Iterator

from kirjaamo.classifications.structures.model import Kind, SystemCheck
from kirjaamo.samples.documents.codes import APPEAL_MEANS, REVIEW
from kirjaamo.samples.documents.scenes import Edit, Scene

SUBSTITUTE_CARE = "Lastensuojelun sijaishuollon asiakasasiakirjat"
"""The subject of the structures whose decisions are appealed to the court alone."""


def code_not_allowed(scene: Scene) -> Iterator[Edit]:
    """Put a code that the structure does not allow."""
    for site in scene.of(Kind.CODE):
        if site.field.codes and not site.field.open:
            yield site.member(code="998")


def code_not_in_complete_list(scene: Scene) -> Iterator[Edit]:
    """Put a code that a complete national list does not have."""
    return _unknown_code(scene, complete=True)


def code_not_in_known_list(scene: Scene) -> Iterator[Edit]:
    """Put a code that an incomplete list does not have."""
    return _unknown_code(scene, complete=False)


def _unknown_code(scene: Scene, *, complete: bool) -> Iterator[Edit]:
    for site in scene.of(Kind.CODE):
        listed = scene.listed(site)
        if listed is not None and listed.complete is complete:
            yield site.member(code="ZZ9")


def code_not_in_force(scene: Scene) -> Iterator[Edit]:
    """Put a code that was in force on other days."""
    day = scene.day()
    for site in scene.of(Kind.CODE) if day else ():
        listed = scene.listed(site)
        if listed is None or day is None:
            continue
        usable = set(listed.on(day)["code"])
        rows = listed.frame.select("code", "name_fi").iter_rows()
        found = next((row for row in rows if row[0] not in usable and row[1]), None)
        if found:
            pointer, edit = site.member(code=found[0], display=found[1])
            yield f"{pointer}/code", edit


def display_differs(scene: Scene) -> Iterator[Edit]:
    """Put a name that no code of the list has."""
    for site in scene.of(Kind.CODE):
        listed = scene.listed(site)
        code = site.value["code"]
        if listed and listed.display(code, "sv") != listed.display(code, "fi"):
            yield site.member(display="Jokin aivan muu nimi")


def wrong_system(scene: Scene) -> Iterator[Edit]:
    """Put the identifier of another code system."""
    for site in scene.of(Kind.CODE):
        if site.field.system_check is not SystemCheck.FREE:
            yield site.member(system="urn:oid:1.2.3.4")


def review_in_child_protection(scene: Scene) -> Iterator[Edit]:
    """Offer a request for review where only an appeal to the court is possible."""
    if scene.structure.subject != SUBSTITUTE_CARE:
        return
    for site in scene.of(Kind.CODE):
        if site.field.system == APPEAL_MEANS and not site.field.codes:
            pointer, edit = site.member(code=REVIEW, display="Oikaisuvaatimus")
            yield f"{pointer}/code", edit
