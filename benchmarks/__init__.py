"""Measure the budgets of the design on generated projects of the sizes named there."""
