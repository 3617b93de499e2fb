"""Output formats: one module each, one line in ``FORMATS``.

A format is one function ``write(run, stream)`` that writes a finished run to a byte stream.
No format reads a source, except ``xlsx``, which annotates the person's own workbook.
"""
