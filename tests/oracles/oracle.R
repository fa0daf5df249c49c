# Write what an oracle computed, with every digit of a double, beside the script that sources this.
# jsonlite keeps 15 digits at most, which would merge 0.1 + 0.2 with 0.3; hence this small writer.
# NA, NaN and infinities are written as text; a vector is always a list, `scalar` is the exception.

scalar <- function(x) structure(x, class = "scalar")

json <- function(x) {
  if (inherits(x, "scalar")) return(json_atoms(unclass(x)))
  if (is.null(x)) return("null")
  if (is.data.frame(x)) x <- as.list(x)
  if (is.list(x)) {
    parts <- vapply(x, json, "")
    if (is.null(names(x))) return(paste0("[", paste(parts, collapse = ",\n"), "]"))
    return(paste0("{", paste0(json_text(names(x)), ": ", parts, collapse = ",\n"), "}"))
  }
  if (is.matrix(x)) {
    rows <- apply(x, 1, function(row) json(unname(row)))
    return(paste0("[", paste(rows, collapse = ", "), "]"))
  }
  paste0("[", paste(json_atoms(x), collapse = ", "), "]")
}

json_text <- function(x) paste0('"', gsub('(["\\\\])', "\\\\\\1", x), '"')

json_atoms <- function(x) {
  if (is.factor(x)) x <- as.character(x)
  x <- unname(as.vector(x))
  if (is.character(x)) return(ifelse(is.na(x), '"NA"', json_text(x)))
  if (is.logical(x)) return(ifelse(is.na(x), '"NA"', ifelse(x, "true", "false")))
  numbers <- ifelse(is.finite(x), sprintf(if (is.integer(x)) "%d" else "%.17g", x), "")
  ifelse(is.nan(x), '"NaN"', ifelse(is.na(x), '"NA"',
    ifelse(x == Inf, '"Inf"', ifelse(x == -Inf, '"-Inf"', numbers))))
}

write_oracle <- function(values, packages) {
  versions <- lapply(setNames(packages, packages), function(p) scalar(as.character(packageVersion(p))))
  script <- sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE))
  made_with <- c(list(R = scalar(R.version.string)), versions)
  writeLines(json(c(list(made_with = made_with), values)), sub("[.]R$", ".json", script))
}
