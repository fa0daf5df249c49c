# Survival curves of random small data with ties, late entry and floating-point error, by R.
# Not committed: 300 data sets are computed afresh wherever R is present.
here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
for (file in c("oracle.R", "survfit_values.R")) source(file.path(here, file))
set.seed(457)

ugly <- function(i) {
  n <- sample(c(1:6, 10, 20, 40), 1)
  step <- sample(c(1, 0.1, 1 / 30.4375, 3), 1)
  late <- i %% 3 == 0
  fuzz <- function(x) x * (1 + sample(c(0, 1e-15, -1e-15), n, TRUE))
  start <- if (late) fuzz(step * sample(0:6, n, TRUE))
  stop <- (if (late) start else 0) + step * sample(seq_len(sample(2:12, 1)), n, TRUE)
  rows(if (i %% 2 == 0) fuzz(stop) else stop, rbinom(n, 1, runif(1)), start)
}
data <- lapply(seq_len(300), ugly)
write_oracle(
  list(curves = lapply(data, curve), follow_up = lapply(data, reverse), depths = depths),
  c("survival", "prodlim")
)
