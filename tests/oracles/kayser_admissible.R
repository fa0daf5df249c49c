# What each constructed data set of Kayser 2022 prints: survival with log limits, medians, numbers at
# risk, the reverse Kaplan-Meier, and the Mantel-Byar test as the score test of a Cox model.
# Run from the root of the repository: Rscript tests/oracles/kayser_admissible.R
suppressPackageStartupMessages({
  library(survival)
  library(prodlim)
})
here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(here, "oracle.R"))

folder <- file.path("data", "kayser-2022", "admissible")
files <- sort(list.files(folder, pattern = "[.]csv$"))
stopifnot(length(files) > 0)

facts <- function(file) {
  d <- read.csv(file.path(folder, file))
  fit <- survfit(Surv(time, event) ~ 1, data = d, conf.type = "log")
  at <- summary(fit, times = c(12, 24))
  # prodlim's reverse estimator counts deaths before censorings at equal times, as survfit on a
  # flipped indicator does not; its limits on the log scale are made from its standard error.
  back <- prodlim(Hist(time, event) ~ 1, data = d, reverse = TRUE)
  events <- back$n.lost > 0
  height <- back$surv[events]
  se <- back$se.surv[events]
  z <- qnorm(0.975)
  first <- function(x) {
    below <- which(!is.na(x) & x <= 0.5)
    if (length(below)) back$time[events][below[1]] else NA
  }
  moved <- !is.na(d$transplant_time)
  until <- ifelse(moved, d$transplant_time, d$time)
  rows <- rbind(
    data.frame(start = 0, stop = until, died = ifelse(moved, 0, d$event), after = 0),
    data.frame(start = until, stop = d$time, died = d$event, after = 1)[moved, ]
  )
  # The score test of a Cox model whose ties are taken as one discrete time is the log-rank test.
  cox <- coxph(Surv(start, stop, died) ~ after, data = rows, ties = "exact")
  list(
    deaths = sum(d$event),
    survival = at$surv, lower = at$lower, upper = at$upper,
    median = unname(quantile(fit, 0.5)$quantile),
    median_lower = unname(quantile(fit, 0.5)$lower),
    median_upper = unname(quantile(fit, 0.5)$upper),
    at_risk = sapply(seq(0, 48, 3), function(t) sum(d$time >= t)),
    follow_up = first(height),
    follow_up_lower = first(height * exp(-z * se / height)),
    follow_up_upper = first(pmin(1, height * exp(z * se / height))),
    mantel_byar = unname(pchisq(cox$score, 1, lower.tail = FALSE))
  )
}

values <- lapply(files, facts)
names(values) <- sub("[.]csv$", "", files)
write_oracle(list(sets = values), c("survival", "prodlim"))
