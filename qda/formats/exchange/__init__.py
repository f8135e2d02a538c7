"""Whole projects in and out: the exchange standard REFI-QDA, and what is told about it.

Every format is read into and written from `qda.formats.exchange.model`.
"""
