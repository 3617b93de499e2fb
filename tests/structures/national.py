"""A small definition in the national form, and where the real ones are."""

import json
from copy import deepcopy


def field(name, representation=None, *, required=False, **more):
    meta = {
        "name": [{"lang": "fi", "value": name}],
        "required": required,
        "conditionalRequired": False,
    }
    if representation:
        meta["representation"] = [{"lang": "fi", "value": representation}]
    return {"sosmeta": meta | more}


TEXT = "Lue ohje huolellisesti ennen kuin allekirjoitat asiakirjan, ja kysy jos et ymmärrä."

SMALL = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "title": "'Pieni' JSON schema",
    "type": "object",
    "additionalProperties": False,
    "sosmeta": {
        "title": "'Pieni' JSON schema",
        "status": "Valmis",
        "documentDefinitionVersion": "2024-03-01",
        "dataComponentLibraryVersion": "2024-02-01",
        "oid": "1.2.246.537.6.1506.77001.2024.3.1",
        "documentType": "Päätös",
    },
    "required": ["pieni"],
    "properties": {
        "pieni": {
            "type": "object",
            "additionalProperties": False,
            **field("Pieni"),
            "required": ["nimi", "laji", "ohje"],
            "properties": {
                "nimi": {
                    "type": "string",
                    "minLength": 1,
                    **field("Nimi", "Nimi", required=True),
                },
                "laji": {
                    "type": "object",
                    "additionalProperties": False,
                    **field(
                        "Laji",
                        "Koodi",
                        required=True,
                        classification=[
                            {"lang": "fi", "value": "Sisäinen luokitus: 1 = Yksi, 2 = Kaksi"}
                        ],
                    ),
                    "required": ["system", "code", "display"],
                    "properties": {
                        "system": {"type": "string", "enum": ["pieni/laji"]},
                        "code": {"type": "string", "enum": ["1", "2"]},
                        "display": {"type": "string"},
                    },
                },
                "ohje": {
                    "type": "string",
                    "enum": [TEXT],
                    **field("Ohje", "Fraasi", required=True),
                },
                "paivat": {
                    "type": "array",
                    "minItems": 0,
                    "items": {
                        "type": "string",
                        "pattern": "^-?[0-9]{4}(-(0[1-9]|1[0-2])(-(0[0-9]|[1-2][0-9]|3[0-1]))?)?$",
                        **field("Päivä", "Pvm"),
                    },
                },
            },
        }
    },
}


def small(version="2024-03-01", **edits):
    """Return the small definition, dated *version*, with places edited (a/b/c: value)."""
    made = deepcopy(SMALL)
    year, month, day = (int(part) for part in version.split("-"))
    made["sosmeta"]["documentDefinitionVersion"] = version
    made["sosmeta"]["oid"] = f"1.2.246.537.6.1506.77001.{year}.{month}.{day}"
    for place, value in edits.items():
        *path, last = place.split("/")
        target = made
        for key in path:
            target = target[key]
        target[last] = value
    return made


def write(folder, definition, name="one.json"):
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(json.dumps(definition, ensure_ascii=False), "utf-8")
    return path
