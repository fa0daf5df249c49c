"""The examples of the methods report: ten patients each, computed on the spot.

- :mod:`papers.methods.one_curve`: interval types, plateaus, follow-up, late entry.
- :mod:`papers.methods.two_states`: variants of Mantel-Byar, ticks, robust errors, ties.
- :mod:`papers.methods.stanford`: the Stanford heart transplant data as a positive control.
- :mod:`papers.methods.worthless`: a transplant that does nothing, for the size of the bias.
- :mod:`papers.methods.printed_numbers`: what a printed number admits.
"""
