# The log-rank test over every way to draw the groups: all groups of the size, one by one.
# Run from anywhere: Rscript tests/oracles/exact_log_rank.R; writes exact_log_rank.json beside itself.
suppressPackageStartupMessages(library(survival))
here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(here, "oracle.R"))
set.seed(1972)

# Observed less expected deaths, as survdiff has them, of every group of the size of the first one.
exactly <- function(stop, event, group) {
  excess <- function(inside) {
    test <- survdiff(Surv(stop, event) ~ inside)
    test$obs[2] - test$exp[2]
  }
  n <- length(stop)
  inside <- group == max(group)
  every <- combn(n, sum(inside), function(chosen) excess(seq_len(n) %in% chosen))
  list(stop = stop, event = as.integer(event), group = as.integer(inside),
       p_value = scalar(mean(abs(every) >= abs(excess(inside)) - 1e-9)))
}

random <- function(n, step) {
  stop <- step * ceiling(rexp(n, 0.3) / step)
  event <- rbinom(n, 1, 0.7)
  event[1] <- 1
  exactly(stop, event, sample(c(rep(0, n %/% 2), rep(1, n - n %/% 2))))
}

sets <- c(
  list(separated = exactly(1:8, rep(1, 8), rep(0:1, each = 4)),
       unequal = exactly(c(1, 1, 1, 2, 2, 3, 4, 5, 6, 6, 8), c(1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 0), c(1, 1, 1, 0, 0, 0, 1, 0, 0, 0, 0)),
       one_against_many = exactly(c(1, 2, 3, 3, 5, 8, 9), c(1, 0, 1, 1, 1, 0, 1), c(1, 0, 0, 0, 0, 0, 0))),
  setNames(lapply(1:8, function(i) random(7 + i %% 4, c(1, 0.01)[1 + i %% 2])), paste0("random_", 1:8))
)
write_oracle(list(tests = sets), "survival")
