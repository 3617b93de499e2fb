"""A whole archive document with its frame, made by hand, with an invented client."""

import base64

import orjson

from kirjaamo.samples.documents import document as sample

PLAN = "1.2.246.537.6.1506.15007.2024.11.28"
OID = "1.2.246.10.90000011.95.2026.7"
MATTER = "1.2.246.10.90000011.18.2026.1"
PERSON = "100190-999P"


def packed(content):
    return base64.b64encode(content).decode()


def coded(name, code, system, shown="Nimi", prefix=""):
    """Return a coded element; the names of lists are not judged here."""
    return (
        f'<{prefix}{name} code="{code}" codeSystem="{system}" codeSystemName="Luettelo" '
        f'displayName="{shown}"/>'
    )


def social(name, code, system):
    return coded(name, code, f"1.2.246.537.{system}", prefix="s:")


def put_matter(tree, matter):
    """Set every matter id of a body."""
    if isinstance(tree, list):
        for one in tree:
            put_matter(one, matter)
    elif isinstance(tree, dict):
        for key, value in tree.items():
            if key in {"asianumero", "tilauksen_asianumero", "asiatunnus"}:
                value["value"] = matter
            else:
                put_matter(value, matter)
    return tree


PERSON_OF = (
    '<name><given>Aino Maria</given><given qualifier="CL">Aino</given><family>Malli</family></name>'
    + coded("administrativeGenderCode", "2", "1.2.246.537.5.1.1997")
    + '<birthTime value="19900110"/>'
)
ORGANISATION = '<id root="1.2.246.10.90000011.10.0"/><name>Kaskivuori</name>'
SECRECY = coded("confidentialityCode", "6", "1.2.246.777.5.99902.2006")


def document(structure=PLAN, *, oid=OID, fill="required", make=sample):
    """Return a valid archive document that follows a structure."""
    kind = structure.split(".")[7]
    tree = put_matter(make(structure, fill), MATTER)
    view = f'<div xmlns="http://www.w3.org/1999/xhtml" class="soc-document" id="OID{oid}"><h1>A</h1></div>'
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:s="urn:hl7finland">
<realmCode code="FI"/><typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>
<id root="{oid}"/>
{coded("code", kind, "1.2.246.537.6.1506.201701")}
<effectiveTime value="20260305092000+0200"/>
{SECRECY}
<languageCode code="FI"/>
<setId root="{oid}"/>
<versionNumber value="1"/>
<recordTarget><patientRole><id root="1.2.246.21" extension="{PERSON}"/><patient>{PERSON_OF}</patient></patientRole></recordTarget>
<author><time nullFlavor="NA"/><assignedAuthor><id root="1.2.246.537.26" extension="12345678901"/><assignedPerson><name><given>Eeva</given><family>Esimerkki</family></name></assignedPerson></assignedAuthor></author>
<custodian><assignedCustodian><representedCustodianOrganization>{ORGANISATION}</representedCustodianOrganization></assignedCustodian></custodian>
<componentOf><encompassingEncounter><id root="{MATTER}"/><effectiveTime nullFlavor="NA"/><responsibleParty><assignedEntity><id nullFlavor="NA"/><representedOrganization>{ORGANISATION}</representedOrganization></assignedEntity></responsibleParty><encounterParticipant typeCode="ADM"><assignedEntity><id nullFlavor="NA"/><representedOrganization><id root="1.2.246.10.90000011.10.1"/><name>Yksikko</name></representedOrganization></assignedEntity></encounterParticipant></encompassingEncounter></componentOf>
<s:localSocialHeader>
{social("specificDocumentType", kind, "6.1506.201701")}
<s:creationTime value="20260305092000+0200"/>
{social("documentGroup", "5", "6.1505.201601")}
{social("fileFormat", "2", "6.1502.201601")}
{social("structuredFileFormat", "5", "5.40179.2008")}
<s:softwareSupport moderator="Kirjaamo" product="Kirjaamo" version="0"/>
{social("functionCode", "1", "6.1221.201601")}
{social("recordStatus", "3", "5.40154.2008")}
{social("registryType", "1", "6.1264.201701")}
<s:outsourcingServiceCustomer root="1.2.246.10.90000011.10.0"/>
<s:outsourcingServiceCustomerName>Kaskivuori</s:outsourcingServiceCustomerName>
{social("totalRetentionPeriodClass", "1", "6.1258.201601")}
{social("specialContent", "E", "6.112.2007")}
<s:contentSpecificationId>{structure}</s:contentSpecificationId>
<s:serviceProcess><s:type>Sosiaalihuollon palveluprosessi</s:type>{social("code", "3", "6.1277.201701")}</s:serviceProcess>
</s:localSocialHeader>
<component><nonXMLBody ID="OID{oid}"><text mediaType="application/xhtml+xml" representation="B64">{packed(view.encode())}</text><s:json>{packed(orjson.dumps(tree))}</s:json></nonXMLBody></component>
</ClinicalDocument>
""".encode()


def frame(oid=OID):
    """Return the frame of a document."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<RCMR_IN200002FI01 xmlns="urn:hl7-org:v3" ITSVersion="XML_1.0">
<id root="1.2.246.10.90000011.99" extension="1"/>
<creationTime value="20260305092100+0200"/><versionCode code="V3-2006"/>
<interactionId root="2.16.840.1.113883.1.6" extension="RCMR_IN200002FI01"/>
<processingCode code="D"/><processingModeCode code="T"/><acceptAckCode code="ER"/>
<receiver typeCode="RCV"><device classCode="DEV" determinerCode="INSTANCE"><id root="1.2.246.556.18007.2"/></device></receiver>
<sender typeCode="SND"><device classCode="DEV" determinerCode="INSTANCE"><id root="1.2.246.10.90000011.10.0"/></device></sender>
<controlActProcess classCode="CACT" moodCode="EVN">
<code code="RCMR_TE000102UV01" codeSystem="2.16.840.1.113883.1.18"/><priorityCode code="R"/>
{coded("reasonCode", "SP17", "1.2.246.537.6.1503.201601")}
{coded("reasonCode", "1", "1.2.246.537.6.1289.201901")}
<authorOrPerformer typeCode="AUT"><assignedPerson><id root="1.2.246.21" extension="{PERSON}"/><assignedPerson><name><family>Esimerkki</family><given>Eeva</given></name></assignedPerson><representedOrganization>{ORGANISATION}</representedOrganization></assignedPerson></authorOrPerformer>
<subject><clinicalDocument classCode="DOCCLIN" moodCode="EVN">
<realmCode code="FI"/><typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>
<id root="{oid}"/>
{coded("code", "1", "1.2.246.537.6.1264.201701")}
<text mediaType="multipart/related"/><statusCode code="COMPLETED"/>
<effectiveTime value="20260305092000+0200"/>
{SECRECY}
<languageCode code="FI"/><setId root="{oid}"/><versionNumber value="1"/>
{coded("completionCode", "LA", "1.2.246.537.5.40115.2006")}
{coded("storageCode", "AC", "1.2.246.537.5.40116.2006")}
<recordTarget typeCode="RCT"><patient classCode="PAT"><id root="1.2.246.21" extension="{PERSON}"/><statusCode code="normal"/><patientPerson classCode="PSN" determinerCode="INSTANCE">{PERSON_OF}</patientPerson></patient></recordTarget>
<author typeCode="AUT"><time nullFlavor="NA"/><assignedAuthor classCode="ASSIGNED"><id root="1.2.246.21" extension="{PERSON}"/></assignedAuthor></author>
<custodian typeCode="CST"><assignedCustodian classCode="ASSIGNED"><representedOrganization classCode="ORG" determinerCode="INSTANCE">{ORGANISATION}</representedOrganization></assignedCustodian></custodian>
<componentOf><encounterEvent classCode="ENC" moodCode="EVN"><id nullFlavor="NA"/><effectiveTime nullFlavor="NA"/><location><healthCareFacility classCode="SDLOC"><location classCode="PLC" determinerCode="INSTANCE"/></healthCareFacility></location></encounterEvent></componentOf>
</clinicalDocument></subject></controlActProcess>
</RCMR_IN200002FI01>
""".encode()
