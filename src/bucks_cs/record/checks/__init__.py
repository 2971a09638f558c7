"""The record's audit: what should follow from what, and whether it does.

`declared` has the relations between the printed figures, as data, and `facts` the few numbers and days from outside that they are
held against; `arithmetic` and `dates_and_places` check them; `auditing` runs every relation and `found` says what came of it;
`judged` gives each figure its verdict. All is had at the door, `bucks_cs.record`.
"""
