"""The place 报送: what goes out on a stick, what comes back, and whom this desk speaks with."""
