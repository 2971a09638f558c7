"""Sufficiency: what it talks about: phases, kinds of provision and of home, the six areas of paragraph 3.23, and schemes."""
