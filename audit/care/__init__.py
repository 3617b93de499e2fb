"""Data care: what should be closed, mended or moved, found by rules that the organisation owns.

Nothing here closes a record.  Rules say what could be closed, people decide on worklists, and
what they decided goes back to the source system as corrections in its own form.

================ ===================================================================================
module           holds
================ ===================================================================================
facts            what conditions may ask of a relationship or a matter
stock            relationships and matters with their facts, column by column
links            from a record to its events, decisions, clients and place
conditions       conditions as expressions: true, false, or not known
rules            closure rules and cautions: reading, checking, the shipped starting set
simulating       what rules would close, with which cautions, by unit, service task and year
listing          worklists for people to decide on
filled           worklists as people left them, cell by cell
deciding         their decisions, refused where they are inconsistent
correcting       decisions as corrections in the source system's own columns and forms
correction_files corrections as CSV or workbook
yearclock        the recurring tasks of data care as a calendar
minimum          the fields that records must have at least
boundary         signs of patient records in the client register
checks           what each check looks at, and what to do about it
verdicts         the form of what is found
checking         all checks over all records
reporting        what was found as page, workbook and list
counting         what was found as counts that can be kept and compared
errors           what is refused
================ ===================================================================================
"""
