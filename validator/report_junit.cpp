#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/escape.hpp"
#include "validator/finding_text.hpp"
#include "validator/report.hpp"

namespace cosp {
namespace {

/// What makes a run of checks fail: as for the exit code.
bool is_failure(const Finding& finding) {
  return finding.severity == Severity::blocker ||
         (finding.severity == Severity::error && !finding.is_explained());
}

/// One suite a file, in it one case a rule that found something, or a single case that passed.
class JunitReport {
 public:
  JunitReport(const Form& form, std::string_view language) : form_(form), texts_(form, language) {}

  std::string render(std::span<const Report> reports) {
    std::string suites;
    for (const Report& report : reports) suites += suite(report);
    return fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"{}\" tests=\"{}\" "
        "failures=\"{}\" errors=\"{}\">\n{}</testsuites>\n",
        escape::html(fmt::format("cosp validate: {} {}", form_.id(), form_.version())), tests_,
        failures_, errors_, suites);
  }

 private:
  std::string suite(const Report& report) {
    std::vector<const Finding*> findings;
    for (const Finding& finding : report.findings) findings.push_back(&finding);
    std::ranges::stable_sort(findings, {}, [](const Finding* finding) { return finding->rule; });
    std::string cases;
    int tests = 0, failures = 0;
    const bool is_unreadable = report.outcome == Outcome::unreadable;
    for (std::size_t first = 0; first < findings.size();) {
      std::size_t end = first + 1;
      while (end < findings.size() && findings[end]->rule == findings[first]->rule) ++end;
      const std::span<const Finding* const> group(findings.data() + first, end - first);
      const bool has_failed =
          std::ranges::any_of(group, [](const Finding* f) { return is_failure(*f); });
      cases += test_case(report, group, has_failed, is_unreadable);
      ++tests;
      failures += static_cast<int>(has_failed && !is_unreadable);
      first = end;
    }
    if (findings.empty()) {
      cases = fmt::format("    <testcase classname=\"{}\" name=\"{}\"/>\n",
                          escape::html(report.file), to_string(report.outcome));
      tests = 1;
    }
    const int errors = is_unreadable ? tests : 0;
    tests_ += tests;
    failures_ += failures;
    errors_ += errors;
    return fmt::format(
        "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"0\">\n"
        "    <properties>\n      <property name=\"outcome\" value=\"{}\"/>\n    </properties>\n"
        "{}  </testsuite>\n",
        escape::html(report.file), tests, failures, errors, to_string(report.outcome), cases);
  }

  std::string test_case(const Report& report, std::span<const Finding* const> group,
                        bool has_failed, bool is_unreadable) {
    std::string told;
    for (const Finding* finding : group) told += lines_of(report, *finding);
    const Finding& first = *group.front();
    const std::string_view element = is_unreadable ? "error"
                                     : has_failed  ? "failure"
                                                   : "system-out";
    const std::string attributes =
        has_failed || is_unreadable
            ? fmt::format(" message=\"{}\" type=\"{}\"", escape::html(texts_.text(first).message),
                          to_string(first.severity))
            : std::string{};
    return fmt::format(
        "    <testcase classname=\"{}\" name=\"{}\">\n      <{}{}>{}</{}>\n    </testcase>\n",
        escape::html(report.file), escape::html(first.rule), element, attributes,
        escape::html(told), element);
  }

  std::string lines_of(const Report& report, const Finding& finding) {
    const FindingText text = texts_.text(finding);
    std::string lines = fmt::format(
        "{}: {}: {}\n", position_of(finding).empty() ? report.file : position_of(finding),
        to_string(finding.severity), text.message);
    if (!text.mend.empty()) lines += text.mend + "\n";
    if (finding.is_explained())
      lines += fmt::format("{} {}\n", texts_.phrase("report.explained"), finding.explanation);
    return lines;
  }

  const Form& form_;
  FindingTexts texts_;
  int tests_ = 0, failures_ = 0, errors_ = 0;
};

}  // namespace

std::string render_junit(const Form& form, std::span<const Report> reports,
                         std::string_view language) {
  return JunitReport(form, language).render(reports);
}

}  // namespace cosp
