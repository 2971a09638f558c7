"""Attainment: what is worked out."""
