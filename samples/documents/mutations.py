"""Damage with a known place: one edit of a valid document that one rule must find.

A kind is a name, the rule that must find it, and a function that yields every edit of the
kind that a document allows.  To add one, write the function and its two lines, here and in
``data/mutations.yaml``.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any, Final

from kirjaamo.errors import UnknownNameError
from kirjaamo.messages import N_
from kirjaamo.samples.documents import BUNDLED, Documents
from kirjaamo.samples.documents import damage as fields
from kirjaamo.samples.documents import damage_codes as codes
from kirjaamo.samples.documents import damage_conditions as conditions
from kirjaamo.samples.documents.damage_conditions import without
from kirjaamo.samples.documents.scenes import Edit, Scene, scene
from kirjaamo.settings import read_yaml

GROUNDS = (
    "^(perustelut?|perustelut_[^/]*|[^/]*(huostaanoton|jatkamisen)_perustelut)$"
    "|lakiperuste|lainkohdat"
)
"""Paths of the reasons of a decision, and of the provisions it is based on."""

KINDS: Final[Mapping[str, Callable[[Scene], Iterator[Edit]]]] = {
    "required-field-missing": fields.required_field_missing,
    "unknown-field": fields.unknown_field,
    "wrong-type": fields.wrong_type,
    "code-not-allowed": codes.code_not_allowed,
    "code-not-in-complete-list": codes.code_not_in_complete_list,
    "code-not-in-known-list": codes.code_not_in_known_list,
    "code-not-in-force": codes.code_not_in_force,
    "display-differs": codes.display_differs,
    "wrong-system": codes.wrong_system,
    "date-in-another-form": fields.date_in_another_form,
    "impossible-day": fields.impossible_day,
    "impossible-day-of-a-time": fields.impossible_day_of_a_time,
    "hour-broken": fields.hour_broken,
    "offset-missing": fields.offset_missing,
    "identity-check-character": fields.identity_check_character,
    "identity-malformed": fields.identity_malformed,
    "identity-of-no-day": fields.identity_of_no_day,
    "birth-date-differs": fields.birth_date_differs,
    "oid-malformed": fields.oid_malformed,
    "oid-of-no-business": fields.oid_of_no_business,
    "temporary-malformed": fields.temporary_malformed,
    "start-after-end": fields.start_after_end,
    "conditional-field-missing": conditions.conditional_field_missing,
    "one-of-fields-missing": conditions.one_of_fields_missing,
    "forbidden-field-filled": conditions.forbidden_field_filled,
    "other-condition-broken": conditions.other_condition_broken,
    "too-few-items": fields.too_few_items,
    "required-text-empty": fields.required_text_empty,
    "fixed-text-changed": fields.fixed_text_changed,
    "second-root": fields.second_root,
    "wrong-root": fields.wrong_root,
    "unknown-root": fields.unknown_root,
    "day-in-the-future": fields.day_in_the_future,
    "day-before-the-structure": fields.day_before_the_structure,
    "review-in-child-protection": codes.review_in_child_protection,
    "other-without-text": conditions.other_without_text,
    "not-heard-without-reason": conditions.not_heard_without_reason,
    "decision-without-grounds": without(GROUNDS),
    "decision-without-appeal": without(r"(^|/)muutoksenhaku$"),
    "decision-without-authority": without(r"muutoksenhaku/viranomainen$"),
    "decision-without-maker": without(r"^paatoksentekija$"),
    "decision-without-recipients": without(r"tama_paatos_annetaan_tiedoksi"),
}
"""Every kind of damage by its name."""

TOLD_BESIDE: Final = frozenset({"wrong-root", "day-before-the-structure"})
"""Kinds for documents whose structure is told beside them: in the name of their file."""

TOLD_INSIDE: Final = frozenset({"unknown-root"})
"""Kinds for documents whose structure only the document itself tells."""


@dataclass(frozen=True, slots=True)
class Mutated:
    """A damaged document.

    Attributes:
        tree: The document.
        pointer: JSON pointer of the place that the rule points at; a missing field's place is
            where it should stand, and an unknown field is ``*``.
        kind: The kind of damage.
        rule: The rule that must find it, or the letters of its family.
    """

    tree: dict[str, Any]
    pointer: str
    kind: str
    rule: str


@cache
def rules() -> dict[str, str]:
    """Return the rule that must find each kind of damage."""
    return read_yaml(files("kirjaamo.samples") / "data" / "mutations.yaml", dict[str, str])


def mutate(
    tree: dict[str, Any], oid: str, kind: str, rng: Random, documents: Documents = BUNDLED
) -> Mutated | None:
    """Return *tree* with one edit of a kind, or None when there is no place for it.

    Args:
        tree: A valid document; it stays as it is.
        oid: Its structure version.
        kind: A name in `KINDS`.
        rng: Chance.
        documents: The maker of the document; its structures and code lists are used.

    Raises:
        UnknownNameError: There is no such kind or structure.
    """
    if kind not in KINDS:
        raise UnknownNameError(kind=N_("kind of damage"), name=kind, known=tuple(KINDS))
    laid = scene(documents.plan(oid), tree, documents.codes, rng)
    edits = list(KINDS[kind](laid))
    if not edits:
        return None
    pointer, edit = edits[int(rng.random() * len(edits))]
    edit()
    return Mutated(laid.tree, pointer, kind, rules()[kind])


def any_kind(
    tree: dict[str, Any],
    oid: str,
    rng: Random,
    documents: Documents = BUNDLED,
    *,
    leave_out: frozenset[str] = TOLD_INSIDE,
) -> Mutated:
    """Return *tree* with one edit of any kind that it has a place for; see `mutate`."""
    kinds = [kind for kind in KINDS if kind not in leave_out]
    rng.shuffle(kinds)
    found = (mutate(tree, oid, kind, rng, documents) for kind in kinds)
    return next(one for one in found if one is not None)
