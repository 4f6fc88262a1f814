"""今日待办: everything that waits or is due, each line one Enter away."""
