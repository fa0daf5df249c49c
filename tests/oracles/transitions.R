# Random (start, stop] data with states that change, and what R computes from them.
# Run from anywhere: Rscript tests/oracles/transitions.R; writes transitions.json beside itself.
# SECONDLOOK_BATCH is the number of data sets (40 unless set), SECONDLOOK_SEED the seed; heavy ties in most.
suppressPackageStartupMessages(library(survival))
here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(here, "oracle.R"))
set.seed(as.integer(Sys.getenv("SECONDLOOK_SEED", "1974")))
size <- as.integer(Sys.getenv("SECONDLOOK_BATCH", "40"))
exactly <- coxph.control(eps = 1e-14, toler.chol = 1e-15, iter.max = 60)

# One patient: a sequence of rows, each in a state; some patients come back, some have gaps.
patient <- function(id, states, step, comes_back, gaps) {
  clock <- if (runif(1) < 0.2) step * sample(0:3, 1) else 0
  state <- sample(0:(states - 1), 1, prob = c(3, rep(1, states - 1)))
  rows <- NULL
  repeat {
    stop <- clock + step * ceiling(rexp(1, 0.3) / step)
    moves <- runif(1) < 0.45
    died <- !moves && runif(1) < 0.7
    rows <- rbind(rows, c(id, clock, stop, died, state))
    if (!moves) return(rows)
    clock <- stop + if (gaps && runif(1) < 0.2) step else 0
    state <- if (comes_back) sample(setdiff(0:(states - 1), state), 1) else min(state + 1, states - 1)
  }
}

data_set <- function(i) {
  states <- if (i %% 4 == 0) 3 else 2
  step <- c(1, 1, 0.5, 1e-3)[1 + i %% 4]
  d <- do.call(rbind, lapply(seq_len(sample(8:30, 1)), patient, states = states, step = step,
                             comes_back = i %% 3 == 0, gaps = i %% 5 == 0))
  d <- as.data.frame(d)
  names(d) <- c("id", "start", "stop", "event", "state")
  # The tables below are counted by exact equality: sums that differ by rounding are one time.
  d$start <- round(d$start, 6)
  d$stop <- round(d$stop, 6)
  d$x <- round(rnorm(nrow(d)), 2)
  d$stratum <- if (i %% 3 == 1) d$id %% 2 else 0
  d
}

# The event-time tables, counted row by row: deaths and survivors in each state.
tables <- function(d) {
  states <- sort(unique(d$state))
  at <- unique(d[d$event == 1, c("stratum", "stop")])
  at <- at[order(at$stratum, at$stop), ]
  lapply(seq_len(nrow(at)), function(k) {
    here <- d$stratum == at$stratum[k] & d$start < at$stop[k] & d$stop >= at$stop[k]
    n <- vapply(states, function(s) sum(here & d$state == s), 0)
    died <- vapply(states, function(s) sum(here & d$state == s & d$event == 1 & d$stop == at$stop[k]), 0)
    rbind(died, n - died)
  })
}

mantel_byar <- function(d) {
  all <- tables(d)
  observed <- Reduce(`+`, lapply(all, function(t) t[1, ]))
  expected <- Reduce(`+`, lapply(all, function(t) colSums(t) * sum(t[1, ]) / sum(t)))
  informative <- Filter(function(t) sum(t) > 1 && all(rowSums(t) > 0) && sum(colSums(t) > 0) > 1, all)
  result <- list(observed = observed, expected = expected)
  if (length(informative) < 2) return(result)  # mantelhaen.test wants two tables
  stacked <- array(unlist(informative), c(dim(informative[[1]]), length(informative)))
  if (any(apply(stacked, 2, sum) == 0)) return(result)
  test <- mantelhaen.test(stacked, correct = FALSE)
  result$statistic <- scalar(unname(test$statistic))
  result$p_value <- scalar(test$p.value)
  if (dim(stacked)[2] == 2) {
    result$exact_p <- scalar(mantelhaen.test(stacked, exact = TRUE)$p.value)
    tied <- max(vapply(all, function(t) choose(sum(t), sum(t[1, ])), 0))
    if (tied < 1e4) {  # the exact partial likelihood enumerates subsets
      score <- coxph(Surv(start, stop, event) ~ state + strata(stratum), d, ties = "exact", init = 0,
                     control = coxph.control(iter.max = 0))
      result$cox_score <- scalar(unname(score$score))
    }
  }
  result
}

simon_makuch <- function(d) {
  ticks <- sort(unique(c(0, d$start, d$stop, max(d$stop) / 3)))
  lapply(split(d, d$state), function(own) {
    fit <- survfit(Surv(start, stop, event) ~ 1, own, timefix = FALSE)
    list(state = scalar(own$state[1]), time = fit$time, survival = fit$surv,
         std_error = fit$std.err * fit$surv, lower = fit$lower, upper = fit$upper,
         at_risk = fit$n.risk, ticks = ticks,
         at_ticks = vapply(ticks, function(t) if (t == 0) sum(own$start == 0)
                           else sum(own$start < t & own$stop >= t), 0))
  })
}

andersen_gill <- function(d, ties) {
  finite <- TRUE
  fit <- withCallingHandlers(
    tryCatch(coxph(Surv(start, stop, event) ~ state + x + strata(stratum), d, ties = ties, cluster = id,
                   control = exactly), error = function(e) NULL),
    warning = function(w) { finite <<- FALSE; invokeRestart("muffleWarning") })
  if (is.null(fit) || !finite || anyNA(coef(fit)) || any(abs(coef(fit)) > 6)) return(NULL)
  list(coefficient = unname(coef(fit)), std_error = sqrt(diag(fit$naive.var)),
       robust_std_error = sqrt(diag(fit$var)), log_likelihood = fit$loglik,
       score = scalar(unname(fit$score)))
}

one <- function(i) {
  repeat {
    d <- data_set(i)
    if (sum(d$event) > 2 && length(unique(d$state)) > 1 && any(tapply(d$event, d$state, sum) > 0)) break
  }
  list(rows = as.list(d), mantel_byar = mantel_byar(d), simon_makuch = simon_makuch(d),
       efron = andersen_gill(d, "efron"), breslow = andersen_gill(d, "breslow"))
}

write_oracle(list(data_sets = lapply(seq_len(size), one)), "survival")
