# What statcheck and scrutiny expect in their own tests: Rscript checkers.R STATCHECK OUT, where STATCHECK is the folder
# tests/testthat of statcheck. Its tests are run with a statcheck() that records its texts instead of checking them,
# so that each case comes with what is expected of it; nothing of its code is used. scrutiny's are written out below.

arguments <- commandArgs(trailingOnly = TRUE)
found <- list()
keep <- function(source, text, theirs) {
  found[[length(found) + 1]] <<- data.frame(
    program = "statcheck", source = source, case = trimws(text), theirs = theirs
  )
}

file <- ""
for (name in c("VAR_TYPE", "VAR_DF1", "VAR_DF2", "VAR_TEST_COMPARISON", "VAR_TEST_VALUE", "VAR_P_COMPARISON",
               "VAR_REPORTED_P", "VAR_RAW", "VAR_SOURCE", "VAR_COMPUTED_P")) assign(name, name)
VAR_ERROR <- "error"
VAR_DEC_ERROR <- "decision"
context <- function(...) NULL
test_that <- function(description, code) tryCatch(eval(substitute(code), parent.frame()), error = function(e) NULL)
# By default it corrects for no one-sided test and ours does, so that those cases are taken as with OneTailedTxt.
statcheck <- function(texts, messages, ...) {
  options <- list(...)
  one_sided <- grepl("tailed|sided|directional", texts)
  default <- if (length(options)) identical(names(options), "OneTailedTxt") & one_sided else !one_sided
  structure(list(texts = texts[default], var = NULL), class = "checked")
}
`[[.checked` <- function(x, i) {
  x <- unclass(x)
  if (i %in% c("texts", "var")) return(x[i][[1]])
  structure(list(texts = x$texts, var = i), class = "checked")
}
judged <- function(x, yes) {
  if (!inherits(x, "checked")) return(NULL)
  x <- unclass(x)
  if (is.null(x$var) || !(x$var %in% c("error", "decision"))) return(NULL)
  if (x$var == "decision" && !yes) return(NULL)
  words <- if (x$var == "decision") "decision changes" else if (yes) "inconsistent" else "consistent"
  for (text in x$texts) keep(file, text, words)
}
expect_true <- function(x) judged(x, TRUE)
expect_false <- function(x) judged(x, FALSE)
nrow <- function(x) if (inherits(x, "checked")) x else base::nrow(x)
expect_equal <- function(x, expected) {
  if (!inherits(x, "checked") || !is.null(unclass(x)$var) || !is.numeric(expected)) return(NULL)
  if (length(unclass(x)$texts) == expected) for (text in unclass(x)$texts) keep(file, text, "read")
}
expect_output <- function(x, text) {
  for (each in unclass(x)$texts) if (!is.na(each)) keep(file, each, "not read")
}
for (path in sort(list.files(arguments[1], "^test-(error|decisionerror|extract-.*)\\.R$", full.names = TRUE))) {
  file <- basename(path)
  sys.source(path, new.env(parent = globalenv()))
}

scrutiny <- function(source, mean, sd, n, items, possible) {
  case <- paste0("mean ", mean, if (!is.null(sd)) paste0(", SD ", sd), ", n ", n, if (items > 1) paste0(", items ", items))
  found[[length(found) + 1]] <<- data.frame(
    program = "scrutiny", source = source, case = case,
    theirs = ifelse(possible == 1, "possible", "impossible")
  )
}
scrutiny("test-grim.R", sprintf("%.2f", 519:530 / 100), NULL, 28, 1, c(0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0))
scrutiny("test-grim.R", sprintf("%.3f", 150:159 / 1000), NULL, 120, 3, c(1, 0, 0, 1, 0, 0, 1, 0, 1, 0))
scrutiny("test-grim.R", sprintf("%.2f", 80:89 / 100), NULL, 28, 2, c(1, 0, 1, 0, 1, 0, 1, 1, 1, 1))
scrutiny("test-grim.R", sprintf("%d%%", 6:16), NULL, 50, 1, c(1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1))
scrutiny(
  "test-grimmer-map.R",
  c("7.22", "4.74", "5.23", "2.57", "6.77", "2.68", "7.01", "7.38", "3.14", "6.89", "5.00", "0.24"),
  c("5.30", "6.55", "2.55", "2.57", "2.18", "2.59", "6.68", "3.65", "5.32", "4.18", "2.18", "6.43"),
  c(38, 31, 35, 30, 33, 34, 35, 32, 33, 37, 31, 34), 1, c(0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1)
)
scrutiny(
  "test-debit-map.R", c("0.53", "0.44", "0.77", "0.19", "0.34", "0.93", "0.12"),
  c("0.50", "0.50", "0.42", "0.35", "0.47", "0.25", "0.33"), 1683, 1, c(1, 1, 1, 0, 1, 1, 1)
)

rows <- unique(do.call(rbind, found))
write.csv(rows, arguments[2], row.names = FALSE, quote = 3, fileEncoding = "UTF-8")
