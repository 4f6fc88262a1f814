"""The encrypted desk file: journal, tables made for reading, and their queries. SQL lives only here."""
