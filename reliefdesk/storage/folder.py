"""How the files in a desk's folder are called."""

DESK_FILE = "desk.rdk"
SLOTS_FILE = "desk.slots"
