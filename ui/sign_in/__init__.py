"""Signing in, unlocking, and the way back with the recovery code."""
