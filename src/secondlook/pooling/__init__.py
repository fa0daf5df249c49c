"""Pool the proportions of several small studies, and say how far they lie apart.

``pooled``           `pool`: estimate, profile intervals, prediction interval, heterogeneity
``binomial_normal``  the likelihood with normal logits between studies
``beta_binomial``    the likelihood with a Beta between studies
``profile``          maximum and profile intervals of either
"""

from secondlook.pooling.heterogeneity import Heterogeneity
from secondlook.pooling.pooled import PooledProportion, pool

__all__ = ["Heterogeneity", "PooledProportion", "pool"]
