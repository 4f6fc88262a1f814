"""Every form as a picture, filled with the nastiest facts it must bear."""
