"""The first start: plain steps from an empty folder to a desk that can pay."""
