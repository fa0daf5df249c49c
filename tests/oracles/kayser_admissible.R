# What each constructed data set of Kayser 2022 prints: survival with log limits, medians, numbers at
# risk, the reverse Kaplan-Meier, and the Mantel-Byar test as the score test of a Cox model; for the
# patients in complete remission relapse-free survival with log limits and median survival; and who
# relapsed, died or was transplanted, counted.
# Run from the root of the repository: Rscript tests/oracles/kayser_admissible.R
suppressPackageStartupMessages({
  library(survival)
  library(prodlim)
})
here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(here, "oracle.R"))

sets <- read.csv(file.path("data", "kayser-2022", "constructed.csv"))

facts <- function(d) {
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
  complete <- d[d$response == "complete remission", ]
  relapsed <- !is.na(complete$relapse_time)
  complete$free <- ifelse(relapsed, complete$relapse_time, complete$time) - complete$remission_time
  # Times are multiples of a tenth; their differences are not, to the last bit.
  complete$free <- round(complete$free, 1)
  complete$ended <- relapsed | complete$event == 1
  free <- survfit(Surv(free, ended) ~ 1, data = complete, conf.type = "log")
  free_at <- summary(free, times = c(12, 24))
  of_complete <- survfit(Surv(time, event) ~ 1, data = complete)
  responder <- d$response %in% c("complete remission", "partial remission")
  again <- responder & !is.na(d$relapse_time)
  in_response <- function(r) sum(moved & d$response == r)
  list(
    complete = nrow(complete),
    first_cycle = sum(d$first_cycle == "complete remission"),
    left_in_first_cycle = sum(d$time < 14 / 30.4375),
    events_complete = sum(complete$ended),
    deaths_complete = sum(complete$event),
    relapse_free = free_at$surv, relapse_free_lower = free_at$lower,
    relapse_free_upper = free_at$upper,
    median_complete = unname(quantile(of_complete, 0.5)$quantile),
    responders = sum(responder),
    relapsed = sum(again),
    relapsed_died = sum(again & d$event == 1),
    relapsed_after_transplant = sum(again & moved & d$relapse_time > d$transplant_time, na.rm = TRUE),
    died_in_remission = sum(d$fate == "died in remission" & d$event == 1 & is.na(d$relapse_time)),
    in_remission = sum(grepl("^still in", d$fate) & d$event == 0),
    transplanted = c(
      in_response("complete remission"), in_response("partial remission"),
      in_response("stable, resistant or progressive disease")
    ),
    deaths = sum(d$event),
    survival = at$surv, lower = at$lower, upper = at$upper,
    median = unname(quantile(fit, 0.5)$quantile),
    median_lower = unname(quantile(fit, 0.5)$lower),
    median_upper = unname(quantile(fit, 0.5)$upper),
    at_risk = sapply(seq(0, 48, 3), function(t) sum(d$time >= t)),
    follow_up = first(height),
    follow_up_lower = first(height * exp(-z * se / height)),
    follow_up_upper = first(pmin(1, height * exp(z * se / height))),
    mantel_byar = unname(pchisq(cox$score, 1, lower.tail = FALSE)),
    hazard_ratio = unname(exp(coef(coxph(
      Surv(start, stop, died) ~ after, data = rows, ties = "efron",
      control = coxph.control(eps = 1e-12, iter.max = 50, toler.chol = 1e-13)
    ))))
  )
}

values <- lapply(split(sets, sets$set), facts)
write_oracle(list(sets = values), c("survival", "prodlim"))
