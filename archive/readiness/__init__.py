"""How ready an organisation is to store documents in the national repository.

============ ================================================================================
module       holds
============ ================================================================================
entries      the entries of the self-monitoring plan, as a settings list the user fills
counting     survey, mappings, OIDs, registers, units, cards and signing ability, as numbers
client_view  what a client would see wrong in the citizens' service, from the exports
naming       texts that name a client who is not theirs
staff        cards, readers and signing of every worker
report       everything together
tables       rows as people read them
page         the report as one page
workbook     the report as an Excel file
============ ================================================================================
"""
