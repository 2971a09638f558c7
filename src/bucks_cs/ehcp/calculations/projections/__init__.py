"""EHC plans to come: by age cohort, by compound growth and in a straight line, and how far each has been out."""
