"""What the commonest codes of Arelle, and those of our own rules, mean to the one who files."""

from typing import Final

from kirjaamo.messages import N_

SUM: Final = "kirjaamo:sum"
ROUNDING: Final = "kirjaamo:rounding"
COMPARISON: Final = "kirjaamo:comparison"
CELL: Final = "kirjaamo:cell"

MEANINGS: Final = {
    SUM: N_("A total is not the sum of its parts."),
    ROUNDING: N_("A total differs from the sum of its parts by a gap of rounding."),
    COMPARISON: N_("A total is not what it must be beside the sum of its parts."),
    CELL: N_("A value has no cell in any table of the taxonomy."),
    "formula:assertionUnsatisfied": N_("An assertion of the taxonomy does not hold."),
    "xbrldie:PrimaryItemDimensionallyInvalidError": N_(
        "A value has no cell in any table of the taxonomy."
    ),
    "xbrldie:ExplicitMemberUndefinedQNameError": N_(
        "A member of a dimension is not one of the taxonomy."
    ),
    "xbrldie:ExplicitMemberNotExplicitDimensionError": N_(
        "A dimension is not one of the taxonomy."
    ),
    "arelle:duplicateFacts": N_("A data point has more than one value."),
    "xmlSchema:valueError": N_("A value does not have the form that its metric asks for."),
    "xmlSchema:elementUnexpected": N_(
        "The XML holds an element that does not belong where it stands."
    ),
    "xmlSchema:syntax": N_("The XML is not whole."),
    "xbrl:schemaImportMissing": N_("A metric is not one of the taxonomy."),
    "xbrl.4.6.2:numericUnit": N_("A number has no unit."),
    "xbrl.4.8.2:monetaryFactUnit-notSingleMeasure": N_("An amount is not in a currency."),
    "xbrl.4.8.2:monetaryFactUnit-notMonetaryMeasure": N_("An amount is not in a currency."),
    "message": N_("An assertion of the taxonomy does not hold."),
}
"""Code to its meaning."""

OTHER: Final = N_("Arelle found a fault; its code is explained in the XBRL specifications.")


def meaning(code: str) -> str:
    """Return the sentence that explains a code, as a key of the catalogue."""
    return MEANINGS.get(code) or MEANINGS.get(code.partition(":")[0], OTHER)
