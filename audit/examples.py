"""An example of each flaw and of the same thing done well, for reports and training.

Persons and cases in them are made up.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from kirjaamo.messages import N_


@dataclass(frozen=True, slots=True)
class Example:
    """A record before and after; catalogue sentences."""

    poor: str
    good: str


EXAMPLES: Mapping[str, Example] = {
    "RQ001": Example(
        N_("Home visit on 3 March, recorded on 2 April from notes."),
        N_("Home visit on 3 March, recorded on 3 March right after the visit."),
    ),
    "RQ002": Example(
        N_("Needs assessment written as one free text without a form."),
        N_(
            "The form of the needs assessment was chosen first and each part written in its place."
        ),
    ),
    "RQ003": Example(
        N_("Phone call, support goes on. (No author, time or matter.)"),
        N_("Phone call on 5 May at 10.15, author and matter filled in."),
    ),
    "RQ004": Example(
        N_("The support is not enough and more is needed at home."),
        N_(
            "The client says that evenings are heavy and hopes for help with them. I assess that "
            "two visits a week are enough, because mornings go well."
        ),
    ),
    "RQ005": Example(
        N_("Granted as applied for."),
        N_(
            "Granted, because according to the assessment of 5 May the client cannot wash alone "
            "and no other service meets the need."
        ),
    ),
    "RQ006": Example(
        N_("Legal basis: Social Welfare Act."),
        N_("Legal basis: Social Welfare Act 1301/2014, section 19."),
    ),
    "RQ007": Example(
        N_("Decision without any word on appeal."),
        N_(
            "You can claim a review within 30 days of notice of the decision; instructions enclosed."
        ),
    ),
    "RQ008": Example(
        N_("A matter of child protection recorded under services for families."),
        N_("The record has the service task of its matter: child protection."),
    ),
    "RQ009": Example(
        N_("Service process: (empty)"),
        N_("Service process: assessment of the need of services."),
    ),
    "RQ010": Example(
        N_("Class of the matter: other."),
        N_("The class that tells what the matter is about was looked up from the list."),
    ),
    "RQ011": Example(
        N_("As before."),
        N_(
            "The client came to the agreed meeting; the plan was gone through and goes on as it is."
        ),
    ),
    "RQ012": Example(
        N_("The same ten lines as last week, with a new date."),
        N_("As agreed on 5 May. New today: the client has begun a work trial."),
    ),
    "RQ013": Example(
        N_("The same text in the records of three clients."),
        N_("Each client's record tells that client's own day, words and agreement."),
    ),
    "RQ014": Example(
        N_("Five pages of an e-mail exchange pasted into one entry."),
        N_("Three sentences on what was agreed; the exchange is attached as a document."),
    ),
    "RQ015": Example(
        N_("A sentence of sixty words full of abstract nouns."),
        N_("Short sentences that tell who did what, when and why."),
    ),
    "RQ016": Example(
        N_("With regard to housing, restlessness occurs."),
        N_("The client wakes up several times a night."),
    ),
    "RQ017": Example(
        N_("Met at PTK, SHO agreed w. KL."),
        N_("Met at the day centre; home care agreed with the home-care supervisor."),
    ),
    "RQ018": Example(
        N_("Clietn caled adn asekd for tme."),
        N_("The client called and asked for an appointment."),
    ),
    "RQ019": Example(
        N_("Neighbour's phone number and a daughter's identity code in the text."),
        N_(
            "Contact person filled in in the contact fields; nothing of the neighbour in the text."
        ),
    ),
    "RQ020": Example(
        N_("A draft from last spring that nobody sees."),
        N_("Finished and approved on the day of the meeting."),
    ),
    "RQ021": Example(
        N_("A third version, because dates were wrong."),
        N_("Dates and persons checked before saving; one version is enough."),
    ),
    "RQ022": Example(
        N_("Code of a decision, name of a plan."),
        N_("Code and name come from the same line of the national list."),
    ),
}
"""Code of a measure to its example."""
