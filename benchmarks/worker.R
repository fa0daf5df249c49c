# Hold one contender in R: "load FOLDER" prepares it on that data, "run K" times K calls.
arguments <- commandArgs(TRUE)
contenders <- new.env()
missing <- tryCatch({
  sys.source(arguments[1], contenders)
  ""
}, error = conditionMessage)
commands <- file("stdin", "r")
while (length(line <- readLines(commands, n = 1)) > 0) {
  argument <- sub("^[a-z]+ ", "", line)
  if (startsWith(line, "load")) {
    if (nzchar(missing)) {
      cat('{"absent": "R: ', gsub('"', "'", missing), '"}\n', sep = "")
    } else {
      paths <- list.files(argument, "[.]f8$", full.names = TRUE)
      columns <- lapply(paths, function(path) readBin(path, "double", file.size(path) / 8))
      names(columns) <- sub("[.]f8$", "", basename(paths))
      call <- get(arguments[2], contenders)(as.data.frame(columns))
      cat("{}\n")
    }
  } else {
    gc(FALSE)
    runs <- as.integer(argument)
    spent <- system.time(for (i in seq_len(runs)) call(), gcFirst = FALSE) / runs
    cat(sprintf('{"wall": %.9g, "cpu": %.9g}\n', spent[["elapsed"]], spent[[1]] + spent[[2]]))
  }
  flush(stdout())
}
