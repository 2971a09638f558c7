"""EHC plans: the things this subject talks about."""
