"""What the methods page shows.

- :mod:`papers.methods.examples`: ten patients each on whom programs disagree; what others give.
- :mod:`papers.methods.curves`: what a printed curve leaves open, and what the answer costs.
- :mod:`papers.methods.stanford`: the Stanford heart transplants as a positive control, and a
  transplant that does nothing.
"""
