"""What a report says in plain language."""

from collections.abc import Iterator

from kirjaamo.audit.reporting.content import Content
from kirjaamo.audit.reporting.wording import title
from kirjaamo.audit.trend.comparing import Change
from kirjaamo.messages import gettext
from kirjaamo.wording import number, per_cent, points


def lead(told: Content) -> str:
    """Return the summary: how much was read, how it stands, what matters most."""
    if told.whole is None:
        return gettext("No record could be judged; the reasons stand at the end of the page.")
    parts = [
        gettext("{rows} records were read. Recording scores {score} of 100.").format(
            rows=number(told.scores.rows), score=points(told.whole)
        )
    ]
    measured = [card for card in told.cards if card.score is not None]
    ordered = sorted(measured, key=lambda card: card.score or 0)
    if len(ordered) > 1:
        told_areas = gettext("Strongest is “{best}”, weakest “{worst}”.")
        parts.append(
            told_areas.format(best=gettext(ordered[-1].name), worst=gettext(ordered[0].name))
        )
    if told.findings:
        first = told.findings[0]
        sentence = gettext("Most would be gained by mending this: {title}, {share} of records.")
        parts.append(
            sentence.format(title=gettext(first.measure.title), share=per_cent(first.share))
        )
    return " ".join(parts)


def changes(told: Content) -> str:
    """Return how many measures got better or worse, and which improved most."""
    better, worse = told.changed(Change.BETTER), told.changed(Change.WORSE)
    sentence = gettext("Better: {better}. Worse: {worse}. Definition changed: {redefined}.")
    text = sentence.format(
        better=len(better), worse=len(worse), redefined=len(told.changed(Change.REDEFINED))
    )
    if better:
        most = min(better, key=lambda row: float(str(row["difference"])))
        improved = gettext("The greatest improvement is in “{title}”.")
        text += " " + improved.format(title=title(str(most["measure"])))
    return text


def method(told: Content) -> Iterator[str]:
    """Yield how scores are made and what they cannot tell."""
    records, workers = told.smallest
    yield gettext(
        "Each measure judges records one by one: flawed, not flawed, or not to be judged. Its "
        "share is the flawed ones of those judged. The score of an area is 100 minus the mean "
        "share of its measures in per cent; every measure weighs the same."
    )
    yield gettext(
        "Intervals are of 95 per cent: of a share by Wilson, of a change by Newcombe, of an area "
        "joined from its measures. A change counts as such only when its interval leaves out zero."
    )
    yield gettext(
        "A group with fewer than {records} judged records or {workers} workers is not shown, and "
        "its records are left out of every table of that measure, totals too. So nothing about "
        "it can be worked out from the others."
    ).format(records=records, workers=workers)
    yield gettext(
        "The report judges records, not people. What a system cannot record is not judged; what "
        "else a system causes stands with every measure. No worker is named or ranked."
    )
    yield gettext(
        "Every count is kept with the version of its definition, so that a new rule or threshold "
        "is never taken for a change of quality."
    )
