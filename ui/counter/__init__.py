"""The counter (柜台): one page from an identity number to signed-for cash."""
