#include "service/samples.hpp"

#include <fmt/format.h>

#include "base/file.hpp"
#include "readers/roster_reader.hpp"
#include "readers/submission_writer.hpp"
#include "service/sample_answers.hpp"
#include "service/sample_faults.hpp"

namespace cosp {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kRoster = "invented";
constexpr std::string_view kCycleFile = "cycle.yaml";
constexpr std::string_view kRosterFile = "roster.yaml";
constexpr std::uint32_t kMostStates = 1000;
constexpr std::uint64_t kMostFileBytes = 4u << 20;
constexpr std::string_view kLanguages[] = {"ar", "zh", "en", "fr", "ru", "es"};
constexpr std::string_view kStateWord[] = {"الدولة", "国家",        "State",
                                           "État",   "Государство", "Estado"};

/// Codes reserved for private use beyond those of the roster: QMA to QZZ, then XAA to XZZ.
std::vector<std::string> private_codes() {
  std::vector<std::string> codes;
  const auto add = [&](char first, char from) {
    for (char second = from; second <= 'Z'; ++second)
      for (char third = 'A'; third <= 'Z'; ++third) codes.push_back({first, second, third});
  };
  add('Q', 'M');
  add('X', 'A');
  return codes;
}

/// The roster's States, then numbered ones, `count` in all; organizations are left out of made
/// cycles.
Result<std::vector<RosterEntry>> choose_entries(const Roster& roster, std::uint32_t count) {
  std::vector<RosterEntry> chosen;
  for (const RosterEntry& entry : roster.entries)
    if (entry.kind == SubmitterKind::state && chosen.size() < count) chosen.push_back(entry);
  for (const std::string& code : private_codes()) {
    if (chosen.size() >= count) break;
    if (roster.find(code) != nullptr) continue;
    RosterEntry numbered;
    numbered.code = code;
    numbered.group =
        roster.groups.empty() ? "" : roster.groups[chosen.size() % roster.groups.size()];
    for (std::size_t i = 0; i < std::size(kLanguages); ++i)
      numbered.names.emplace(kLanguages[i], fmt::format("{} {}", kStateWord[i], chosen.size() + 1));
    chosen.push_back(std::move(numbered));
  }
  if (chosen.size() < count)
    return Error{Error::Kind::bad_input,
                 fmt::format("there are codes for {} States only", chosen.size()), ""};
  return chosen;
}

std::string yaml_text(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + "\"";
}

std::string names_yaml(const LocalNames& names) {
  std::string text;
  for (const auto& [language, name] : names)
    text += fmt::format("{}{}: {}", text.empty() ? "" : ", ", language, yaml_text(name));
  return "{" + text + "}";
}

std::string roster_yaml(const Roster& roster, const std::vector<RosterEntry>& entries) {
  std::string text = fmt::format(
      "# Invented States of the roster, and numbered ones beyond it. None of them exists.\nid: "
      "made\ninvented: true\n"
      "source: {}\ndate: {}\ngroups: [{}]\nentries:\n",
      yaml_text("Made by cosp sample; the codes are reserved for private use"),
      roster.date.to_string(), fmt::join(roster.groups, ", "));
  for (const RosterEntry& entry : entries) {
    text += fmt::format("  - {{code: {}, kind: state, ", entry.code);
    if (!entry.group.empty()) text += fmt::format("group: {}, ", entry.group);
    text += fmt::format("names: {}}}\n", names_yaml(entry.names));
  }
  return text;
}

std::string positions_yaml(const std::vector<RosterEntry>& entries, std::uint64_t seed) {
  std::string text = "positions:\n";
  for (const RosterEntry& entry : entries) {
    SampleRandom random(seed, entry.code + "/position");
    const std::uint32_t lot = random.below(100);
    text += fmt::format("  {}:", entry.code);
    if (lot >= 92) {
      text += " []\n";
      continue;
    }
    text += "\n    - {on: 2025-11-02, position: signatory, notification: \"X.N.1.2025\"}\n";
    if (lot < 78)
      text +=
          "    - {on: 2026-03-01, position: party, act: ratification, in_force: 2026-05-30, "
          "notification: \"X.N.2.2026\"}\n";
  }
  return text;
}

std::string cycle_yaml(const Form& form, std::string_view roster,
                       const std::vector<RosterEntry>& entries, std::uint64_t seed) {
  return fmt::format(
             "# A made-up cycle for made-up submissions.\nid: sample-{}\ntitle: {{en: "
             "{}}}\npurpose: test\nforms:\n"
             "  - {{id: {}, version: {}}}\nroster: {}\nperiod: {{start: 2026-01-01, end: "
             "2027-12-31}}\n"
             "cut_off: 2028-06-30\ndecision:\n  symbol: \"INVENTED/1\"\n  title: {{en: \"Invented "
             "decision\"}}\n"
             "  invented: true\n  comparison: true\n",
             seed, yaml_text(fmt::format("Made-up cycle {}", seed)), form.id(),
             yaml_text(form.version()), roster) +
         positions_yaml(entries, seed);
}

/// The made cycle, written beside the files; the roster too when it has numbered States.
Result<std::shared_ptr<const Cycle>> make_cycle(Workspace& workspace, const Form& form,
                                                const SampleRequest& request) {
  const auto roster_file =
      workspace.data_file(fs::path("rosters") / fmt::format("{}.yaml", kRoster));
  if (!roster_file) return roster_file.error();
  const auto bytes = read_file(*roster_file, kMostFileBytes);
  if (!bytes) return bytes.error();
  const RosterReading reading = read_roster(*bytes, roster_file->filename().string());
  if (!reading.roster || !reading.mistakes.empty())
    return Error{Error::Kind::bad_input, "the roster has mistakes", roster_file->string()};
  const Roster* roster = &*reading.roster;
  const auto entries = choose_entries(*roster, request.states);
  if (!entries) return entries.error();
  bool is_beyond = false;
  for (const RosterEntry& entry : *entries) is_beyond |= roster->find(entry.code) == nullptr;
  if (is_beyond)
    if (const auto written =
            write_file(request.output / kRosterFile, roster_yaml(*roster, *entries));
        !written)
      return written.error();
  const std::string text =
      cycle_yaml(form, is_beyond ? kRosterFile : kRoster, *entries, request.seed);
  if (const auto written = write_file(request.output / kCycleFile, text); !written)
    return written.error();
  return workspace.cycle(request.output / kCycleFile);
}

/// The cycle given, copied beside the files unless it lies there.
Result<std::shared_ptr<const Cycle>> take_cycle(Workspace& workspace,
                                                const SampleRequest& request) {
  auto cycle = workspace.cycle(*request.cycle);
  if (!cycle) return cycle;
  std::error_code ignored;
  const fs::path target = request.output / kCycleFile;
  if (fs::equivalent(*request.cycle, target, ignored)) return cycle;
  const auto bytes = read_file(*request.cycle, kMostFileBytes);
  if (!bytes) return bytes.error();
  if (const auto written = write_file(target, *bytes); !written) return written.error();
  return cycle;
}

Result<SampleHints> load_hints(Workspace& workspace, const Form& form) {
  SampleHints hints;
  if (const auto general = workspace.data_file(fs::path("samples") / "texts.yaml"))
    if (const auto added = hints.add(*general); !added) return added.error();
  if (const auto added = hints.add(workspace.form_file(form.id(), form.version(), "sample.yaml"));
      !added)
    return added.error();
  return hints;
}

Result<std::shared_ptr<const PreparedForm>> choose_form(Workspace& workspace,
                                                        const SampleRequest& request) {
  if (request.cycle) {
    const auto cycle = workspace.cycle(*request.cycle);
    if (!cycle) return cycle.error();
    return workspace.form_of(**cycle);
  }
  const std::size_t slash = request.form.find('/');
  if (slash == std::string::npos) return workspace.newest_form(request.form);
  return workspace.form(request.form.substr(0, slash), request.form.substr(slash + 1));
}

}  // namespace

Result<SampleSummary> make_samples(Workspace& workspace, const SampleRequest& request) {
  if (request.states > kMostStates)
    return Error{Error::Kind::bad_input,
                 fmt::format("at most {} States can be made up", kMostStates), ""};
  const auto prepared = choose_form(workspace, request);
  if (!prepared) return prepared.error();
  const Form& form = (*prepared)->form;
  std::error_code failed;
  fs::create_directories(request.output, failed);
  if (failed)
    return Error{Error::Kind::io, "cannot make folder: " + failed.message(),
                 request.output.string()};
  const auto cycle =
      request.cycle ? take_cycle(workspace, request) : make_cycle(workspace, form, request);
  if (!cycle) return cycle.error();
  const auto hints = load_hints(workspace, form);
  if (!hints) return hints.error();
  const SampleWriter writer(**prepared, **cycle, *hints);
  SampleSummary summary;
  for (const RosterEntry& entry : (*cycle)->roster.entries) {
    if (summary.files == request.states) break;
    if (!(*cycle)->expects(entry.code)) continue;
    std::string json = full_json(form, writer.write(entry, request.seed));
    SampleRandom random(request.seed, entry.code + "/faults");
    if (random.below(1'000'000) < static_cast<std::uint32_t>(request.fault_rate * 1'000'000)) {
      json = with_faults(form, json, random);
      ++summary.with_faults;
    }
    if (const auto written = write_file(request.output / (entry.code + ".json"), json); !written)
      return written.error();
    ++summary.files;
    if (request.progress) request.progress(summary.files, request.states);
  }
  if (summary.files < request.states)
    return Error{Error::Kind::bad_input,
                 fmt::format("the cycle asks {} submitters only", summary.files),
                 request.output.string()};
  return summary;
}

}  // namespace cosp
