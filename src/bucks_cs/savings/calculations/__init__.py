"""Savings: what lines come to, what they close, what they deliver, and what they mean in children."""
