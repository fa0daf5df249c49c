# The contenders in R for benchmarks/mantel_byar.py.
library(survival)

score_test <- function(columns) {
  y <- Surv(columns$start, columns$stop, columns$event)
  at_zero <- coxph.control(iter.max = 0)
  function() coxph(y ~ columns$state, init = 0, ties = "breslow", control = at_zero)$score
}
