"""The insurance's forms: what stands in which cell, from a list's head and rows. The layouts are
data beside the rules; nothing here knows how a file is written."""
