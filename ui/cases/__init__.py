"""The cases (救助案件): every request of this desk, what it waits for, and the way into it."""
