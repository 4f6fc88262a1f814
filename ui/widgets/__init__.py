"""The parts that every page is made of: fields, the grid that lays them out, tables, alerts."""
