"""What can be wrong with a cell of the survey workbook, one sentence each."""

from kirjaamo.messages import N_

OTHER = N_("it was not made by “kirjaamo survey workbook”")
YES_OR_NO = N_("the cell says neither yes nor no")
NO_OWNER = N_("the row is approved, but no owner is named")
NO_REASON = N_("the kind is left out, but no reason is given")
NEEDED = N_("the row is approved, but nothing is chosen here")
UNKNOWN = N_(
    "the value is not in the code list in use; choose one from the list, or import the official "
    "list with “kirjaamo codes import”"
)
NOT_IN_FORCE = N_("the code is not in force on the day for which it is meant")
NO_STRUCTURE = N_("there is no such structure")
OTHER_TYPE = N_("the structure is of another document type")
NO_RULE = N_("there is no such retention rule; choose one from the list")
OTHER_TASK = N_("the retention rule is for other service tasks")
OTHER_KIND = N_("the retention rule is for other kinds of documents")
CHANGED = N_("this is not what the sheet was made with; restore it")
TWICE = N_("this kind of document stands on two rows")
REMOVED = N_("rows that the sheet was made with are missing: {count}. Restore them")
