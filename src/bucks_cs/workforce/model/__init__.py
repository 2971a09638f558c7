"""The workforce: its objects."""
