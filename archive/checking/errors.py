"""What can stop a check of archive documents."""

from kirjaamo.errors import KirjaamoError
from kirjaamo.messages import N_


class SchemaError(KirjaamoError):
    """A schema that was given cannot be used."""

    sentence = N_("{path} is no XML Schema that can be used. Give the whole official folder.")


class NoSchemaError(KirjaamoError):
    """A folder of official schemas has no schema of documents."""

    sentence = N_("{path} has no schema of archive documents (CDA_Fi_sos.xsd).")


class NothingToCheckError(KirjaamoError):
    """No archive document stands where one was looked for."""

    sentence = N_("{path} holds no archive documents. Name a document or a folder of them.")
