"""Values, rules and events: pure, no I/O, clock, chance or environment."""
