"""Unaccompanied children: what is worked out."""
