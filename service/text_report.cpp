#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "base/file.hpp"
#include "base/text.hpp"
#include "service/text_checks.hpp"
#include "service/text_work.hpp"

namespace cosp {
namespace {

constexpr std::uint64_t kMostGlossaryBytes = 4u << 20;

Result<Glossary> load_glossary(const TextPlaces& places) {
  if (places.glossary.empty()) return Glossary{};
  const auto bytes = read_file(places.glossary, kMostGlossaryBytes);
  if (!bytes) return bytes.error();
  return read_glossary(*bytes, "data/glossary.yaml");
}

class Reporter {
 public:
  Reporter(const TextWork& work, const Glossary& glossary, const std::string& source_language)
      : work_(work), checks_(glossary, source_language, work.language()) {
    report_.language = work.language();
  }

  LanguageReport run() {
    add_mistakes();
    for (const TextRow& row : work_.rows()) report_row(row);
    for (const TextSide& side : work_.sides()) {
      report_strays(side);
      report_unrecorded(side);
    }
    sort();
    return std::move(report_);
  }

  LanguageReport run_source() {
    add_mistakes();
    for (const TextRow& row : work_.rows()) {
      ++report_.counts.source;
      const TextFolder& folder = work_.sides()[row.source_side].source;
      const std::string& value = row.source->value;
      for (std::string& fault : check_pattern_of(value, work_.language()))
        add(folder, *row.source, std::move(fault));
      for (std::string& fault : checks_.check_marks(value))
        add(folder, *row.source, std::move(fault));
      if (value.empty() || has_forbidden_characters(value))
        add(folder, *row.source, "expected a text, got none or hidden characters in it");
    }
    sort();
    return std::move(report_);
  }

 private:
  void add_mistakes() {
    for (const Mistake& mistake : work_.mistakes())
      report_.findings.push_back({mistake.file, mistake.line, "", mistake.what, false});
  }

  void add(const TextFolder& folder, const WrittenText& at, std::string what,
           bool is_notice = false) {
    report_.findings.push_back(
        {folder.shown_file(at.file), at.line, at.id, std::move(what), is_notice});
  }

  void report_row(const TextRow& row) {
    const TextFolder& source = work_.sides()[row.source_side].source;
    const TextFolder& target = work_.sides()[row.text_side].target;
    count(row.state);
    if (row.text == nullptr) {
      add(source, *row.source, fmt::format("expected a text in {}, got none", work_.language()));
      return;
    }
    if (row.text->value.empty() || has_forbidden_characters(row.text->value)) {
      add(target, *row.text, "expected a text, got none or hidden characters in it");
      return;
    }
    if (row.state == TextState::stale)
      add(target, *row.text,
          fmt::format("translated from a text that has changed since, {}:{}",
                      source.shown_file(row.source->file), row.source->line));
    const auto record = target.records.find(row.text->id);
    if (row.state == TextState::translated && record->second.is_reviewed)
      add(target, *row.text, "changed since its review; it counts as translated", true);
    for (std::string& fault : checks_.check({row.source->value, row.text->value}))
      add(target, *row.text, std::move(fault));
  }

  void count(TextState state) {
    TextCounts& counts = report_.counts;
    switch (state) {
      case TextState::missing: ++counts.missing; break;
      case TextState::stale: ++counts.stale; break;
      case TextState::unrecorded: ++counts.unrecorded; break;
      case TextState::translated: ++counts.translated; break;
      case TextState::reviewed: ++counts.reviewed; break;
      case TextState::authentic:  // stands in no folder of texts
      case TextState::source: ++counts.source; break;
    }
  }

  /// Texts and records of ids that the source does not have, and ids that stand twice.
  void report_strays(const TextSide& side) {
    std::set<std::string_view> seen;
    for (const WrittenText& text : side.target.texts) {
      if (!seen.insert(text.id).second)
        add(side.target, text, "expected each text once, got it again");
      if (work_.find(text.id) == nullptr)
        add(side.target, text, "expected texts that the source has, got another id");
    }
    for (const auto& [id, record] : side.target.records)
      if (!seen.contains(id))
        report_.findings.push_back({side.target.shown + std::string(kTextRecordFile), 0, id,
                                    "records a text that is no more", true});
  }

  /// One notice a file: there may be hundreds.
  void report_unrecorded(const TextSide& side) {
    std::map<std::uint32_t, std::pair<const WrittenText*, std::size_t>> by_file;
    for (const WrittenText& text : side.target.texts) {
      if (side.target.records.contains(text.id)) continue;
      auto& [first, count] = by_file[text.file];
      if (count++ == 0) first = &text;
    }
    for (const auto& [file, found] : by_file)
      report_.findings.push_back(
          {side.target.shown_file(file), found.first->line, "",
           fmt::format(
               "{} text{} not recorded, from {} on: `cosp texts record` notes what they were "
               "made from",
               found.second, found.second == 1 ? " is" : "s are", found.first->id),
           true});
  }

  void sort() {
    std::stable_sort(report_.findings.begin(), report_.findings.end(),
                     [](const TextFinding& a, const TextFinding& b) {
                       return std::tie(a.file, a.line) < std::tie(b.file, b.line);
                     });
  }

  const TextWork& work_;
  TextChecks checks_;
  LanguageReport report_;
};

std::vector<std::string> languages_to_check(const TextPlaces& places,
                                            const std::vector<std::string>& wanted) {
  if (!wanted.empty()) return wanted;
  std::vector<std::string> languages(places.languages.begin() + 1, places.languages.end());
  for (const std::string& found : languages_with_texts(places.own))
    if (std::find(places.languages.begin(), places.languages.end(), found) ==
        places.languages.end())
      languages.push_back(found);
  return languages;
}

bool declares(const TextPlaces& places, const std::string& language) {
  return std::find(places.languages.begin(), places.languages.end(), language) !=
         places.languages.end();
}

}  // namespace

Result<std::vector<LanguageReport>> check_texts(const TextPlaces& places,
                                                const std::vector<std::string>& languages) {
  const auto glossary = load_glossary(places);
  if (!glossary) return glossary.error();
  const std::string& source = places.languages.front();
  std::vector<LanguageReport> reports;
  const auto own = TextWork::open(places, source);
  if (!own) return own.error();
  reports.push_back(Reporter(*own, *glossary, source).run_source());
  for (const std::string& language : languages_to_check(places, languages)) {
    if (language == source) continue;
    const auto work = TextWork::open(places, language);
    if (!work) return work.error();
    LanguageReport report = Reporter(*work, *glossary, source).run();
    report.is_declared = declares(places, language);
    if (!report.is_declared)
      report.findings.insert(
          report.findings.begin(),
          {fmt::format("texts/{}", language), 0, "",
           "the form does not declare this language; its texts are checked all the same", true});
    reports.push_back(std::move(report));
  }
  return reports;
}

std::string counts_table(const std::vector<LanguageReport>& reports) {
  std::string table =
      fmt::format("{:<10}{:>10}{:>12}{:>12}{:>12}{:>8}{:>10}\n", "Language", "source", "reviewed",
                  "translated", "unrecorded", "stale", "missing");
  for (const LanguageReport& report : reports) {
    const TextCounts& counts = report.counts;
    table += fmt::format("{:<10}{:>10}{:>12}{:>12}{:>12}{:>8}{:>10}\n", report.language,
                         counts.source, counts.reviewed, counts.translated, counts.unrecorded,
                         counts.stale, counts.missing);
  }
  return table;
}

std::vector<Mistake> lint_patterns(const TextPlaces& places) {
  std::vector<Mistake> mistakes;
  const Glossary none;
  for (const std::string& language : places.languages) {
    const auto work = TextWork::open(places, language);
    if (!work) continue;  // whoever loads the form tells why
    const bool is_source = language == places.languages.front();
    const TextChecks checks(none, places.languages.front(), language);
    for (const TextRow& row : work->rows()) {
      const WrittenText* text = is_source ? row.source : row.text;
      if (text == nullptr) continue;
      const TextFolder& folder =
          is_source ? work->sides()[row.source_side].source : work->sides()[row.text_side].target;
      auto faults = is_source ? check_pattern_of(text->value, language)
                              : checks.check_arguments({row.source->value, text->value});
      for (std::string& fault : faults)
        mistakes.push_back({folder.shown_file(text->file), text->line, text->column,
                            fmt::format("{}: {}", text->id, fault)});
    }
  }
  return mistakes;
}

}  // namespace cosp
