# EpiEstim (Debian r-cran-epiestim), the reference of epidemic_reproduction.py. Run by that script.
#   Rscript epidemic_reproduction.R tables FOLDER   writes <outbreak>_{cases,weights,table}.csv
#   Rscript epidemic_reproduction.R time CASES.csv  prints CPU seconds for every column of a table of counts
suppressMessages(library(EpiEstim))
arguments <- commandArgs(trailingOnly = TRUE)
quiet <- function(x) suppressMessages(suppressWarnings(x))
save <- function(x, name) {
  write.table(format(x, digits = 16), file.path(arguments[2], name), sep = ",", quote = FALSE, row.names = FALSE)
}
tables <- function() {
  intervals <- list(Flu2009 = c(2.6, 1.5), Measles1861 = c(14.9, 3.9), SARS2003 = c(8.4, 3.8),
                    Flu1918 = c(2.6, 1.5), Smallpox1972 = c(22.4, 6.1))
  for (name in names(intervals)) {
    outbreak <- get(data(list = name, package = "EpiEstim"))
    cases <- if (is.data.frame(outbreak$incidence)) outbreak$incidence$I else outbreak$incidence
    config <- quiet(make_config(list(mean_si = intervals[[name]][1], std_si = intervals[[name]][2])))
    compare(paste0(name, "_parametric"), cases, "parametric_si", config)
    compare(paste0(name, "_tabulated"), cases, "non_parametric_si", quiet(make_config(list(si_distr = outbreak$si_distr))))
  }
  data("mers_2014_15", package = "EpiEstim")
  incidence <- mers_2014_15$incidence
  config <- quiet(make_config(list(mean_si = mers_2014_15$si$mean_si, std_si = mers_2014_15$si$std_si)))
  compare("MERS_imported", incidence[, c("local", "imported")], "parametric_si", config)
  data("Flu2009", package = "EpiEstim")
  bounds <- list(mean_si = 2.6, std_mean_si = 1, min_mean_si = 1.1, max_mean_si = 4.2,
                 std_si = 1.5, std_std_si = 0.5, min_std_si = 0.5, max_std_si = 2.5, n1 = 500, n2 = 200, seed = 1)
  uncertain <- quiet(estimate_R(Flu2009$incidence$I, method = "uncertain_si", config = quiet(make_config(bounds))))
  save(uncertain$SI.Moments, "uncertain_pairs.csv")
  save(uncertain$R, "uncertain_table.csv")
}
compare <- function(name, cases, method, config) {
  estimate <- quiet(estimate_R(cases, method = method, config = config))
  save(data.frame(local = estimate$I_local, imported = estimate$I_imported), paste0(name, "_cases.csv"))
  save(data.frame(k = seq_along(estimate$si_distr) - 1, w = unname(estimate$si_distr)), paste0(name, "_weights.csv"))
  save(data.frame(mean = rep(config$mean_si, 1)[1], sd = rep(config$std_si, 1)[1]), paste0(name, "_moments.csv"))
  save(estimate$R, paste0(name, "_table.csv"))
}
time <- function() {
  cases <- read.csv(arguments[2], header = FALSE)
  config <- make_config(list(mean_si = 5.2, std_si = 2.8))
  spent <- system.time(for (place in cases) quiet(estimate_R(place, method = "parametric_si", config = config)))
  cat(sum(spent[c("user.self", "sys.self")]), "\n")
}
if (arguments[1] == "tables") tables() else time()
