"""Inspections: regimes with their own judgements and grades, outcomes, interventions and plans of action."""
