"""Inspections: the frames of outcomes and of schools, and the headings of Ofsted's files."""
