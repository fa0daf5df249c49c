"""The examples of the methods report: ten patients each, computed on the spot.

- :mod:`secondlook.methods.one_curve`: interval types, plateaus, follow-up, late entry.
- :mod:`secondlook.methods.two_states`: variants of Mantel-Byar, ticks, robust errors, ties.
- :mod:`secondlook.methods.stanford`: the Stanford heart transplant data as a positive control.
- :mod:`secondlook.methods.worthless`: a transplant that does nothing, for the size of the bias.
- :mod:`secondlook.methods.printed_numbers`: what a printed number admits.
"""
