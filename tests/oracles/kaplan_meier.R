# Survival curves as R computes them, on data chosen to be difficult, data and values together.
# Run from anywhere: Rscript tests/oracles/kaplan_meier.R; writes kaplan_meier.json beside itself.
here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
for (file in c("oracle.R", "survfit_values.R")) source(file.path(here, file))
set.seed(1958)

data <- list(
  ties = rows(c(1, 2, 2, 2, 3, 4, 4, 5, 6, 6), c(1, 1, 0, 1, 1, 0, 1, 0, 1, 0)),
  heavy_censoring = random(200, 0.25, 0.08),
  last_time_censored = rows(c(3, 5, 7, 9, 9, 14), c(1, 1, 0, 1, 1, 0)),
  all_die = rows(c(4, 1, 3, 2, 9, 7, 5), rep(1, 7)),
  all_die_at_once = rows(rep(3, 5), rep(1, 5)),
  one_dies = rows(5, 1),
  one_is_censored = rows(5, 0),
  nobody_dies = rows(c(2, 2, 4, 7), rep(0, 4)),
  plateau_at_half = rows(c(1, 2, 3, 4, 6, 8), c(1, 1, 1, 0, 1, 1)),
  plateau_to_the_end = rows(c(2, 4, 9, 12), c(1, 1, 0, 0)),
  plateaus_by_many_factors = rows(c(1:10, 12, 15), c(rep(1, 9), 0, 1, 1)),
  censored_before_the_first_death = rows(c(1, 2, 3, 4, 5), c(0, 0, 1, 1, 0)),
  deaths_tied_with_the_last_censoring = rows(c(1, 5, 5, 5), c(1, 1, 0, 0)),
  floating_error_ties = rows(c(0.1 + 0.2, 0.3, 0.3, 0.7, 0.1 * 7, 1, 1.1 * 1.1, 1.21),
                             c(1, 0, 1, 1, 1, 0, 1, 0)),
  months_from_days = rows(c(17, 31, 59, 90, 90, 181, 365, 366, 400) / 30.4375,
                          c(1, 1, 0, 1, 0, 1, 1, 0, 1)),
  upper_limit_rises_again = rows(c(3, 5, 5, 6, 6, 7, 9, 10, 11, 12, 14, 19, 20, 21, 22, 23, 25,
                                   26, 27, 28, 29, 30),
                                 c(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1)),
  near_ties_relative_to_the_mean = rows(c(rep(10, 6), 1000, 1000 + 9e-6), c(1, 0, 1, 0, 1, 0, 1, 1)),
  times_apart_by_more_than_rounding = rows(c(rep(10, 6), 1000, 1000 + 20e-6),
                                           c(1, 0, 1, 0, 1, 0, 1, 1)),
  near_ties_without_exact_ties = rows(c(10, 1000, 1000 + 9e-6), c(0, 1, 1)),
  no_ties_without_exact_ties = rows(c(10, 1000, 1000 + 16e-6), c(0, 1, 1)),
  near_ties_under_late_entry = rows(c(10, 1000, 1000 + 5e-6), c(0, 1, 1), c(0, 0, 3)),
  no_ties_under_late_entry = rows(c(10, 1000, 1000 + 16e-6), c(0, 1, 1), c(0, 0, 3)),
  large_times = rows(c(1e7, 2e7, 2e7 + 1, 3e7), c(1, 1, 0, 1)),
  small_times = rows(c(1e-4, 2e-4, 2.5e-4, 3e-4), c(1, 0, 1, 1)),
  few_times = random(300, 10, 0.6),
  many_ties = random(500, 1, 0.5),
  continuous = rows(rexp(300), rbinom(300, 1, 0.7)),
  late_entry = random(80, 0.5, 0.6, late = TRUE),
  late_entry_with_ties = random(200, 3, 0.7, late = TRUE),
  entry_at_a_death = rows(c(4, 6, 9, 9), c(1, 1, 0, 1), c(0, 4, 4, 6)),
  entry_near_a_death = rows(c(0.1 + 0.2, 1, 2), c(1, 1, 1), c(0, 0.3, 0)),
  risk_set_dies_out_early = rows(c(1, 2, 5, 6, 8), c(1, 1, 1, 0, 1), c(0, 0, 3, 3, 4)),
  nobody_at_risk_for_a_while = rows(c(2, 3, 8, 9), c(1, 0, 1, 0), c(0, 1, 5, 5))
)

letters_of <- function(n, size) sample(letters[seq_len(size)], n, TRUE)
big <- random(150, 1, 0.6)
comparisons <- list(
  two_groups = compared(c(1, 2, 3, 4, 5, 6, 7, 8), c(1, 1, 1, 0, 1, 1, 0, 1), rep(c("a", "b"), 4)),
  separated = compared(1:10, rep(1, 10), rep(c("a", "b"), each = 5)),
  three_groups = compared(big$stop, big$event, letters_of(150, 3)),
  five_groups = compared(big$stop, big$event, letters_of(150, 5)),
  strata = compared(big$stop, big$event, letters_of(150, 2), letters_of(150, 3)),
  three_groups_many_strata = compared(big$stop, big$event, letters_of(150, 3), letters_of(150, 12)),
  a_group_without_deaths = compared(c(1, 2, 3, 4, 5, 6), c(1, 0, 1, 0, 1, 0), rep(c("a", "b"), 3)),
  a_group_gone_before_the_first_death = compared(c(1, 1, 3, 4, 5, 6, 7), c(0, 0, 1, 1, 1, 0, 1),
                                                 c("a", "a", "b", "c", "b", "c", "c")),
  floating_error_ties = compared(c(0.1 + 0.2, 0.3, 0.7, 0.1 * 7, 1, 2), c(1, 1, 1, 0, 1, 1),
                                 c("a", "b", "a", "b", "b", "a"))
)

write_oracle(
  list(curves = lapply(data, curve), follow_up = Filter(Negate(is.null), lapply(data, reverse)),
       log_rank = comparisons, depths = depths),
  c("survival", "prodlim")
)
