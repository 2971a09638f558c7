"""Savings: what a line looks like where it is printed or kept, and how it is read."""
