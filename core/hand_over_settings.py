"""Settings of signing and of packages: whom to believe, how large a package may be."""

from typing import Annotated

import msgspec

Count = Annotated[int, msgspec.Meta(ge=1)]


class HandOver(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How archive documents are signed and handed over.

    Attributes:
        key: PKCS#12 or PEM file of the key that signs, below the workspace; its password never
            stands here.
        trusted: Files of the certificates that are trusted by themselves.
        between: Files of certificates that may stand between those and a signer's.
        prefix: How the names of packages begin.
        documents: Most documents of a package.
        megabytes: Most megabytes of the documents of a package.
    """

    key: str = ""
    trusted: tuple[str, ...] = ()
    between: tuple[str, ...] = ()
    prefix: Annotated[str, msgspec.Meta(pattern="^[a-z][a-z0-9-]{0,30}$")] = "package"
    documents: Count = 1000
    megabytes: Count = 1024
