"""Sufficiency: places beside those who need them: surplus, use, the first year of deficit, and what a scheme does to it."""
