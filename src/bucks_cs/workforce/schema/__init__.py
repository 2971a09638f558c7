"""The workforce: the frames it accepts, a room each."""
