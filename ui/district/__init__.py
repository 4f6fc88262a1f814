"""区级: what only the bureau does with the records of its offices."""
