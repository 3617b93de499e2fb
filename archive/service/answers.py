"""What an answer of the service means.

An empty answer with status 200 means that nothing was found; otherwise ``description`` of a JSON
object lists what was: ``1: …;2: …``.  A firewall before the service may answer with a page.
"""

import re
from dataclasses import dataclass
from typing import Final, Literal

import msgspec

from kirjaamo.archive.service.request import IDENTITY
from kirjaamo.messages import N_, gettext
from kirjaamo.wording import visible

OK: Final = 200
LONGEST: Final = 500
"""Characters of a finding that are kept."""

FIREWALL = N_("the firewall before the service rejected the request")
PAGE = N_("a web page came instead of an answer")
OTHER = N_("the answer is not what is known of the service (status {status})")
STATUS = N_("the service answered {status}")

State = Literal["accepted", "found", "unanswered", "unsent"]

_NUMBERED = re.compile(r"(?:^|;)\s*([0-9]+):\s*")


class _Told(msgspec.Struct):
    description: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that the service found: its number, and what it says."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one document.

    Attributes:
        state: Accepted, with findings, without a usable answer, or not sent.
        findings: What the service found.
        reason: Why there is no answer; may name ``{status}`` and ``{kind}``.
        status: HTTP status of the answer, 0 without one.
        kind: What kept the answer from coming.
    """

    state: State
    findings: tuple[Finding, ...] = ()
    reason: str = ""
    status: int = 0
    kind: str = ""

    def why(self) -> str:
        """Return why there is no answer, in the language in use."""
        return gettext(self.reason).format(status=self.status, kind=self.kind)


def understood(status: int, content: bytes) -> Answer:
    """Return what an answer means."""
    text = content.decode("utf-8", "replace").strip()
    if status == OK and not text:
        return Answer("accepted", status=status)
    if text.startswith("<"):
        rejected = "request rejected" in text.casefold()
        return Answer("unanswered", reason=FIREWALL if rejected else PAGE, status=status)
    try:
        told = msgspec.json.decode(content, type=_Told).description
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return Answer("unanswered", reason=OTHER if status == OK else STATUS, status=status)
    found = findings(told)
    if not found:
        return Answer("unanswered", reason=OTHER, status=status)
    return Answer("found", found, status=status)


def findings(description: str) -> tuple[Finding, ...]:
    """Return the numbered findings of a description; identity codes in them are masked.

    >>> [(one.number, one.text) for one in findings("1: first; and more;2: second")]
    [(1, 'first; and more'), (2, 'second')]
    """
    parts = _NUMBERED.split(description)
    if len(parts) == 1:
        return (Finding(1, _shown(description)),) if description.strip() else ()
    pairs = zip(parts[1::2], parts[2::2], strict=True)
    return tuple(Finding(int(number[:9]), _shown(text)) for number, text in pairs)


def _shown(text: str) -> str:
    masked = IDENTITY.sub("*", text.strip())
    return visible(masked if len(masked) <= LONGEST else f"{masked[:LONGEST]} …")
