"""Reports that are owed: which kinds there are, for which period, and by when."""
