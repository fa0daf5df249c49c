# Real cohorts that ship with R's survival, of 23 to 929 patients, and their curves printed as a paper
# would: at risk at the ticks of an axis, survival in whole percent with limits at two times, median
# survival and median follow-up with limits to one decimal, as survfit gives them.
# Run from the root of the repository: Rscript tests/oracles/real_cohorts.R
suppressPackageStartupMessages(library(survival))
here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(here, "oracle.R"))

days <- function(time, event) data.frame(time = as.numeric(time), event = as.integer(event))
cohorts <- list(
  aml = days(aml$time, aml$status),
  ovarian = days(ovarian$futime, ovarian$fustat),
  kidney = days(kidney$time, kidney$status),
  heart = days(jasa$futime + 1, jasa$fustat),
  veteran = days(veteran$time, veteran$status),
  transplant = days(transplant$futime[transplant$futime > 0],
                    transplant$event[transplant$futime > 0] == "death"),
  lung = days(lung$time, lung$status == 2),
  mgus = days(mgus$futime, mgus$death),
  pbc = days(pbc$time, pbc$status == 2),
  gbsg = days(gbsg$rfstime, gbsg$status),
  colon = days(colon$time[colon$etype == 2], colon$status[colon$etype == 2])
)

percent <- function(x) sprintf("%.0f", 100 * x)
tenth <- function(x) ifelse(is.na(x), "NR", sprintf("%.1f", x))
triple <- function(x) sprintf("%s (%s-%s)", x[1], x[2], x[3])

printed <- function(d, type) {
  fit <- survfit(Surv(time, event) ~ 1, data = d, conf.type = type)
  back <- survfit(Surv(time + 0.001 * (event == 0), 1 - event) ~ 1, data = d, conf.type = type)
  last <- max(d$time)
  step <- 10^floor(log10(last / 8)) * c(1, 2, 5, 10)
  step <- step[step >= last / 10][1]
  ticks <- step * 0:ceiling(last / step)
  at <- summary(fit, times = step * c(2, 4))
  some <- !is.na(at$upper)
  survival <- triple_rows(at$surv[some], at$lower[some], at$upper[some])
  quantiles <- unlist(quantile(fit, 0.5))
  followed <- unlist(quantile(back, 0.5))
  list(
    n = scalar(as.character(nrow(d))),
    at_risk = scalar(paste(vapply(ticks, function(t) sum(d$time >= t), 0L), collapse = " ")),
    ticks = scalar(sprintf("%g", step)),
    interval = scalar(type),
    survival = setNames(lapply(survival, scalar), sprintf("%g", at$time[some])),
    median = scalar(triple(tenth(quantiles))),
    follow_up = scalar(triple(tenth(followed)))
  )
}
triple_rows <- function(a, b, c) sprintf("%s (%s-%s)", percent(a), percent(b), percent(c))

write_oracle(list(cohorts = lapply(cohorts, function(d) {
  d <- d[order(d$time), ]
  list(time = d$time, event = d$event,
       log = printed(d, "log"), `log-log` = printed(d, "log-log"))
})), "survival")
