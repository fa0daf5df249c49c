# What R computes of one survival curve: survfit, its summary, quantiles and mean; prodlim reversed;
# and of a comparison: survdiff.
suppressPackageStartupMessages({
  library(survival)
  library(prodlim)
})

rows <- function(stop, event, start = NULL) list(stop = stop, event = as.integer(event), start = start)
random <- function(n, step, dying, late = FALSE) {
  start <- if (late) floor(rexp(n, 1 / 4) / step) * step
  stop <- step * pmax(1, round(rexp(n, 1 / 10) / step)) + if (late) start else 0
  rows(stop, rbinom(n, 1, dying), start)
}

types <- c(plain = "plain", log = "log", "log-log" = "log-log", logit = "logit", arcsine = "arcsin")
depths <- c(0.1, 0.25, 0.5, 0.75, 0.9)

curve <- function(d) {
  y <- if (is.null(d$start)) Surv(d$stop, d$event) else Surv(d$start, d$stop, d$event)
  fit <- survfit(y ~ 1)
  full <- summary(fit, censored = TRUE)
  last <- max(fit$time)
  asked <- sort(unique(c(0, fit$time[c(1, ceiling(length(fit$time) / 2))] * c(0.5, 1), last, 1.5 * last,
                         (fit$time[1] + last) / 2.01)))
  read <- summary(fit, times = asked, extend = TRUE)
  of_type <- function(type, level = 0.95) {
    fit <- survfit(y ~ 1, conf.type = type, conf.int = level)
    at <- summary(fit, times = asked, extend = TRUE)
    q <- quantile(fit, depths)
    list(lower = fit$lower, upper = fit$upper, at_lower = at$lower, at_upper = at$upper,
         quantile = unname(q$quantile), quantile_lower = unname(q$lower),
         quantile_upper = unname(q$upper))
  }
  horizons <- c(fit$time[1], last / 2, last, 1.25 * last)
  means <- vapply(horizons[horizons >= min(fit$time)], function(h)
    survival:::survmean(survfit0(fit), rmean = h)$matrix[c("rmean", "se(rmean)")], c(0, 0))
  list(
    stop = d$stop, event = d$event, start = d$start,
    time = full$time, at_risk = full$n.risk, events = full$n.event, censored = full$n.censor,
    survival = full$surv, std_error = full$std.err,
    asked = asked, at_survival = read$surv, at_std_error = read$std.err, at_events = read$n.event,
    at_censored = read$n.censor, at_risk_if_all_from_0 = read$n.risk,
    level_90 = of_type("log", 0.9),
    types = lapply(types, of_type),
    horizons = horizons[horizons >= min(fit$time)], means = means[1, ], mean_errors = means[2, ]
  )
}

reverse <- function(d) {
  # prodlim refuses late entry here, and data without any death or without any censoring
  if (!is.null(d$start) || length(unique(d$event)) == 1) return(NULL)
  # prodlim knows no floating-point ties: give it the times as R's survival ties them
  time <- aeqSurv(Surv(d$stop, d$event))[, 1]
  fit <- prodlim(Hist(time, event) ~ 1, data = data.frame(time = time, event = d$event), reverse = TRUE)
  list(time = fit$time, at_risk = fit$n.risk, deaths = fit$n.event, lost = fit$n.lost,
       survival = fit$surv, std_error = fit$se.surv)
}

compared <- function(stop, event, group, strata = NULL) {
  test <- if (is.null(strata)) survdiff(Surv(stop, event) ~ group)
          else survdiff(Surv(stop, event) ~ group + strata(strata))
  sum_up <- function(x) if (is.matrix(x)) rowSums(x) else as.vector(x)
  list(stop = stop, event = as.integer(event), group = group, strata = strata,
       observed = sum_up(test$obs), expected = sum_up(test$exp), variance = test$var,
       statistic = scalar(test$chisq), p_value = scalar(test$pvalue))
}
