"""Reports: frozen at a chosen time, explained ever after."""
