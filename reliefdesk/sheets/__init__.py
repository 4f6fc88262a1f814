"""Sheets (表格): books written as Excel files, and files of other programs read as plain cells."""
