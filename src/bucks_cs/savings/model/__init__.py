"""Savings: what a line of a medium-term financial plan is, and what it can come to."""
