"""Bitexts: two articles that say the same thing, or an article and its translation in the making, as units.

A unit keeps the sentences of both sides as lists, so that an alignment can be moved, merged and split without
retyping. Every write names the version it is based on; each replaced version of a unit stays in its history.
"""
