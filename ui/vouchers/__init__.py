"""The place of papers and money beside the counter: claims, pads, packs, rosters."""
