"""Texts that are nearly the same, among a million, without comparing each with each.

Equal texts are found by grouping.  Of the others, MinHash signatures of their three-word
phrases (A. Broder, 1997) are cut into bands; texts that share a band are compared, each with its
neighbours in the band only, so that the work grows with the number of texts and not with its
square.  A pair counts when the Jaccard similarity of its phrases, computed exactly, is at least
the limit.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

import polars as pl
import rensa

from kirjaamo.audit.texts import plain

BANDS, ROWS, SEED = 16, 4, 1
"""Bands of a signature, numbers in each, and the seed: at a similarity of 0.9 one pair in ten
million is missed, at 0.8 two in ten thousand."""

_CHUNK = 50_000
_PHRASE = 3
_FACTORS = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)


class Whose(StrEnum):
    """Among whose entries a copy stands."""

    SAME_CLIENT = "same"
    OTHER_CLIENT = "other"


@dataclass(slots=True)
class Copies:
    """The near copies among the texts of one table; found once for each pair of limits.

    Attributes:
        rows: Records with ``client_id`` and ``text``.
    """

    rows: pl.DataFrame
    _found: dict[tuple[float, int], pl.DataFrame] = field(default_factory=dict)

    def flags(self, whose: Whose, alike: float, characters: int) -> pl.Series:
        """Return for every record whether a near copy stands among those entries.

        Args:
            whose: Among whose entries.
            alike: Least Jaccard similarity, 0 to 1.
            characters: Shorter texts, and texts of nobody, give null.
        """
        key = (alike, characters)
        if key not in self._found:
            self._found[key] = _judged(self.rows, alike, characters)
        return self._found[key][whose]


def _judged(rows: pl.DataFrame, alike: float, characters: int) -> pl.DataFrame:
    """Return the columns ``same`` and ``other`` beside every record."""
    judged = (
        rows.lazy()
        .select("client_id", plain=plain(pl.col("text")))
        .with_row_index("_n")
        .filter(pl.col("plain").str.len_chars() >= characters, pl.col("client_id").is_not_null())
        .collect()
    )  # fmt: skip
    texts = judged.select(pl.col("plain").unique(maintain_order=True)).with_row_index("text_no")
    known = judged.join(texts, on="plain").select("_n", "client_id", "text_no")
    near = _near(texts["plain"], known, alike)
    owners = known.group_by("text_no", "client_id").agg(pl.len().alias("times"))
    found = known.join(_answers(owners, near), on=["text_no", "client_id"])
    return (
        rows.select(pl.int_range(pl.len(), dtype=pl.get_index_type()).alias("_n"))
        .join(found, on="_n", how="left", maintain_order="left")
        .select("same", "other")
    )


def _answers(owners: pl.DataFrame, near: pl.DataFrame) -> pl.DataFrame:
    """Return for every text of a client whether it is copied: equal texts and near ones."""
    equal = owners.with_columns(
        same=pl.col("times") > 1, other=pl.len().over("text_no") > 1
    ).drop("times")
    beside = owners.select(text_no="text_no", beside="client_id")
    reached = (
        near.join(beside.rename({"text_no": "near_no"}), on="near_no")
        .join(owners.select("text_no", "client_id"), on="text_no")
        .group_by("text_no", "client_id")
        .agg(
            near_same=(pl.col("beside") == pl.col("client_id")).any(),
            near_other=(pl.col("beside") != pl.col("client_id")).any(),
        )
    )
    return equal.join(reached, on=["text_no", "client_id"], how="left").select(
        "text_no",
        "client_id",
        same=pl.col("same") | pl.col("near_same").fill_null(value=False),
        other=pl.col("other") | pl.col("near_other").fill_null(value=False),
    )


def _near(texts: pl.Series, known: pl.DataFrame, alike: float) -> pl.DataFrame:
    """Return pairs of different texts that are nearly the same, both ways round."""
    clients = known.group_by("text_no").agg(pl.col("client_id").first())
    bands = pl.concat(list(_signatures(texts)) or [_NO_BANDS])
    whole = bands.join(clients, on="text_no")
    pairs = [
        whole.sort(name, *by, "text_no").select(
            "text_no",
            near_no=pl.col("text_no").shift(-1).over([name, *by], mapping_strategy="group_to_rows"),
        )
        for name in bands.columns[1:]
        for by in ((), ("client_id",))
    ]  # fmt: skip
    asked = pl.concat(pairs).drop_nulls().unique()
    one_way = asked.filter(_similarity(texts, asked) >= alike)
    return pl.concat([one_way, one_way.select(text_no="near_no", near_no="text_no")])


_NO_BANDS = pl.DataFrame(
    schema={"text_no": pl.get_index_type(), **{f"band{n}": pl.UInt64() for n in range(BANDS)}}
)


def _signatures(texts: pl.Series) -> Iterator[pl.DataFrame]:
    """Yield number and bands of the texts, some at a time."""
    for first in range(0, len(texts), _CHUNK):
        part = texts[first : first + _CHUNK]
        phrases = _phrases(part)
        ends = phrases["hashes"].list.len().cum_sum().to_list()
        flat = phrases["hashes"].explode().to_list()
        matrix = rensa.RMinHash.digest_matrix_from_flat_token_hashes(
            flat, [0, *ends], BANDS * ROWS, SEED
        )
        numbers = pl.DataFrame(matrix.to_rows(), orient="row")
        yield numbers.select(
            (pl.int_range(pl.len(), dtype=pl.get_index_type()) + first).alias("text_no"),
            *(_band(numbers.columns[n * ROWS : (n + 1) * ROWS]).alias(f"band{n}")
              for n in range(BANDS)),
        )  # fmt: skip


def _band(columns: list[str]) -> pl.Expr:
    return pl.struct(columns).hash(seed=SEED)


def _phrases(texts: pl.Series) -> pl.DataFrame:
    """Return the hashes of the three-word phrases of every text, each once, by ``number``."""
    words = (
        texts.to_frame("text")
        .select(pl.col("text").str.split(" ").alias("word"))
        .with_row_index("number")
        .explode("word")
        .select("number", hashed=pl.col("word").hash(seed=SEED))
    )
    parts = [
        pl.col("hashed").shift(-step).over("number") * pl.lit(factor, pl.UInt64)
        for step, factor in enumerate(_FACTORS)
    ]
    # The last words of a text have no phrase of their own, but a text of two words has one.
    return (
        words.with_columns(
            phrase=pl.reduce(lambda one, two: one.fill_null(0) ^ two.fill_null(0), parts),
            last=pl.col("hashed").shift(1 - _PHRASE).over("number").is_null(),
            first=pl.int_range(pl.len()).over("number") == 0,
        )
        .filter(~pl.col("last") | pl.col("first"))
        .group_by("number", maintain_order=True)
        .agg(hashes=pl.col("phrase").unique(maintain_order=True))
    )


def _similarity(texts: pl.Series, pairs: pl.DataFrame) -> pl.Series:
    """Return the exact Jaccard similarity of the phrases of every pair."""
    if pairs.is_empty():
        return pl.Series(dtype=pl.Float64)
    asked = pl.concat([pairs["text_no"], pairs["near_no"]]).unique().sort()
    phrases = _phrases(texts.gather(asked)).select("hashes", text_no=asked)
    both = pairs.join(phrases, on="text_no", maintain_order="left").join(
        phrases.rename({"text_no": "near_no", "hashes": "others"}),
        on="near_no",
        maintain_order="left",
    )
    common = pl.col("hashes").list.set_intersection("others").list.len()
    every = pl.col("hashes").list.set_union("others").list.len()
    return both.select(common / every).to_series()
