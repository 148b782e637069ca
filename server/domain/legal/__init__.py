"""The law as dated rows, and the rules that read them. Twin: pwa/src/domain/legal.

Every rule is given the day and the tables. Where a table holds no value for that day, the rule
answers `NotKnown` with the table's name; nothing is extrapolated. Money is whole đồng.
"""
