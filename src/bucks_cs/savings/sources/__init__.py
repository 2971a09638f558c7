"""Savings: who says what a saving is, where anybody does."""
