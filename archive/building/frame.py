"""``RCMR_IN200002FI01``: the message frame beside a document."""

from kirjaamo.archive.building.model import Coded, Context, Document
from kirjaamo.archive.building.parts import (
    CLIENTS,
    DECLARATION,
    REGISTER,
    client,
    coded,
    identity,
    instant,
    labels,
    organisation,
    start,
)
from kirjaamo.archive.view.text import escaped, quoted

_REQUESTS = ("1.2.246.537.6.1503.201601", "Sosiaalihuolto - Arkistosanomien palvelupyynnöt")
_USES = ("1.2.246.537.6.1289.201901", "Sosiaalihuolto - Asiakastiedon arkiston käyttötilanne")
_DEGREE = ("1.2.246.537.5.40115.2006", "KanTa-palvelut - Dokumentin valmiusaste")
_STORAGE = (
    "1.2.246.537.5.40116.2006",
    "KanTa-palvelut - Dokumentin arkistointikoodi (DocumentStorage)",
)
_ARCHIVING = Coded("SP17", "Asiakasasiakirjan arkistointi")
_OWN = Coded("1", "Palvelunjärjestäjän rekisterin oma käyttö")


def written(document: Document, context: Context) -> str:
    """Return the frame of a document."""
    root = quoted(context.message_root)
    return (
        f'{DECLARATION}<RCMR_IN200002FI01 xmlns="urn:hl7-org:v3" ITSVersion="XML_1.0">'
        f'<id root="{root}" extension="{quoted(document.message)}"/>'
        f"{instant('creationTime', context.sent)}"
        '<versionCode code="V3-2006"/><interactionId root="2.16.840.1.113883.1.6" '
        'extension="RCMR_IN200002FI01"/><processingCode code="D"/>'
        '<processingModeCode code="T"/><acceptAckCode code="ER"/>'
        f"{_device('receiver', 'RCV', context.receiver)}"
        f"{_device('sender', 'SND', context.controller.oid)}"
        '<controlActProcess classCode="CACT" moodCode="EVN">'
        f'<code code="{quoted(context.act)}" codeSystem="2.16.840.1.113883.1.18"/>'
        f'<priorityCode code="R"/>{coded("reasonCode", _ARCHIVING, _REQUESTS)}'
        f"{coded('reasonCode', _OWN, _USES)}{_performer(document, context)}"
        f"{_subject(document, context)}</controlActProcess></RCMR_IN200002FI01>\n"
    )


def _device(name: str, code: str, oid: str) -> str:
    return (
        f'<{name} typeCode="{code}"><device classCode="DEV" determinerCode="INSTANCE">'
        f'<id root="{quoted(oid)}"/></device></{name}>'
    )


def _person(document: Document) -> str:
    one = document.author
    return (
        f"<assignedPerson><name><family>{escaped(one.family)}</family>"
        f"<given>{escaped(one.given)}</given></name></assignedPerson>"
    )


def _performer(document: Document, context: Context) -> str:
    return (
        f'<authorOrPerformer typeCode="AUT"><assignedPerson>{identity(document.author)}'
        f"{_person(document)}<representedOrganization>{organisation(context.controller)}"
        "</representedOrganization></assignedPerson></authorOrPerformer>"
    )


def _subject(document: Document, context: Context) -> str:
    clients = "".join(
        f'<recordTarget typeCode="RCT"><patient classCode="PAT">{identity(one)}'
        '<statusCode code="normal"/><patientPerson classCode="PSN" determinerCode="INSTANCE">'
        f"{client(one)}</patientPerson></patient></recordTarget>"
        for one in document.clients
    )
    degree = coded("completionCode", Coded("LA", "Legally authenticated"), _DEGREE)
    storage = coded("storageCode", Coded("AC", "Active"), _STORAGE)
    return (
        f'<subject><clinicalDocument classCode="DOCCLIN" moodCode="EVN">{start(document)}'
        f'{coded("code", CLIENTS, REGISTER)}<text mediaType="multipart/related"/>'
        f'<statusCode code="COMPLETED"/>{instant("effectiveTime", document.authored)}'
        f'{labels(document)}{degree}{storage}{clients}<author typeCode="AUT">'
        f'<time nullFlavor="NA"/><assignedAuthor classCode="ASSIGNED">{identity(document.author)}'
        f"{_person(document)}</assignedAuthor></author>"
        '<custodian typeCode="CST"><assignedCustodian classCode="ASSIGNED">'
        '<representedOrganization classCode="ORG" determinerCode="INSTANCE">'
        f"{organisation(context.controller)}</representedOrganization></assignedCustodian>"
        '</custodian><componentOf><encounterEvent classCode="ENC" moodCode="EVN">'
        '<id nullFlavor="NA"/><effectiveTime nullFlavor="NA"/><location>'
        '<healthCareFacility classCode="SDLOC"><location classCode="PLC" '
        'determinerCode="INSTANCE"/></healthCareFacility></location></encounterEvent>'
        "</componentOf></clinicalDocument></subject>"
    )
