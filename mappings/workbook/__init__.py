"""The mapping workbook: an Excel file in which persons decide what old values become.

`sheets` gathers what a person needs to see, `writing` writes it, `reading` reads it back, and
`importing` refuses what is inconsistent before anything is written to the workspace.

`drawing` and `cells` know no mapping: they draw any sheet that persons fill in, and read its cells
back, also for the survey of documents.
"""
