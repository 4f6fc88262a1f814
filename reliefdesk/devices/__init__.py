"""Printers and sticks: adapters with named states."""
