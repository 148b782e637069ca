"""A list that was sent out as a workbook and comes back filled in: which cells may change what, and
what was really changed in it."""
