# Mantel-Byar tests as the R menu package EZR (RcmdrPlugin.EZR) prints them, on times in days, in
# tenths of months and in whole months. EZR needs R Commander, which a test machine need not have:
# SECONDLOOK_EZR names a file that defines its function Mantel.Byar, and without it the package is
# loaded. Run from anywhere; writes ezr.json beside itself.
here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(here, "oracle.R"))
set.seed(2013)
file <- Sys.getenv("SECONDLOOK_EZR")
version <- "1.68"
if (nzchar(file)) {
  for (part in parse(file, keep.source = FALSE)) {
    if (length(part) == 3 && identical(part[[2]], as.name("Mantel.Byar"))) eval(part, globalenv())
  }
} else {
  Mantel.Byar <- RcmdrPlugin.EZR::Mantel.Byar
  version <- as.character(packageVersion("RcmdrPlugin.EZR"))
}

cohort <- function(n, unit) {
  stop <- pmax(unit, round(rexp(n, 1 / 8) / unit) * unit)
  change <- ifelse(runif(n) < 0.6, pmax(unit, round(rexp(n, 1 / 4) / unit) * unit), Inf)
  died <- rbinom(n, 1, 0.7)
  moved <- change < stop
  rbind(
    data.frame(start = 0, stop = pmin(stop, change), event = ifelse(moved, 0, died), state = 0),
    data.frame(start = change, stop = stop, event = died, state = 1)[moved, ]
  )
}

one <- function(i) {
  d <- cohort(c(20, 40, 80)[1 + i %% 3], c(0.1, 1, 1 / 30.4375)[1 + i %/% 3 %% 3])
  TempTD <<- with(d, data.frame(start_td = start, stop_td = stop, endpoint_td = event, state_td = state))
  asked <- lapply(c("SAS", "Tominaga"), function(m) Mantel.Byar("state_td", method = m))
  list(rows = as.list(d), statistic = vapply(asked, function(a) unname(a$statistic), 0),
       p_value = vapply(asked, function(a) unname(a$p.value), 0))
}
values <- lapply(1:18, one)
write_oracle(list(EZR = scalar(version), data_sets = values), "stats")
