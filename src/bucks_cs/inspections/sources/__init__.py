"""Inspections: the frameworks, the law and the publications behind them, and how soon things fall due."""
