"""Accounts, secrets, checks and backups of this desk."""
