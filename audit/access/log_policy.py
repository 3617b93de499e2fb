"""The answers of a log policy: what is logged, why, how, for what, where, who sees it, how long.

What nobody has told is said to be unknown; nothing is guessed.
"""

from importlib.resources import files
from pathlib import Path
from typing import Final, Literal

import msgspec
import polars as pl

from kirjaamo.messages import N_, gettext, language
from kirjaamo.settings import read_yaml

FILE, SHIPPED = "log-policy.yaml", "log_policy.yaml"

QUESTIONS: Final = {
    "what": N_("What is logged?"),
    "why": N_("Why?"),
    "how": N_("How?"),
    "use": N_("What is done with the log?"),
    "where": N_("Where is it kept?"),
    "who": N_("Who may see it?"),
    "kept": N_("How long is it kept?"),
}
"""Key of a question to the question."""

HEADINGS: Final = (N_("Log"), N_("Question"), N_("Answer"), N_("Source"))

UNKNOWN = N_("not known: the organisation decides and writes it down")


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text in three languages."""

    fi: str
    sv: str
    en: str

    def __str__(self) -> str:
        """Return the text in the language in use."""
        return str(getattr(self, language()))


class Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An answer and where it comes from; none where nobody has told.

    Attributes:
        answer: In three languages, or one text for all of them.
        source: Where it comes from, likewise.
    """

    answer: Text | str | None = None
    source: Text | str = ""


Question = Literal["what", "why", "how", "use", "where", "who", "kept"]


class Subject(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A log and what is answered of it.

    Attributes:
        subject: The log.
        answers: Question to answer; a question that is missing has none.
    """

    subject: Text | str
    answers: dict[Question, Answer]


def read(folder: Path | None) -> tuple[Subject, ...]:
    """Return the shipped answers, and those of ``log-policy.yaml`` in *folder* after them.

    Raises:
        SettingsError: The file is broken.
    """
    shipped = read_yaml(files("kirjaamo.audit.access") / SHIPPED, tuple[Subject, ...])
    own = folder / FILE if folder else None
    return shipped + (read_yaml(own, tuple[Subject, ...]) if own and own.exists() else ())


def table(subjects: tuple[Subject, ...]) -> pl.DataFrame:
    """Return a row for each question of each log, in the language in use.

    An answer of a later subject of the same name takes the place of an earlier one.

    Returns:
        `HEADINGS` in the language in use; all texts.
    """
    merged: dict[str, dict[str, Answer]] = {}
    for one in subjects:
        answers = merged.setdefault(str(one.subject), {})
        answers |= {key: told for key, told in one.answers.items() if told.answer is not None}
    rows = [
        (name, gettext(question), _told(answers.get(key)), _source(answers.get(key)))
        for name, answers in merged.items()
        for key, question in QUESTIONS.items()
    ]
    schema = dict.fromkeys(map(gettext, HEADINGS), pl.String)
    return pl.DataFrame(rows, schema, orient="row")


def _told(answer: Answer | None) -> str:
    return gettext(UNKNOWN) if answer is None else str(answer.answer)


def _source(answer: Answer | None) -> str:
    return str(answer.source) if answer else ""
