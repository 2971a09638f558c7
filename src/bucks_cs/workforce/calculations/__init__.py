"""The workforce: its calculations, a room each."""
