"""The workforce: who defines what is counted here, since when, and what nobody publishes."""
