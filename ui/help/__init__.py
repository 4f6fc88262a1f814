"""What a page is for, and the key map."""
