"""The same update for any authority, each section made of published statistics."""
