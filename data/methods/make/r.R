# What R's survival and prodlim give for the examples of the methods page; writes r.csv.
# Run from anywhere: Rscript data/methods/make/r.R
suppressPackageStartupMessages({
  library(survival)
  library(prodlim)
})
here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
examples <- read.csv(file.path(here, "..", "examples.csv"))
of <- function(name) examples[examples$example == name, ]
found <- list()
note <- function(example, quantity, at, value, package = "survival") {
  found[[length(found) + 1]] <<- data.frame(
    example = example, program = paste("R", package), version = as.character(packageVersion(package)),
    quantity = quantity, at = at, value = as.character(value)
  )
}

late <- survfit(Surv(start, stop, event) ~ 1, data = of("late entry"))
died <- of("late entry")$stop[of("late entry")$event == 1]
times <- sort(unique(died))[1:3]
for (time in times) note("late entry", "at risk", time, late$n.risk[late$time == time])

for (name in c("plateau", "ends level")) {
  curve <- survfit(Surv(stop, event) ~ 1, data = of(name))
  note(name, "median, print", "", unname(summary(curve)$table["median"]))
  note(name, "median, quantile", "", unname(quantile(curve, 0.5)$quantile))
}
note("plateau", "interval type by default", "", survfit(Surv(stop, event) ~ 1, data = of("plateau"))$conf.type)

followed <- of("follow-up")
reverse <- prodlim(Hist(stop, event) ~ 1, data = followed, reverse = TRUE)
note("follow-up", "median follow-up", "", quantile(reverse, q = 0.5)$quantiles.survival$quantile, "prodlim")
flipped <- survfit(Surv(stop, 1 - event) ~ 1, data = followed)
note("follow-up", "median by flipping", "", unname(summary(flipped)$table["median"]))

cox <- coxph(Surv(start, stop, event) ~ treated + cluster(id), data = of("robust"))
row <- summary(cox)$coefficients
note("robust", "coefficient", "", sprintf("%.4f", row[, "coef"]))
note("robust", "error", "", sprintf("%.4f", row[, "se(coef)"]))
note("robust", "robust error", "", sprintf("%.4f", row[, "robust se"]))
note("robust", "ties by default", "", cox$method)

words <- NULL
apart <- withCallingHandlers(
  coxph(Surv(stop, event) ~ treated, data = of("separated")),
  warning = function(w) { words <<- conditionMessage(w); invokeRestart("muffleWarning") }
)
note("separated", "coefficient", "", sprintf("%.1f", coef(apart)))
note("separated", "warning", "", words)
write.csv(do.call(rbind, found), file.path(here, "..", "r.csv"), row.names = FALSE, quote = TRUE)
