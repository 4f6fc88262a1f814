"""The printing part of pages: a paper looked at in place, then printed or saved."""
