"""Sufficiency: the frames it accepts: places and homes, the children who need them, and which two go together."""
