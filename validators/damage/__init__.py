"""DQ: damaged text and impossible values.

What is wrong with a value in itself, whatever it means: text damaged on its way between systems,
dates and numbers that cannot be read, placeholders.  Order and contradiction of dates belong to
``life_cycle``.
"""
