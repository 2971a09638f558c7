"""Children looked after: its indicators, a room a topic: how many, how steady their homes, what becomes of them."""
