"""What stops the reading of an instance."""

from kirjaamo.errors import KirjaamoError
from kirjaamo.messages import N_, gettext


class InstanceError(KirjaamoError):
    """An instance cannot be read; every error of this room is one."""

    sentence = N_("{file} is no instance that can be read: {reason}.")

    def __str__(self) -> str:
        """Return the sentence with the reason in the language in use."""
        facts = {**self.facts, "reason": gettext(str(self.facts.get("reason", "")))}
        return gettext(self.sentence).format(**facts)


class BrokenXmlInstanceError(InstanceError):
    """The XML is not whole."""

    sentence = N_("{file} is not whole XML; it breaks off at line {line}. Get the file again.")


class EntitiesError(InstanceError):
    """The XML has a document type, which could hold entities or fetch files."""

    sentence = N_("{file} has a document type or entities. An instance may have none.")


class TooLargeInstanceError(InstanceError):
    """The file, or what it unpacks to, is larger than any filing."""

    sentence = N_(
        "{file} is larger than {limit} MB, packed or unpacked. No filing is so large."
    )


class SeveralFilersError(InstanceError):
    """Facts are of more than one filer."""

    sentence = N_("{file} holds facts of more than one filer. An instance is of one.")


class UnsafePackageError(InstanceError):
    """A package would write outside its folder."""

    sentence = N_("{file} holds a file whose name leads out of its folder. It was not opened.")


class LooseReferenceError(InstanceError):
    """A fact names a context or unit that the instance does not have."""

    sentence = N_(
        "{file}, line {line}: a fact names a context or a unit that is not there. "
        "See all such places with kirjaamo finance check."
    )


NO_FORM = N_("it is neither XBRL, xBRL-CSV, xBRL-JSON nor a report package")
INLINE = N_("it is inline XBRL; name the instance that it was made from")
NO_ROOT = N_("its root is not xbrli:xbrl")
BROKEN_ZIP = N_("the zip file is damaged, locked or strangely packed")
NO_REPORT = N_("it holds no report, or more than one")
BROKEN_JSON = N_("it is not whole JSON")
TWICE = N_("a name stands twice in one object of its JSON")
NO_OIM = N_("its JSON lacks what a report must have")
OTHER_OIM = N_("its metadata use parts of the specification that are not read here")
BROKEN_TABLE = N_("a table of it is missing, or has other columns than its metadata say")
"""Reasons of `InstanceError`."""
