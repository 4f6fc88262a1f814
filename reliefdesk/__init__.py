"""ReliefDesk: emergency temporary relief at the counter, offline and provable. Never imports Qt."""
