# What R's survival prints for the ages and the bone marrow involvement that were given to a
# constructed data set of Kayser 2022: Wald's P of Cox models of overall survival on age, and on an
# age of 60 or more; the log-rank test of overall survival by bone marrow involvement, of all and of
# the patients in complete remission, and of relapse-free survival of these.
# Run from the root of the repository: Rscript tests/oracles/kayser_groups.R
suppressPackageStartupMessages(library(survival))
here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(here, "oracle.R"))

folder <- file.path("data", "kayser-2022")
groups <- read.csv(file.path(folder, "groups.csv"))
d <- merge(groups, read.csv(file.path(folder, "constructed.csv")), by = c("set", "patient"))
stopifnot(nrow(d) == nrow(groups))
complete <- d[d$response == "complete remission", ]
relapsed <- !is.na(complete$relapse_time)
until <- ifelse(relapsed, complete$relapse_time, complete$time)
# Times are multiples of a tenth; their differences are not, to the last bit.
complete$free <- round(until - complete$remission_time, 1)
complete$ended <- relapsed | complete$event == 1

precise <- coxph.control(eps = 1e-12, iter.max = 50, toler.chol = 1e-13)
wald <- function(formula) unname(coef(summary(coxph(formula, d, control = precise)))[, "Pr(>|z|)"])
log_rank <- function(formula, d) pchisq(survdiff(formula, d)$chisq, 1, lower.tail = FALSE)

write_oracle(list(p = list(
  "res-age-p" = wald(Surv(time, event) ~ age),
  "res-age-60-p" = wald(Surv(time, event) ~ age >= 60),
  "res-emd-os-p" = c(
    log_rank(Surv(time, event) ~ marrow, d), log_rank(Surv(time, event) ~ marrow, complete)
  ),
  "res-emd-rfs-p" = log_rank(Surv(free, ended) ~ marrow, complete)
)), "survival")
