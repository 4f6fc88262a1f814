"""The envelope that carries events between two desks: sealing, opening, and what its outside says.

FORMAT.md beside this file is the specification; nothing here knows a desk file.
"""
