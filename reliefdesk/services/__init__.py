"""What an operator can do: gather facts, ask the domain, record the event."""
