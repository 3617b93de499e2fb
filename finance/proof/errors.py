"""What stops a proof."""

from kirjaamo.errors import KirjaamoError
from kirjaamo.messages import N_, gettext


class ProofError(KirjaamoError):
    """A proof cannot be given; every error of this room is one."""


class NoTaxonomyError(ProofError):
    """No taxonomy package was named."""

    sentence = N_(
        "The taxonomy package is not named. Give the authority's zip with --taxonomy, or name it "
        "as “taxonomy” in [finance] of kirjaamo.toml."
    )


class PackageError(ProofError):
    """A taxonomy package cannot be used."""

    sentence = N_(
        "{file} is no taxonomy package that can be used: {reason}. Get the package again from "
        "the authority."
    )

    def __str__(self) -> str:
        """Return the sentence with the reason in the language in use."""
        facts = {**self.facts, "reason": gettext(str(self.facts["reason"]))}
        return gettext(self.sentence).format(**facts)


class NoArelleError(ProofError):
    """Arelle is not installed."""

    sentence = N_(
        "Arelle is not installed. Install it with “pip install kirjaamo[xbrl]”, or check the "
        "sums only with --engine own."
    )


class NetworkNeededError(ProofError):
    """An instance names an entry point that the taxonomy package does not hold."""

    sentence = N_(
        "{file} names the entry point {address}, which the taxonomy package does not hold; it "
        "would have to be fetched from the network, and nothing is fetched. Give the package of "
        "the taxonomy version that the instance is of."
    )


class NoEntryPointError(ProofError):
    """An instance names no entry point."""

    sentence = N_("{file} names no entry point of a taxonomy, so it cannot be proved.")


class NotXmlError(ProofError):
    """Arelle was asked to prove what is no XBRL instance in XML."""

    sentence = N_(
        "{file} is no XBRL instance in XML. Arelle proves instances in XML; the sums of any form "
        "are checked with --engine own."
    )


UNREADABLE = N_("the zip file is damaged or is none")
LEAVES = N_("it holds a file whose name leads out of its folder")
LINKS = N_("it holds a link instead of a file")
TOO_MUCH = N_("it unpacks to more files or bytes than any taxonomy has")
LOCKED = N_("it is locked with a password")
NO_METADATA = N_("it has no META-INF/taxonomyPackage.xml in its one top folder")
NO_XML = N_("its description or a schema is not whole XML")
ENTITIES = N_("a file of it has a document type or entities")
"""Reasons of `PackageError`."""
