"""Inspections: what was in force, what changed, what is due."""
