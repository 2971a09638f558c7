"""Demand: what is worked out, a room an idea."""
