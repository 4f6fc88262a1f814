"""政策: the parameter list with its documents, new rows, and holiday tables."""
