# The contenders in R for benchmarks/kaplan_meier.py.
library(survival)

survfit_with_limits <- function(columns) {
  y <- Surv(columns$time, columns$event)
  function() survfit(y ~ 1)
}
