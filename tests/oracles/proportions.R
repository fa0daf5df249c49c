# Values for tests/proportions/: intervals, exact and large-sample tests, as R computes them.
# Run from anywhere: Rscript tests/oracles/proportions.R; writes proportions.json beside itself.
here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(here, "oracle.R"))

tight <- function(f, lower, upper) uniroot(f, c(lower, upper), tol = 1e-15, maxiter = 10000)$root

# ---- intervals -------------------------------------------------------------------------------
mid_p <- function(x, n, alpha) {
  lower <- function(x) {
    f <- function(p) pbinom(x, n, p, lower.tail = FALSE) + dbinom(x, n, p) / 2 - alpha / 2
    if (x == 0) 0 else tight(f, 0, 1)
  }
  c(lower(x), 1 - lower(n - x))
}
likelihood <- function(x, n, alpha) {
  lower <- function(x) {
    f <- function(p) {
      2 * (dbinom(x, n, x / n, log = TRUE) - dbinom(x, n, p, log = TRUE)) -
        qchisq(1 - alpha, 1)
    }
    if (x == 0) 0 else tight(f, 1e-12, x / n)
  }
  c(lower(x), 1 - lower(n - x))
}
jeffreys <- function(x, n, alpha) {
  c(if (x == 0) 0 else qbeta(alpha / 2, x + 0.5, n - x + 0.5),
    if (x == n) 1 else qbeta(1 - alpha / 2, x + 0.5, n - x + 0.5))
}
logit <- function(x, n, alpha) {
  plogis(qlogis(x / n) + c(-1, 1) * qnorm(1 - alpha / 2) * sqrt(1 / x + 1 / (n - x)))
}
interval_case <- function(x, n, level) {
  alpha <- 1 - level
  limits <- list(
    "clopper-pearson" = as.numeric(binom.test(x, n, conf.level = level)$conf.int),
    "wilson" = as.numeric(prop.test(x, n, conf.level = level, correct = FALSE)$conf.int),
    "mid-p" = mid_p(x, n, alpha),
    "jeffreys" = jeffreys(x, n, alpha),
    "likelihood" = likelihood(x, n, alpha)
  )
  # prop.test corrects by less than 1/(2n) where x/n is nearly its null of 1/2.
  if (abs(x - n / 2) >= 0.5) {
    limits[["wilson-cc"]] <- as.numeric(prop.test(x, n, conf.level = level)$conf.int)
  }
  if (x > 0 && x < n) limits[["logit"]] <- logit(x, n, alpha)
  list(count = x, n = n, level = level, limits = limits)
}
pairs <- list(c(0, 1), c(0, 3), c(3, 3), c(1, 21), c(11, 21), c(20, 21), c(21, 21), c(5, 10),
              c(28, 49), c(15, 109), c(72, 277), c(997, 1000), c(0, 5000))
intervals <- list()
for (pair in pairs) for (level in c(0.8, 0.95, 0.99)) {
  intervals[[length(intervals) + 1]] <- suppressWarnings(interval_case(pair[1], pair[2], level))
}

# ---- 2 x 2 tables ----------------------------------------------------------------------------
# fisher.test solves for the odds ratio and its limits only to about 1e-4; these are the same
# equations, solved tightly on the log scale.
odds_ratio <- function(t, level) {
  m <- sum(t[1, ]); n <- sum(t[2, ]); k <- sum(t[, 1]); x <- t[1, 1]
  support <- max(0, k - n):min(k, m)
  density <- function(beta) {
    w <- dhyper(support, m, n, k, log = TRUE) + beta * support
    w <- exp(w - max(w)); w / sum(w)
  }
  solve <- function(f) exp(tight(f, -30, 30))
  alpha <- (1 - level) / 2
  low <- x == min(support); high <- x == max(support)
  list(
    estimate = if (low) 0 else if (high) "Inf" else
      solve(function(b) sum(support * density(b)) - x),
    lower = if (low) 0 else solve(function(b) sum(density(b)[support >= x]) - alpha),
    upper = if (high) "Inf" else solve(function(b) sum(density(b)[support <= x]) - alpha)
  )
}
tables <- list(c(8, 1, 5, 10), c(9, 5, 4, 44), c(3, 0, 0, 3), c(7, 12, 8, 3), c(1, 9, 11, 3),
               c(88, 21, 36, 73), c(10, 0, 3, 7), c(0, 12, 5, 20), c(2, 2, 2, 2), c(30, 70, 31, 69),
               c(4, 6, 6, 4), c(1, 500, 12, 480))
two_by_two <- lapply(tables, function(cells) {
  t <- matrix(cells, 2, byrow = TRUE)
  f <- fisher.test(t)
  g <- suppressWarnings(chisq.test(t, correct = FALSE))
  y <- suppressWarnings(chisq.test(t, correct = TRUE))
  arm <- factor(c(0, 1))
  fit <- suppressWarnings(glm(t ~ arm, family = binomial,
                              control = glm.control(epsilon = 1e-15, maxit = 200)))
  has_zero <- any(t == 0)
  list(table = t,
       fisher = f$p.value,
       less = fisher.test(t, alternative = "less")$p.value,
       greater = fisher.test(t, alternative = "greater")$p.value,
       loose = list(estimate = unname(f$estimate), conf.int = as.numeric(f$conf.int)),
       odds_ratio = odds_ratio(t, 0.95), odds_ratio_90 = odds_ratio(t, 0.90),
       pearson = g$p.value, pearson_statistic = unname(g$statistic),
       yates = y$p.value, yates_statistic = unname(y$statistic),
       likelihood_ratio = if (has_zero) NULL else pchisq(fit$null.deviance - fit$deviance, 1, lower.tail = FALSE),
       wald = if (has_zero) NULL else summary(fit)$coefficients[2, 4])
})

# ---- r x c tables ----------------------------------------------------------------------------
larger <- lapply(list(
  list(3, c(3, 7, 2, 8, 0, 1)),
  list(4, c(1, 0, 0, 0, 2, 2, 4, 3, 1, 1, 5, 6)),
  list(3, c(3, 5, 2, 8, 1, 6, 4, 9, 2, 3, 1, 7, 3, 5, 4)),
  list(4, c(1, 1, 3, 0, 4, 2, 2, 0, 1, 5, 0, 3, 0, 4, 1, 1, 2, 2, 3, 2, 0, 1, 3, 1)),
  list(2, c(50, 60, 70, 80, 40, 66)),
  list(5, c(1, 0, 0, 3, 5, 1, 8, 2, 2, 0)),
  list(3, c(10, 0, 0, 0, 10, 0, 0, 0, 10)),
  list(2, c(6, 2, 5, 1, 9, 1)),
  list(4, c(100, 200, 90, 180, 110, 150, 80, 99)),
  list(2, c(5, 1, 8, 2, 2, 4, 5, 6, 1, 3, 5, 1, 2, 5, 5, 5)),
  list(3, c(60, 50, 50, 50, 60, 50, 50, 50, 60)),
  list(3, c(70, 40, 50, 50, 70, 40, 40, 50, 70)),
  list(3, c(30, 60, 70, 35, 55, 62, 50, 58, 60))
), function(case) {
  t <- matrix(case[[2]], case[[1]], byrow = TRUE)
  list(table = t, fisher = fisher.test(t, workspace = 2e7)$p.value,
       pearson = suppressWarnings(chisq.test(t))$p.value)
})

# ---- one proportion against a value ----------------------------------------------------------
binomial <- lapply(list(c(3, 3, 0.5), c(0, 3, 0.2), c(11, 21, 0.26), c(5, 10, 0.5), c(1, 21, 0.3),
                        c(72, 277, 0.3), c(19, 21, 0.9), c(7, 20, 0.2)), function(case) {
  p <- function(side) binom.test(case[1], case[2], case[3], alternative = side)$p.value
  list(count = case[1], n = case[2], null = case[3], two_sided = p("two.sided"), less = p("less"),
       greater = p("greater"))
})

# ---- ordered groups, ranks -------------------------------------------------------------------
trend <- lapply(list(
  list(c(1, 4, 3), c(12, 10, 5), c(1, 2, 3)),
  list(c(83, 90, 129, 70), c(86, 93, 136, 82), c(1, 2, 3, 4)),
  list(c(2, 3, 9), c(10, 11, 14), c(0, 1, 4))
), function(case) {
  test <- suppressWarnings(prop.trend.test(case[[1]], case[[2]], score = case[[3]]))
  list(count = case[[1]], n = case[[2]], score = case[[3]], statistic = unname(test$statistic),
       p_value = test$p.value)
})
ranks <- lapply(list(
  list(c(1.1, 2.3, 3.7, 8.2), c(0.4, 5.5, 6.1, 7.7, 9.9)),
  list(c(12, 15, 19, 20, 31), c(1, 2, 3, 4)),
  list(c(5, 7, 30, 31), c(6, 8, 9, 10, 11, 12))
), function(case) {
  p <- function(side) wilcox.test(case[[1]], case[[2]], exact = TRUE, alternative = side)$p.value
  list(x = case[[1]], y = case[[2]], two_sided = p("two.sided"), less = p("less"),
       greater = p("greater"))
})

ordered <- lapply(list(
  rbind(c(5, 6, 9), c(10, 7, 3)),
  rbind(c(12, 30, 25, 3), c(8, 22, 40, 11)),
  rbind(c(0, 4, 1, 2, 7), c(3, 4, 2, 0, 1)),
  rbind(c(88, 120, 60), c(70, 131, 90))
), function(t) {
  x <- rep(seq_len(ncol(t)), t[1, ]); y <- rep(seq_len(ncol(t)), t[2, ])
  group <- rep(0:1, c(length(x), length(y)))
  wilcox <- function(correct) wilcox.test(x, y, exact = FALSE, correct = correct)$p.value
  list(table = t, corrected = wilcox(TRUE), plain = wilcox(FALSE),
       kruskal = kruskal.test(c(x, y), group)$p.value,
       trend = prop.trend.test(t[1, ], colSums(t))$p.value,
       linear = pchisq((length(group) - 1) * cor(c(x, y), group)^2, 1, lower.tail = FALSE))
})
more_groups <- lapply(list(
  rbind(c(5, 6, 9), c(10, 7, 3), c(4, 4, 4)),
  rbind(c(12, 30, 25, 3), c(8, 22, 40, 11), c(1, 0, 5, 9), c(3, 4, 1, 1))
), function(t) {
  values <- unlist(lapply(seq_len(nrow(t)), function(i) rep(seq_len(ncol(t)), t[i, ])))
  list(table = t, kruskal = kruskal.test(values, rep(seq_len(nrow(t)), rowSums(t)))$p.value)
})

# ---- two proportions compared ----------------------------------------------------------------
# The nearest proportions in closed form: Miettinen & Nurminen (1985), appendices 1 and 2.
nearest <- function(measure, null, a, n, b, m) {
  if (measure == "risk difference") {
    # Where the likelihood is flat: a cubic in q.
    f <- function(q) {
      p <- q + null
      a * (1 - p) * q * (1 - q) - (n - a) * p * q * (1 - q) + b * p * (1 - p) * (1 - q) -
        (m - b) * p * (1 - p) * q
    }
    low <- max(0, -null); high <- min(1, 1 - null)
    q <- tight(f, low + 1e-13, high - 1e-13)
    return(c(q + null, q))
  }
  if (measure == "risk ratio") {
    A <- (n + m) * null
    B <- -(n * null + a + m + b * null)
    q <- (-B - sqrt(B^2 - 4 * A * (a + b))) / (2 * A)
    return(c(q * null, q))
  }
  A <- m * (null - 1)
  B <- n * null + m - (a + b) * (null - 1)
  q <- (-B + sqrt(B^2 + 4 * A * (a + b))) / (2 * A)
  c(q * null / (1 + q * (null - 1)), q)
}
inverted <- function(measure, kind, a, n, b, m) {
  p <- a / n; q <- b / m
  to <- if (measure == "risk difference") identity else log
  back <- if (measure == "risk difference") identity else exp
  centre <- switch(measure, "risk difference" = p - q, "risk ratio" = p / q,
                   "odds ratio" = p * (1 - q) / (q * (1 - p)))
  seen <- c(a, n - a, b, m - b)
  excess <- function(at) {
    r <- nearest(measure, back(at), a, n, b, m)
    fit <- c(n * r[1], n * (1 - r[1]), m * r[2], m * (1 - r[2]))
    found <- if (kind == "likelihood") {
      2 * sum(ifelse(seen > 0, seen * log(seen / fit), 0))
    } else sum((seen - fit)^2 / fit)
    found * (if (kind == "miettinen-nurminen") 1 - 1 / (n + m) else 1) - qnorm(0.975)^2
  }
  wide <- if (measure == "risk difference") c(-1 + 1e-9, 1 - 1e-9) else to(centre) + c(-6, 6)
  back(c(tight(excess, wide[1], to(centre)), tight(excess, to(centre), wide[2])))
}
mid_p_odds <- function(a, n, b, m) {
  k <- a + b
  support <- max(0, k - m):min(k, n)
  tail <- function(beta, x) {
    w <- dhyper(support, n, m, k, log = TRUE) + beta * support
    w <- exp(w - max(w)); w <- w / sum(w)
    sum(w[support > x]) + w[support == x] / 2
  }
  exp(c(tight(function(beta) tail(beta, a) - 0.025, -30, 30),
        tight(function(beta) tail(beta, a) - 0.975, -30, 30)))
}
comparisons <- lapply(list(c(15, 60, 6, 62), c(8, 9, 5, 15), c(1, 30, 12, 40), c(56, 70, 48, 80),
                           c(100, 400, 90, 410), c(3, 1000, 9, 998)), function(case) {
  a <- case[1]; n <- case[2]; b <- case[3]; m <- case[4]
  of <- function(kind, add = 0) {
    found <- metafor::escalc(measure = kind, ai = a, n1i = n, ci = b, n2i = m, add = add, to = "all")
    limits <- found$yi + c(-1, 1) * qnorm(0.975) * sqrt(found$vi)
    if (kind == "RD") limits else exp(limits)
  }
  wilson <- function(x, n, z = qnorm(0.975)) {
    (x + z^2 / 2 + c(-1, 1) * z * sqrt(x * (n - x) / n + z^2 / 4)) / (n + z^2)
  }
  w1 <- wilson(a, n); w2 <- wilson(b, m); d <- a / n - b / m
  caffo <- metafor::escalc(measure = "RD", ai = a + 1, n1i = n + 2, ci = b + 1, n2i = m + 2)
  test <- suppressWarnings(prop.test(c(a, b), c(n, m), correct = TRUE))
  tests <- c("score", "miettinen-nurminen", "likelihood")
  of_tests <- function(measure) {
    sapply(tests, function(kind) inverted(measure, kind, a, n, b, m), simplify = FALSE)
  }
  exact <- odds_ratio(matrix(c(a, n - a, b, m - b), 2, byrow = TRUE), 0.95)
  list(counts = case,
       limits = list(
         "odds ratio" = c(list(woolf = of("OR"), haldane = of("OR", 1 / 2),
                               exact = c(exact$lower, exact$upper),
                               "mid-p" = mid_p_odds(a, n, b, m)), of_tests("odds ratio")),
         "risk ratio" = c(list(katz = of("RR"), haldane = of("RR", 1 / 2)), of_tests("risk ratio")),
         "risk difference" = c(list(
           wald = of("RD"), "wald-cc" = as.numeric(test$conf.int),
           newcombe = c(d - sqrt((a / n - w1[1])^2 + (w2[2] - b / m)^2),
                        d + sqrt((w1[2] - a / n)^2 + (b / m - w2[1])^2)),
           "agresti-caffo" = caffo$yi + c(-1, 1) * qnorm(0.975) * sqrt(caffo$vi)
         ), of_tests("risk difference"))))
})

unboxed <- function(x) {
  if (is.list(x)) lapply(x, unboxed) else if (length(x) == 1) scalar(x) else x
}
write_oracle(
  unboxed(list(intervals = intervals, two_by_two = two_by_two, larger = larger, binomial = binomial,
               trend = trend, ranks = ranks, ordered = ordered, more_groups = more_groups,
               comparisons = comparisons)),
  packages = c("stats", "metafor")
)
