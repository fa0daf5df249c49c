# A batch of random data for `make oracle-long`, and what R computes from them. Not committed.
# SECONDLOOK_BATCH is the number of data sets of each kind, SECONDLOOK_SEED the seed.
here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
for (file in c("oracle.R", "survfit_values.R")) source(file.path(here, file))
set.seed(as.integer(Sys.getenv("SECONDLOOK_SEED", "1")))
size <- as.integer(Sys.getenv("SECONDLOOK_BATCH", "10"))

# Ties, times apart by rounding, late entry, gaps in which nobody is at risk, one death, none, all,
# and plateaus at one half.
curve_data <- function(i) {
  n <- sample(c(1:8, 10, 20, 40, 80), 1)
  step <- sample(c(1, 0.1, 1 / 30.4375, 3, 1e-6, 1e6), 1)
  late <- i %% 3 == 0
  fuzz <- function(x) x * (1 + sample(c(0, 1e-15, -1e-15), n, TRUE))
  start <- if (late) fuzz(step * sample(0:6, n, TRUE) * sample(c(1, 4), 1))
  stop <- (if (late) start else 0) + step * sample(seq_len(sample(2:12, 1)), n, TRUE)
  if (i %% 2 == 0) stop <- fuzz(stop)
  event <- switch(1 + i %% 7, rep(0, n), seq_len(n) == sample(n, 1), rep(1, n),
                  rank(stop, ties.method = "first") <= n / 2, rbinom(n, 1, 0.15),
                  rbinom(n, 1, runif(1)), rbinom(n, 1, 0.6))
  rows(stop, event, start)
}

comparison <- function(i) {
  n <- sample(4:60, 1)
  step <- sample(c(1, 0.1, 1e-3), 1)
  group <- letters[c(1, 2, sample(sample(2:5, 1), n - 2, TRUE))]
  strata <- if (i %% 2 == 0) sample(letters[seq_len(sample(2:6, 1))], n, TRUE)
  # survdiff cannot invert a variance of groups that are never at risk together
  tryCatch(compared(step * sample(sample(3:30, 1), n, TRUE), rbinom(n, 1, runif(1, 0.2, 1)), group, strata),
           error = function(e) NULL)
}

table_of <- function(i) {
  repeat {
    shape <- sample(2:5, 2, TRUE)
    n <- sample(4:40, 1)
    chance <- outer(rexp(shape[1]), rexp(shape[2]))
    t <- matrix(rmultinom(1, n, chance), shape[1])
    if (sum(rowSums(t) > 0) > 1 && sum(colSums(t) > 0) > 1) break
  }
  list(table = t, p_value = scalar(fisher.test(t, workspace = 2e7)$p.value))
}

# The likelihoods of pooled rates at a random place: by integrate(), and by lbeta().
studies <- function(i) {
  k <- sample(2:8, 1)
  n <- sample(c(1:20, 50, 300), k, TRUE)
  x <- rbinom(k, n, plogis(rnorm(k, runif(1, -3, 3), runif(1, 0, 2))))
  mu <- runif(1, -3, 3); tau <- runif(1, 0.05, 3); theta <- runif(1, 0.05, 3)
  normal <- sum(mapply(function(x, n) {
    log_f <- function(z) dbinom(x, n, plogis(mu + tau * z), log = TRUE) + dnorm(z, log = TRUE)
    peak <- optimize(log_f, c(-40, 40), maximum = TRUE, tol = 1e-8)
    cuts <- peak$maximum + c(-12, -2, -0.5, 0, 0.5, 2, 12)
    parts <- mapply(function(a, b) integrate(function(z) exp(log_f(z) - peak$objective), a, b,
                                             rel.tol = 1e-12, abs.tol = 0, subdivisions = 1000)$value,
                    head(cuts, -1), tail(cuts, -1))
    peak$objective + log(sum(parts))
  }, x, n))
  a <- plogis(mu) / theta; b <- plogis(-mu) / theta
  list(x = x, n = n, mu = scalar(mu), tau = scalar(tau), theta = scalar(theta), normal = scalar(normal),
       beta = scalar(sum(lchoose(n, x) + lbeta(x + a, n - x + b) - lbeta(a, b))))
}

data <- lapply(seq_len(size), curve_data)
write_oracle(
  list(curves = lapply(data, curve), follow_up = lapply(data, reverse), depths = depths,
       log_rank = lapply(seq_len(size), comparison), tables = lapply(seq_len(size), table_of),
       studies = lapply(seq_len(size), studies)),
  c("survival", "prodlim")
)
