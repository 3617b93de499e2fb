"""Settings of data care: ``[care]`` in ``kirjaamo.toml``."""

from typing import Annotated

import msgspec


class Care(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How far rules of data care may go without asking.

    Attributes:
        most: Share of the open records, 0 to 1, that closure rules may close together; above
            it no worklist is written unless it is asked for.
    """

    most: Annotated[float, msgspec.Meta(ge=0, le=1)] = 0.5
