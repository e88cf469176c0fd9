#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/escape.hpp"
#include "validator/finding_text.hpp"
#include "validator/report.hpp"
#include "validator/report_counts.hpp"

namespace cosp {
namespace {

constexpr std::string_view kReset = "\x1b[0m";
constexpr std::string_view kBold = "\x1b[1m";

std::string_view colour_of(Severity severity) {
  switch (severity) {
    case Severity::info: return "\x1b[36m";
    case Severity::warning: return "\x1b[33m";
    case Severity::error: return "\x1b[31m";
    case Severity::blocker: return "\x1b[1;31m";
  }
  return {};
}

std::string_view colour_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::received_complete: return "\x1b[32m";
    case Outcome::received_with_findings: return "\x1b[33m";
    case Outcome::blocked:
    case Outcome::unreadable: return "\x1b[1;31m";
  }
  return {};
}

/// Findings of one rule, for the summary.
struct Group {
  Severity severity = Severity::info;
  std::string_view rule;
  std::int64_t count = 0;
  std::int64_t explained = 0;
  const Finding* first = nullptr;
};

/// Gravest first, then by rule.
std::vector<Group> group_by_rule(const std::vector<Finding>& findings) {
  std::map<std::pair<int, std::string_view>, Group> groups;
  for (const Finding& finding : findings) {
    Group& group = groups[{-static_cast<int>(finding.severity), finding.rule}];
    group.severity = finding.severity;
    group.rule = finding.rule;
    if (!group.first) group.first = &finding;
    ++group.count;
    if (finding.is_explained()) ++group.explained;
  }
  std::vector<Group> sorted;
  sorted.reserve(groups.size());
  for (const auto& [key, group] : groups) sorted.push_back(group);
  return sorted;
}

bool names_questions(const Finding& finding) {
  return std::ranges::any_of(finding.arguments,
                             [](const auto& argument) { return argument.first == "closing"; });
}

class TextReport {
 public:
  TextReport(const Form& form, std::string_view language, bool colour)
      : form_(form), texts_(form, language), colour_(colour) {}

  std::string render(std::span<const Report> reports) {
    for (const Report& report : reports) add_file(report);
    add_basis(reports);
    add_verdict(reports);
    return std::move(out_);
  }

 private:
  std::string painted(std::string_view colour, std::string_view text) const {
    return colour_ ? fmt::format("{}{}{}", colour, text, kReset) : std::string(text);
  }

  void line(std::string_view text, int indent = 0) {
    out_.append(static_cast<std::size_t>(indent), ' ');
    out_ += text;
    out_ += '\n';
  }

  /// A member of a finding with its name, when there is something to say.
  void member(std::string_view id, std::string_view text) {
    if (text.empty()) return;
    line(fmt::format("{} {}", texts_.phrase(id), escape::terminal(text)), 5);
  }

  void add_file(const Report& report) {
    line(painted(kBold, escape::terminal(report.file)));
    if (report.outcome != Outcome::unreadable) {
      const SubmissionHeader& header = report.header;
      std::vector<std::string> parts;
      for (const std::string& part : {header.submitter, header.cycle})
        if (!part.empty()) parts.push_back(part);
      parts.push_back(fmt::format("{} {}", texts_.phrase("report.revision"), header.revision));
      parts.push_back(texts_.phrase(fmt::format("stage.{}", to_string(header.stage))));
      line(escape::terminal(fmt::format("{}", fmt::join(parts, " · "))), 2);
      if (report.due)
        line(texts_.phrase("report.due",
                           {{"date", *report.due},
                            {"extended", std::string(report.is_extended ? "yes" : "no")}}),
             2);
    }
    if (report.cells) add_cells(*report.cells);
    line(painted(colour_of(report.outcome), outcome(report.outcome)), 2);
    if (report.open_for_final > 0)
      line(texts_.phrase("report.open_for_final", {{"count", std::int64_t{report.open_for_final}}}),
           2);
    add_groups(report);
    told_.clear();
    for (std::size_t i = 0; i < report.findings.size(); ++i)
      add_finding(i + 1, report.findings[i], report.places[i]);
    add_unchecked(report);
    out_ += '\n';
  }

  void add_cells(const ReportCells& cells) {
    line(texts_.phrase("report.cells", {{"read", std::int64_t{cells.read}},
                                        {"imported", std::int64_t{cells.imported}},
                                        {"rejected", std::int64_t{cells.rejected}},
                                        {"ignored", std::int64_t{cells.ignored}}}),
         2);
  }

  std::string outcome(Outcome outcome) {
    return texts_.phrase(fmt::format("outcome.{}", to_string(outcome)));
  }
  std::string severity(Severity severity) {
    return texts_.phrase(fmt::format("severity.{}", to_string(severity)));
  }

  void add_groups(const Report& report) {
    if (report.findings.empty()) return;
    out_ += '\n';
    line(texts_.phrase("report.by_rule"), 2);
    for (const Group& group : group_by_rule(report.findings)) {
      std::string count = std::to_string(group.count);
      if (group.explained > 0)
        count += " " + texts_.phrase("report.of_these_explained", {{"count", group.explained}});
      // One message stands for one finding; of many, the rule's reason says what they have in
      // common.
      const FindingText text = texts_.text(*group.first);
      line(fmt::format("{} {} ({}): {}",
                       painted(colour_of(group.severity), severity(group.severity)), group.rule,
                       count, escape::terminal(group.count == 1 ? text.message : text.why)),
           4);
    }
  }

  void add_finding(std::size_t number, const Finding& finding, const std::string& place) {
    out_ += '\n';
    std::string where = place.empty() ? finding.pointer : place;
    // The same question is asked of many articles: only its block's title tells them apart.
    if (const std::string heading = texts_.heading(finding); !heading.empty())
      where += " · " + heading;
    if (const std::string label = texts_.label(finding); !label.empty()) where += " · " + label;
    line(
        fmt::format("{}. {} · {}", number,
                    painted(colour_of(finding.severity), severity(finding.severity)), finding.rule),
        2);
    if (!where.empty()) line(escape::terminal(where), 5);
    if (!finding.cell.empty())
      line(escape::terminal(finding.cell), 5);
    else if (finding.line > 0)
      line(
          texts_.phrase("report.position", {{"line", static_cast<std::int64_t>(finding.line)},
                                            {"column", static_cast<std::int64_t>(finding.column)}}),
          5);
    const FindingText text = texts_.text(finding);
    line(painted(kBold, escape::terminal(text.message)), 5);
    member("report.written", texts_.written(finding));
    member("report.expected", texts_.expected(finding));
    add_advice(number, finding, text);
    if (finding.change)
      member("report.override",
             texts_.phrase("report.override_of", {{"severity", severity(finding.change->declared)},
                                                  {"date", finding.change->on},
                                                  {"reason", finding.change->reason}}));
    if (finding.is_explained())
      member("report.explained", finding.explanation);
    else if (!finding.digest.empty() &&
             (finding.severity == Severity::warning || finding.severity == Severity::error))
      add_explaining(finding, place);
  }

  /// How to explain it: in a workbook on a sheet, else among the members of the file.
  void add_explaining(const Finding& finding, std::string_view place) {
    const std::string how =
        finding.cell.empty()
            ? texts_.phrase("report.explain_with")
            : texts_.phrase("report.explain_in_cell",
                            {{"sheet", texts_.phrase("questionnaire.explanations")},
                             {"code", fmt::format("{}@{}", finding.rule, place)}});
    line(fmt::format("{} {}", how, finding.digest), 5);
  }

  /// Why and what to do, which many findings of a rule have in common: told in full where it first
  /// stands.
  void add_advice(std::size_t number, const Finding& finding, const FindingText& text) {
    std::string provisions = texts_.provisions(finding);
    if (!provisions.empty())
      provisions = " (" + texts_.phrase("report.provisions", {{"provisions", provisions}}) + ")";
    std::string advice = finding.rule + "\n" + text.why + "\n" + text.mend;
    // A question named in it is one of the same article, and others have it in the same words.
    if (names_questions(finding)) advice += "\n" + texts_.heading(finding);
    const auto [told, is_new] = told_.try_emplace(std::move(advice), number);
    if (is_new) {
      member("report.why", text.why + provisions);
      member("report.mend", text.mend);
    } else {
      line(escape::terminal(texts_.phrase("report.as_under",
                                          {{"number", static_cast<std::int64_t>(told->second)}}) +
                            provisions),
           5);
    }
  }

  void add_unchecked(const Report& report) {
    if (report.unchecked.empty()) return;
    out_ += '\n';
    line(texts_.phrase("report.not_checked"), 2);
    for (const Unchecked& one : report.unchecked)
      line("– " + escape::terminal(texts_.text(one)), 4);
  }

  /// What the files were checked with: whoever doubts a result can tell whether it was made with
  /// the same.
  void add_basis(std::span<const Report> reports) {
    constexpr std::size_t kShown = 12;
    const auto start = [](std::string_view digest) {
      return std::string(digest.substr(0, kShown));
    };
    std::string basis = texts_.phrase(
        "report.basis",
        {{"form", std::string(form_.id())},
         {"version", std::string(form_.version())},
         {"structure", start(form_.structure_digest())},
         {"rules", start(form_.rules_digest())},
         {"texts",
          start(form_.string(form_.tables().text_digests[form_.language(texts_.language())]))}});
    std::string_view cycle;
    for (const Report& report : reports)
      if (cycle.empty()) cycle = report.digests.cycle;
    if (!cycle.empty()) basis += texts_.phrase("report.basis_cycle", {{"cycle", start(cycle)}});
    line(basis);
  }

  void add_verdict(std::span<const Report> reports) {
    const FindingCounts counts = count_findings(reports);
    const std::string findings =
        texts_.phrase("verdict.counts", {{"blockers", counts.of(Severity::blocker)},
                                         {"errors", counts.of(Severity::error)},
                                         {"warnings", counts.of(Severity::warning)},
                                         {"infos", counts.of(Severity::info)},
                                         {"explained", counts.explained}});
    if (reports.size() == 1) {
      const Outcome only = reports.front().outcome;
      line(painted(colour_of(only), texts_.phrase(fmt::format("verdict.{}", to_string(only)),
                                                  {{"counts", findings}})));
      return;
    }
    line(texts_.phrase("verdict.batch",
                       {{"files", static_cast<std::int64_t>(reports.size())},
                        {"complete", count_outcome(reports, Outcome::received_complete)},
                        {"with_findings", count_outcome(reports, Outcome::received_with_findings)},
                        {"blocked", count_outcome(reports, Outcome::blocked)},
                        {"unreadable", count_outcome(reports, Outcome::unreadable)},
                        {"counts", findings}}));
  }

  const Form& form_;
  FindingTexts texts_;
  bool colour_;
  std::string out_;
  std::map<std::string, std::size_t> told_;  ///< advice, and the finding under which it stands
};

}  // namespace

std::string render_text(const Form& form, std::span<const Report> reports,
                        std::string_view language, bool colour) {
  return TextReport(form, language, colour).render(reports);
}

}  // namespace cosp
