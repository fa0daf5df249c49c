# Pooled proportions as lme4 and metafor compute them, and by a plain likelihood: integrate() for the
# binomial-normal model, lbeta() for the beta-binomial, each maximised and profiled by nested search.
# Run from anywhere: Rscript tests/oracles/pooling.R; writes pooling.json beside itself.
suppressPackageStartupMessages({
  library(lme4)
  library(metafor)
})
here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(here, "oracle.R"))

studies <- list(
  spread = list(x = c(15, 12, 33, 6, 11, 1), n = c(57, 57, 60, 19, 21, 13)),
  zero_and_all = list(x = c(0, 3, 9, 4, 2, 5, 1), n = c(12, 20, 30, 4, 15, 25, 12)),
  rare = list(x = c(0, 1, 15, 2, 5, 0), n = c(57, 21, 109, 49, 26, 33)),
  unequal = list(x = c(74, 19, 6, 11), n = c(277, 57, 19, 21)),
  alike = list(x = c(26, 33, 32), n = c(100, 100, 100)),
  wide = list(x = c(1, 28, 3, 30, 14, 8, 21, 17), n = c(30, 30, 30, 31, 29, 30, 32, 30))
)

log_terms <- function(s, mu, tau) {
  one <- function(x, n) {
    if (tau == 0) return(dbinom(x, n, plogis(mu), log = TRUE))
    log_f <- function(z) dbinom(x, n, plogis(mu + tau * z), log = TRUE) + dnorm(z, log = TRUE)
    peak <- optimize(log_f, c(-40, 40), maximum = TRUE, tol = 1e-8)
    f <- function(z) exp(log_f(z) - peak$objective)
    width <- 1 / sqrt(1 + tau^2 * n / 4)
    cuts <- peak$maximum + c(-12, -4 * width, 0, 4 * width, 12)
    parts <- mapply(function(a, b) integrate(f, a, b, rel.tol = 1e-12, abs.tol = 0,
                                             subdivisions = 1000)$value,
                    head(cuts, -1), tail(cuts, -1))
    peak$objective + log(sum(parts))
  }
  sum(mapply(one, s$x, s$n))
}
log_beta_binomial <- function(s, logit, theta) {
  p <- plogis(logit)
  if (theta == 0) return(sum(dbinom(s$x, s$n, p, log = TRUE)))
  a <- p / theta; b <- (1 - p) / theta
  sum(lchoose(s$n, s$x) + lbeta(s$x + a, s$n - s$x + b) - lbeta(a, b))
}

# The likelihood's own flatness limits a search for its peak to about 1e-7 of a parameter.
peak_of <- function(f, s, most) {
  over_location <- function(spread) optimize(function(m) f(s, m, spread), c(-8, 8),
                                             maximum = TRUE, tol = 1e-9)
  best <- optimize(function(v) over_location(v)$objective, c(0, most), maximum = TRUE, tol = 1e-8)
  at_zero <- over_location(0)
  spread <- if (at_zero$objective >= best$objective - 1e-10) 0 else best$maximum
  at <- over_location(spread)
  list(location = at$maximum, spread = spread, log_likelihood = at$objective,
       at_zero = at_zero$objective)
}
profile_location <- function(f, s, peak, most) {
  drop <- function(m) {
    over <- optimize(function(v) f(s, m, v), c(0, most), maximum = TRUE, tol = 1e-8)$objective
    2 * (peak$log_likelihood - max(over, f(s, m, 0))) - qchisq(0.95, 1)
  }
  side <- function(direction) {
    step <- 0.5
    while (drop(peak$location + direction * step) < 0) step <- step * 1.5
    ends <- sort(peak$location + direction * c(1e-6, step))
    uniroot(drop, ends, tol = 1e-9)$root
  }
  c(side(-1), side(1))
}

results <- lapply(studies, function(s) {
  glmer_fit <- glmer(cbind(s$x, s$n - s$x) ~ 1 + (1 | study), nAGQ = 100, family = binomial,
                     data = data.frame(study = factor(seq_along(s$x))),
                     control = glmerControl(optimizer = "bobyqa",
                                            optCtrl = list(rhoend = 1e-9, maxfun = 1e5)))
  meta <- rma.glmm(xi = s$x, ni = s$n, measure = "PLO", nAGQ = 100, test = "t")
  pi <- predict(meta, transf = transf.ilogit)
  riley <- predict(meta, transf = transf.ilogit, pi.type = "riley")
  # tau and theta stay well below these ends, also far along the profile.
  on_tau <- function(s, m, tau) log_terms(s, m, tau)
  normal <- peak_of(on_tau, s, 9)
  beta <- peak_of(log_beta_binomial, s, 9)
  list(
    counts = s$x, sizes = s$n,
    glmer = list(logit = scalar(unname(fixef(glmer_fit))), tau = scalar(unname(getME(glmer_fit, "theta")))),
    metafor = list(logit = scalar(as.numeric(meta$beta)), std_error = scalar(meta$se),
                   tau2 = scalar(meta$tau2), i_squared = scalar(meta$I2 / 100),
                   homogeneity = scalar(meta$QE.LRT), homogeneity_p = scalar(meta$QEp.LRT),
                   prediction = as.numeric(c(pi$pi.lb, pi$pi.ub)),
                   riley = as.numeric(c(riley$pi.lb, riley$pi.ub))),
    normal = c(lapply(normal, scalar), list(limits = profile_location(on_tau, s, normal, 9))),
    beta = c(lapply(beta, scalar), list(limits = profile_location(log_beta_binomial, s, beta, 9))),
    at = lapply(list(c(-0.5, 0.3), c(-2, 1.5), c(0.4, 2.5), c(-1, 0)), function(point) {
      list(location = scalar(point[1]), tau = scalar(point[2]),
           log_likelihood = scalar(log_terms(s, point[1], point[2])),
           beta_log_likelihood = scalar(log_beta_binomial(s, point[1], point[2])))
    })
  )
})
write_oracle(list(studies = results), packages = c("lme4", "metafor"))
