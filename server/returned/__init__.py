"""Lists that went out as workbooks and came back filled in: read, reviewed row by row, written."""
