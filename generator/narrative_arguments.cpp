#include "generator/narrative_arguments.hpp"

#include <algorithm>

#include "base/language.hpp"
#include "base/numbers.hpp"
#include "generator/provision_count.hpp"

namespace cosp {
namespace {

constexpr std::int64_t kFewestForBands = 10;

std::string argument_name(std::string_view column) {
  std::string name(column);
  std::replace_if(
      name.begin(), name.end(), [](char c) { return c == '.' || c == '-'; }, '_');
  return name;
}

std::string title_of(const Cycle& cycle, std::string_view language) {
  for (const std::string_view wanted : {language, std::string_view("en")})
    if (const auto found = cycle.title.find(wanted); found != cycle.title.end())
      return found->second;
  return cycle.id;
}

void add_form(Arguments& arguments, const CompilationInput& input, std::string_view language) {
  const Form& form = input.form;
  const TextId title = form.find_text("form.title");
  arguments.emplace_back(
      "form", title == kNone ? std::string(form.id())
                             : std::string(form.text(title, form.language(language)).value));
  arguments.emplace_back("version", std::string(form.version()));
  const ProvisionCount provisions = count_provisions(form);
  arguments.emplace_back("provisions", provisions.total);
  arguments.emplace_back("provisions_verified", provisions.verified());
}

/// One figure of a row, or the note that it may not be told.
void add_figure(RowArguments& row, const std::string& name, const Cell& cell, std::int64_t whole,
                std::string_view language) {
  if (cell.is_suppressed) {
    for (const std::string_view ending : {"", "_percent", "_band"})
      row.suppressed.insert(name + std::string(ending));
    return;
  }
  row.arguments.emplace_back(name, cell.count);
  if (whole < 0) {
    for (const std::string_view ending : {"_percent", "_band"})
      row.suppressed.insert(name + std::string(ending));
    return;
  }
  row.arguments.emplace_back(name + "_percent", format_per_cent(cell.count, whole, language));
  row.arguments.emplace_back(name + "_band", std::string(band_of(cell.count, whole)));
}

void add_whole(RowArguments& row, const std::string& name, std::int64_t whole) {
  if (whole < 0)
    row.suppressed.insert(name);
  else
    row.arguments.emplace_back(name, whole);
}

bool is_reason(std::string_view column) {
  for (const Standing standing :
       {Standing::not_applicable, Standing::not_available, Standing::under_consideration,
        Standing::withheld, Standing::reported_elsewhere})
    if (column == to_string(standing)) return true;
  return false;
}

/// How many do not consent is for the secretariat: one or two would be known by their numbers.
std::string unnamed(const CompilationInput& input, const CycleCounts& counts) {
  if (counts.without_consent == 0) return "none";
  return input.audience == Audience::secretariat ? "number" : "some";
}

}  // namespace

std::vector<const Contributor*> named_contributors(const CompilationInput& input,
                                                   Population population) {
  std::vector<const Contributor*> named;
  for (const Contributor& contributor : input.contributors) {
    if (population_of(input, contributor) != population) continue;
    if (input.audience == Audience::open && !may_publish(contributor)) continue;
    named.push_back(&contributor);
  }
  return named;
}

std::vector<std::string> names_of(const CompilationInput& input,
                                  const std::vector<const Contributor*>& contributors,
                                  std::string_view language) {
  std::vector<std::string> names;
  for (const std::uint32_t entry : input.cycle.roster.alphabetical(language)) {
    const RosterEntry& state = input.cycle.roster.entries[entry];
    const bool is_there =
        std::any_of(contributors.begin(), contributors.end(),
                    [&](const Contributor* contributor) { return contributor->entry == &state; });
    if (is_there) names.emplace_back(state.name(language));
  }
  return names;
}

Arguments standard_arguments(const CompilationInput& input, std::string_view language) {
  const CycleCounts counts = count_cycle(input);
  const auto names = [&](Population population) {
    return names_of(input, named_contributors(input, population), language);
  };
  const std::vector<std::string> states = names(Population::parties);
  const Cycle& cycle = input.cycle;
  Arguments arguments = {
      {"roster", counts.roster},
      {"parties", counts.parties},
      {"submitted", counts.submitted},
      {"submitted_organizations", counts.submitted_organizations},
      {"submitted_others", counts.submitted_others},
      {"without_consent", input.audience == Audience::secretariat ? counts.without_consent : 0},
      {"unnamed", unnamed(input, counts)},
      {"cut_off", cycle.cut_off},
      {"period_start", cycle.period.start},
      {"period_end", cycle.period.end},
      {"cycle", title_of(cycle, language)},
      {"draft", std::string(cycle.masthead ? "no" : "yes")},
      {"purpose", std::string(to_string(cycle.purpose))},
      {"decision", cycle.decision ? cycle.decision->symbol : std::string{}},
      {"states_named", static_cast<std::int64_t>(states.size())},
      {"states", states},
      {"organizations", names(Population::organizations)},
      {"others", names(Population::others)},
  };
  add_form(arguments, input, language);
  return arguments;
}

Arguments submitter_arguments(const CompilationInput& input, const Contributor& contributor,
                              std::string_view language) {
  const SubmissionHeader& header = contributor.submission->header;
  const Period period = header.period.value_or(input.cycle.period_of(contributor.entry->code));
  return {{"state", std::string(contributor.entry->name(language))},
          {"state_period_start", period.start},
          {"state_period_end", period.end},
          {"revision", static_cast<std::int64_t>(header.revision)},
          {"position", std::string(to_string(contributor.evaluation->position()))},
          {"submission_language", language_name(header.language, language)}};
}

std::vector<PhasePeriod> reporting_periods(const Cycle& cycle) {
  std::vector<PhasePeriod> periods;
  for (const Phase& phase : cycle.phases)
    periods.push_back(
        {static_cast<std::int64_t>(periods.size() + 1), phase.period.value_or(cycle.period)});
  if (periods.empty()) return {{0, cycle.period}};
  const Period& first = periods.front().period;
  const bool is_one = std::all_of(periods.begin(), periods.end(), [&](const PhasePeriod& each) {
    return each.period.start == first.start && each.period.end == first.end;
  });
  if (is_one) return {{0, first}};
  return periods;
}

RowArguments row_arguments(const Table& table, const TableRow& row, TableText& words) {
  RowArguments made;
  const Form& form = words.form();
  made.arguments.emplace_back(
      "title",
      row.block == kNone
          ? words.label(row.label)
          : std::string(form.text(form.block(row.block).title, words.form_language()).value));
  made.arguments.emplace_back("label", words.label(row.label));
  made.arguments.emplace_back(
      "number",
      row.block == kNone ? std::string{} : std::string(form.string(form.block(row.block).article)));
  add_whole(made, "answered", row.answered);
  bool has_asked = false, are_reasons_told = true;
  std::int64_t reasons = 0;
  for (std::size_t i = 0; i < row.cells.size() && i < table.columns.size(); ++i) {
    const Cell& cell = row.cells[i];
    if (cell.kind != Cell::Kind::count && cell.kind != Cell::Kind::share && !cell.is_suppressed)
      continue;
    const std::string name = argument_name(table.columns[i].id);
    if (name == "answered") continue;
    has_asked = has_asked || name == "asked";
    add_figure(made, name, cell, row.asked, words.language());
    if (!is_reason(table.columns[i].id)) continue;
    reasons += cell.count;
    are_reasons_told = are_reasons_told && !cell.is_suppressed;
  }
  if (!has_asked) add_whole(made, "asked", row.asked);
  add_whole(made, "reasons", are_reasons_told ? reasons : -1);
  made.is_of_nobody = row.asked == 0 && !made.suppressed.contains("asked");
  return made;
}

std::string_view band_of(std::int64_t count, std::int64_t whole) {
  if (count == 0) return "none";
  if (count == whole) return "all";
  if (count == 1) return "one";
  if (whole < kFewestForBands) return "number";
  // Bands are of whole per cents, rounded half up as they are printed.
  const std::int64_t per_cent = (count * 200 + whole) / (whole * 2);
  if (per_cent < 10) return "a_few";
  if (per_cent <= 40) return "some";
  if (per_cent <= 70) return "many";
  if (per_cent <= 90) return "most";
  return "almost_all";
}

}  // namespace cosp
