"""Who may be whom: the linkage model, its rows, and the process it runs in. For several rooms."""
