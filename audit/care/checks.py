"""The checks of data care: what each looks at and what to do about it.

Checks ``LC…`` are rules of ``kirjaamo.validators`` and are asked there; checks ``DC…`` stand here.
"""

from dataclasses import dataclass

from kirjaamo.messages import N_

RULES = ("LC002", "LC003", "LC015", "LC028", "LC029")
"""Rules of the life cycle that data care works through."""


@dataclass(frozen=True, slots=True)
class Check:
    """A check of data care.

    Attributes:
        code: ``DC`` and three digits; never used again.
        title: What is wrong, a catalogue sentence.
        advice: What to do, a catalogue sentence.
        basis: What it rests on.
        version: Grows when the definition changes.
    """

    code: str
    title: str
    advice: str
    basis: str
    version: int = 1


MINIMUM, LOOSE, EMPTY, LEFT_OPEN, DOCUMENT, REGISTER = (
    "DC001", "DC002", "DC003", "DC004", "DC005", "DC006",
)  # fmt: skip

CHECKS = {
    one.code: one
    for one in (
        Check(MINIMUM, N_("Required field missing"),
              N_("Record what is missing, or take the requirement out of care/minimum.yaml if it does not apply to you."),
              "Act 703/2023, sections 37 and 38"),
        Check(LOOSE, N_("Matter without a relationship"),
              N_("Join the matter to the client's relationship, or open one if it is missing."),
              "structure 1505.2, Asia-asiakirja"),
        Check(EMPTY, N_("Matter without documents, decisions and entries"),
              N_("Find out whether the matter was opened by mistake, and close or remove it."),
              "Act 703/2023, section 17"),
        Check(LEFT_OPEN, N_("Open matter in an ended relationship"),
              N_("Close the matter, or open the relationship again if the service goes on."),
              "Act 703/2023, annex: retention times run from the closing of the matter"),
        Check(DOCUMENT, N_("Document without a matter"),
              N_("Join the document to its matter."),
              "structure 1505.2, Asia-asiakirja"),
        Check(REGISTER, N_("Entry that looks like a patient record"),
              N_("Decide which register the entry belongs to, and correct it there."),
              "Act 703/2023, sections 18, 46, 47 and 101"),
    )
}  # fmt: skip
"""Every check of this module by code."""


def title(code: str) -> str:
    """Return the English title of a check or rule: a key of the catalogue."""
    if code in CHECKS:
        return CHECKS[code].title
    from kirjaamo import validators

    return validators.rules()[code].title


def advice(code: str) -> str:
    """Return what to do, a key of the catalogue."""
    if code in CHECKS:
        return CHECKS[code].advice
    from kirjaamo import validators

    return validators.rules()[code].advice
