"""The record beside official statistics: figures and claims in words, each with what is published of the same thing.

`measures` and `releases` say what each official figure is and where it is from; `facts` reads those that are shipped; `rules` and
`pairs` which of them stand beside which print, and what is asked of them; `comparisons` gives the answers, and `claims_in_words`
those for the claims, from `declared_claims` by `claim_tests`. All is had at the door, `bucks_cs.record`.
"""
