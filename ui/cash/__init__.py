"""现金: the float, its movements, and the cash journal."""
