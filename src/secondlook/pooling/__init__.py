"""Pool the proportions of several small studies, and say how far they lie apart.

- ``pooled``: `pool`: estimate, profile intervals, prediction interval; `estimate` alone
- ``likelihoods``: binomial within studies; normal logits or a Beta between them
- ``profile``: maximum and profile intervals of either
"""

from secondlook.pooling.pooled import PooledProportion, estimate, pool

__all__ = ["PooledProportion", "estimate", "pool"]
