"""The synthetic codes and the meaning of the ten rules, shared by every contender.

The codes are not national ones.  Identity codes use individual numbers 900 to 999, which are
never given to a person.

===== ============= ======================================================================
rule  field         a row breaks it when
===== ============= ======================================================================
R01   record_id     it is not a capital letter and nine digits
R02   hetu          it has not the form of an identity code
R03   hetu          its check character is wrong (only when R02 holds)
R04   birth_date    it is not the date inside the identity code (only when R02 holds)
R05   municipality  it is not one of 309 codes
R06   service_task  it is not one of 13 codes
R07   doc_type      the pair with service_task is not allowed (only when R06 holds)
R08   valid_to      it is before valid_from
R09   decision_date it is no calendar day between birth_date and the day of the check
R10   text          it is blank, longer than 500 characters or holds an identity code
===== ============= ======================================================================
"""

COLUMNS = (
    "record_id", "hetu", "first_name", "last_name", "birth_date", "municipality",
    "service_task", "process", "doc_type", "decision", "decision_date", "valid_from",
    "valid_to", "amount_eur", "text",
)  # fmt: skip
FIELDS = {
    "R01": "record_id", "R02": "hetu", "R03": "hetu", "R04": "birth_date", "R05": "municipality",
    "R06": "service_task", "R07": "doc_type", "R08": "valid_to", "R09": "decision_date",
    "R10": "text",
}  # fmt: skip

MUNICIPALITIES = tuple(f"{number:03d}" for number in range(5, 5 + 309 * 3, 3))
TASKS = tuple(str(number) for number in range(1, 14))
DOCUMENTS = tuple(str(number) for number in range(1000, 1150))
PAIRS = tuple(
    (task, document)
    for i, task in enumerate(TASKS)
    for j, document in enumerate(DOCUMENTS)
    if (i + j) % 3
)

ALPHABET = "0123456789ABCDEFHJKLMNPRSTUVWXY"
CENTURIES = {"+": "18", **dict.fromkeys("-YXWVU", "19"), **dict.fromkeys("ABCDEF", "20")}
IDENTITY = r"[0-9]{6}[-+A-FU-Y][0-9]{3}[0-9A-FHJ-NPR-Y]"
IDENTITY_FORM = f"^{IDENTITY}$"
IDENTITY_INSIDE = rf"(?-u:\b){IDENTITY}(?-u:\b)"
RECORD_FORM = "^[A-Z][0-9]{9}$"
DATE_FORM = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
TODAY = "2026-11-21"
LONGEST = 500
