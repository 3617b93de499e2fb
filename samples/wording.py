"""Texts of records, made from the sentences of ``data/texts.yaml``."""

import datetime as dt
from random import Random

from kirjaamo.samples.world import Texts


def entry(rng: Random, texts: Texts, language: str, day: dt.date) -> str:
    """Return the text of a record entry of *day*."""
    sentences = rng.sample(texts.entries[language], rng.choice((1, 1, 2)))
    month = texts.months[day.month % 12]
    return " ".join(sentences).format(month=month, n=rng.randint(2, 6))


def decision(
    rng: Random, texts: Texts, language: str, service: str, outcome: str
) -> dict[str, str]:
    """Return the text, the reasons and the appeal instructions of a decision."""
    text = rng.choice(texts.decisions[outcome][language])
    return {
        "text": text.format(service=service, n=rng.randint(1, 4)),
        "reasons": rng.choice(texts.reasons[outcome][language]),
        "appeal": texts.appeal[language],
    }
