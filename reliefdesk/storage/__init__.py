"""The encrypted desk file: journal, tables for reading, and queries. SQL lives only here."""
