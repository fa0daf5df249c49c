"""Pool the proportions of several small studies, and say how far they lie apart.

- ``pooled``: `pool`: estimate, profile intervals, prediction interval, heterogeneity; `estimate`
  alone
- ``likelihoods``: binomial within studies; normal logits or a Beta between them
- ``profile``: maximum and profile intervals of either
"""

from secondlook.pooling.pooled import Heterogeneity, PooledProportion, estimate, pool

__all__ = ["Heterogeneity", "PooledProportion", "estimate", "pool"]
