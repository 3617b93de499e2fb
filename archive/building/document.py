"""``ClinicalDocument`` (CDA R2) with the social header, the view and the JSON body."""

import base64

import orjson

from kirjaamo.archive.building.model import Coded, Context, Document
from kirjaamo.archive.building.parts import (
    CLIENTS,
    DECLARATION,
    KINDS,
    REGISTER,
    client,
    coded,
    given,
    identity,
    instant,
    labels,
    organisation,
    start,
)
from kirjaamo.archive.view.text import escaped, quoted

_GROUP = ("1.2.246.537.6.1505.201601", "Sosiaalihuolto - Asiakirjaryhmä")
_LATER = Coded("5", "Toisen tai myöhemmän vaiheen asiakasasiakirja")
_FORMAT = ("1.2.246.537.6.1502.201601", "Sosiaalihuolto - Asiakirjan näyttömuodon formaatti")
_STRUCTURED = ("1.2.246.537.5.40179.2008", "eArkisto - Asiakirjan tiedostomuoto")
_TASK = ("1.2.246.537.6.1221.201601", "Sosiaalihuolto - Palvelutehtävä")
_STATUS = ("1.2.246.537.5.40154.2008", "eArkisto - Asiakirjan valmistumisen tila")
_RETENTION = ("1.2.246.537.6.1258.201601", "Sosiaalihuolto - asiakirjan kokonaissäilytysaika")
_SPECIAL = ("1.2.246.537.6.112.2007", "AR/YDIN - Kyllä/EI/Ei tietoa")
_PROCESS = ("1.2.246.537.6.1277.201701", "Sosiaalihuolto - Sosiaalihuollon palveluprosessi")


def written(document: Document, context: Context, view: bytes) -> str:
    """Return a document; *view* is its display form."""
    return (
        f'{DECLARATION}<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:s="urn:hl7finland">'
        f"{start(document)}{coded('code', document.kind, KINDS)}"
        f"{instant('effectiveTime', document.authored)}{labels(document)}"
        f"{_people(document, context)}{_encounter(document, context)}"
        f"{_social(document, context)}{_body(document, view)}</ClinicalDocument>\n"
    )


def _people(document: Document, context: Context) -> str:
    clients = "".join(
        f"<recordTarget><patientRole>{identity(one)}<patient>{client(one)}</patient>"
        "</patientRole></recordTarget>"
        for one in document.clients
    )
    author = document.author
    return (
        f'{clients}<author><time nullFlavor="NA"/><assignedAuthor><id root="1.2.246.537.26" '
        f'extension="{quoted(author.registration)}"/><assignedPerson><name>{given(author)}'
        f"<family>{escaped(author.family)}</family></name></assignedPerson></assignedAuthor>"
        "</author><custodian><assignedCustodian><representedCustodianOrganization>"
        f"{organisation(context.controller)}"
        "</representedCustodianOrganization></assignedCustodian></custodian>"
    )


def _encounter(document: Document, context: Context) -> str:
    return (
        f'<componentOf><encompassingEncounter><id root="{quoted(document.matter)}"/>'
        '<effectiveTime nullFlavor="NA"/><responsibleParty><assignedEntity>'
        '<id nullFlavor="NA"/><representedOrganization>'
        f"{organisation(context.operating)}</representedOrganization></assignedEntity>"
        '</responsibleParty><encounterParticipant typeCode="ADM"><assignedEntity>'
        '<id nullFlavor="NA"/><representedOrganization>'
        f"{organisation(document.unit)}</representedOrganization></assignedEntity>"
        "</encounterParticipant></encompassingEncounter></componentOf>"
    )


def _social(document: Document, context: Context) -> str:
    parts = (
        coded("s:specificDocumentType", document.specific, KINDS),
        instant("s:creationTime", document.authored),
        coded("s:documentGroup", _LATER, _GROUP),
        coded("s:fileFormat", Coded("2", "XHTML_1.1"), _FORMAT),
        coded("s:structuredFileFormat", Coded("5", "JSON"), _STRUCTURED),
        (
            f'<s:softwareSupport moderator="{quoted(context.moderator)}" '
            f'product="{quoted(context.product)}" version="{quoted(context.version)}"/>'
        ),
        coded("s:functionCode", document.service_task, _TASK),
        coded("s:recordStatus", Coded("3", "Arkistointivalmis"), _STATUS),
        coded("s:registryType", CLIENTS, REGISTER),
        (
            f'<s:outsourcingServiceCustomer root="{quoted(context.controller.oid)}"/>'
            "<s:outsourcingServiceCustomerName>"
            f"{escaped(context.controller.name)}</s:outsourcingServiceCustomerName>"
        ),
        coded("s:totalRetentionPeriodClass", document.retention, _RETENTION),
        coded("s:specialContent", document.special, _SPECIAL),
        f"<s:contentSpecificationId>{escaped(document.structure)}</s:contentSpecificationId>",
        (
            "<s:serviceProcess><s:type>Sosiaalihuollon palveluprosessi</s:type>"
            f"{coded('s:code', document.process, _PROCESS)}</s:serviceProcess>"
        ),
    )
    return f"<s:localSocialHeader>{''.join(parts)}</s:localSocialHeader>"


def _body(document: Document, view: bytes) -> str:
    shown = base64.b64encode(view).decode()
    body = base64.b64encode(orjson.dumps(document.body)).decode()
    return (
        f'<component><nonXMLBody ID="OID{quoted(document.oid)}">'
        f'<text mediaType="application/xhtml+xml" representation="B64">{shown}</text>'
        f"<s:json>{body}</s:json></nonXMLBody></component>"
    )
