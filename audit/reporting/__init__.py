"""The report of an audit: a page, a workbook and a summary for the terminal."""
