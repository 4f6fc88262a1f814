"""工作台账: the work ledger and the fate of every receipt number on screen."""
