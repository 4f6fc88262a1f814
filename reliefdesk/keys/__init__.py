"""The data key, its slots, PINs and the recovery code."""
