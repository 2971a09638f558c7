"""Unaccompanied children: the things it talks about, as typed objects."""
