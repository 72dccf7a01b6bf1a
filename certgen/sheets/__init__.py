"""Sheets of paper for the clerk: what people look at and sign before anything is issued."""
