"""Settings of financial reports: what a ledger must satisfy, and where its sums are filed.

Nothing here is built in: signs, shares and combinations are those that the organisation's own
instructions state, and the dimensions are those of the taxonomy that it files in.
"""

from typing import Annotated, Literal

import msgspec

Euros = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,9}(\.[0-9]{1,2})?$")]
"""Euros with a decimal point: TOML has no exact decimals."""

Share = Annotated[str, msgspec.Meta(pattern=r"^[0-9](\.[0-9]{1,6})?$")]


class Lists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Code lists (slug or OID) of accounts, service classes and counterparty sectors.

    Attributes:
        account: List of the national accounts.
        service_class: List of the service classes.
        sector: List of the counterparty sectors.
    """

    account: str = "account"
    service_class: str = "service_class"
    sector: str = "sector"


class Sign(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the data points of some accounts show amounts; the longest beginning wins.

    Attributes:
        accounts: How the national accounts begin.
        positive: The side that is filed as a positive number.
        both: Whether either sign is usual.
    """

    accounts: tuple[str, ...]
    positive: Literal["debit", "credit"]
    both: bool = False


class Combination(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a posting of some accounts must have beside the account.

    Attributes:
        accounts: How the national accounts begin.
        fields: Fields that must be filled.
    """

    accounts: tuple[str, ...]
    fields: tuple[Literal["service_class", "sector"], ...]


class Ratio(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Two sums of the year that stand in a fixed proportion, class by class.

    Attributes:
        name: What it is called in findings.
        part: How the accounts of the part begin.
        whole: How the accounts of the whole begin.
        share: The part of one, for example 0.80.
        tolerance: Euros by which the part may differ.
        classes: How the service classes begin that it holds for; all when empty.
    """

    name: str
    part: tuple[str, ...]
    whole: tuple[str, ...]
    share: Share
    tolerance: Euros = "1"
    classes: tuple[str, ...] = ()


class Dimension(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which dimension of the taxonomy a field becomes, and how a code names its member.

    Attributes:
        dimension: The dimension as signatures write it, such as ``fi_dim:TIL``.
        member: The member as signatures write it, with ``{code}`` for the code.
        members: Exceptions: code to member.
        empty: The member of postings without a code; they have no place when it is empty.
    """

    dimension: str
    member: Annotated[str, msgspec.Meta(pattern=r"\{code\}")]
    members: dict[str, str] = {}
    empty: str = ""


class Finance(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How ledgers are checked and filed.

    Attributes:
        lists: Code lists of the national codes.
        signs: How the data points show amounts.
        combinations: What postings must have beside the account.
        ratios: Proportions that sums must keep.
        footing: Euros by which a sub-total may differ from its rows: a gap of rounding.
        change_percent: A sum that differs more from the previous filing is large, if it
            also differs by ``change_euros``.
        change_euros: See ``change_percent``.
        activity: CSV of service class and quantity (``service_class;quantity``), below the
            workspace.
        previous: The previous filing: an instance, or CSV of the same shape as ``finance
            extract --table`` writes, below the workspace.
        taxonomy: Taxonomy package (zip), below the workspace.
        datapoints: Data of the data points: SQLite or CSV, below the workspace.
        module: Address of the entry point that an instance names.
        version: Version of the taxonomy that the data points must be of; any when empty.
        namespaces: Prefix to namespace of everything that signatures name; those of the
            taxonomy package when empty.
        metric: Metric of the amounts as signatures write it.
        activity_metric: Metric of the quantities of ``activity``; they are not filed when empty.
        dimensions: Field of a posting to its dimension.
        facts: Other data points: signature to value; ``{business_id}``, ``{start}`` and
            ``{end}`` stand for those of the filing.
        indicators: Tables that are filed as filing indicators; none when empty.
    """

    lists: Lists = Lists()
    signs: tuple[Sign, ...] = ()
    combinations: tuple[Combination, ...] = ()
    ratios: tuple[Ratio, ...] = ()
    footing: Euros = "1"
    change_percent: Annotated[int, msgspec.Meta(ge=1)] = 20
    change_euros: Euros = "10000"
    activity: str = ""
    previous: str = ""
    taxonomy: str = ""
    datapoints: str = ""
    module: str = ""
    version: str = ""
    namespaces: dict[str, str] = {}
    metric: str = ""
    activity_metric: str = ""
    dimensions: dict[Literal["account", "service_class", "sector"], Dimension] = {}
    facts: dict[str, str] = {}
    indicators: tuple[str, ...] = ()

    @property
    def axes(self) -> tuple[str, str]:
        """Return the dimensions of accounts and of service classes; empty where none is named."""
        account, service_class = (
            self.dimensions.get("account"),
            self.dimensions.get("service_class"),
        )
        return (
            account.dimension if account else "",
            service_class.dimension if service_class else "",
        )
