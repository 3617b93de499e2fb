"""What can stop the building of archive documents."""

from kirjaamo.errors import KirjaamoError
from kirjaamo.messages import N_


class MissingSettingsError(KirjaamoError):
    """The settings do not tell what every document needs."""

    sentence = N_(
        "Archive documents need settings that are empty: {names}. Fill them in kirjaamo.toml; "
        "“kirjaamo archive explain FIELD” tells what each is for."
    )


class MetadataError(KirjaamoError):
    """A table of metadata cannot be read."""

    sentence = N_("{path}: {reason}. Correct the table and run the command again.")


class NoCasesError(KirjaamoError):
    """There is nothing to build."""

    sentence = N_(
        "{path} holds no documents to build. Name the target folder of a migration, or a folder "
        "of documents with a table of their metadata (--table document=FILE)."
    )


class ChangedError(KirjaamoError):
    """A document is not as the migration wrote it."""

    sentence = N_(
        "{path} is not as the migration wrote it. Run “kirjaamo migrate reconcile” first."
    )
