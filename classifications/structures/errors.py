"""What can go wrong with document structures, one class each."""

from kirjaamo.errors import KirjaamoError
from kirjaamo.messages import N_


class NotAStructureError(KirjaamoError):
    """A file is not a national document structure, or is damaged."""

    sentence = N_(
        "{file}{place}: {reason}. Nothing was imported; take the file away or get it again."
    )

    def __init__(self, *, file: object, reason: str, place: str = "") -> None:
        """Keep the file, the JSON path inside it, and the reason."""
        where = f", {place}" if place else ""
        super().__init__(file=file, reason=reason, place=where)

    def __str__(self) -> str:
        """Return the sentence with its reason in the language in use."""
        from kirjaamo.messages import gettext

        facts = self.facts | {"reason": gettext(str(self.facts["reason"]))}
        return gettext(self.sentence).format(**facts)


class UnknownKeywordError(KirjaamoError):
    """A national schema uses a keyword whose meaning is not known here."""

    sentence = N_(
        "{file}, {place}: the keyword “{keyword}” is not known, and leaving it out would "
        "change what the structure means. Nothing was imported; "
        "a newer version of Kirjaamo is needed."
    )


class NotRebuiltError(KirjaamoError):
    """The facts taken from a schema would not accept and refuse the same documents."""

    sentence = N_(
        "{file}, {place}: the facts taken from the file do not give the same validation as "
        "the file itself. Nothing was imported; a newer version of Kirjaamo is needed."
    )


class SameStructureTwiceError(KirjaamoError):
    """Two files define the same version of a structure."""

    sentence = N_(
        "{first} and {second} both define {oid}. Keep one of them, then import again."
    )


class NoStructuresError(KirjaamoError):
    """A folder holds no JSON file."""

    sentence = N_(
        "There is no JSON file in {folder}. "
        "Give the folder that holds the national document structures."
    )


class NoVersionInForceError(KirjaamoError):
    """A structure did not exist yet on the day asked for."""

    sentence = N_(
        "Document structure {code} was not in force on {day}: its first known version "
        "begins on {first}. Give a later day with --on."
    )
