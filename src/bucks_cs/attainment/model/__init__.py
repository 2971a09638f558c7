"""Attainment: the things this subject talks about."""
