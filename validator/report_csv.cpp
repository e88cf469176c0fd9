#include <array>
#include <string>

#include "base/escape.hpp"
#include "validator/finding_text.hpp"
#include "validator/report.hpp"

namespace cosp {
namespace {

constexpr std::array<std::string_view, 21> kHead = {
    "file",     "submitter", "cycle", "revision", "outcome", "severity",    "rule",
    "place",    "heading",   "label", "position", "pointer", "provisions",  "written",
    "expected", "message",   "why",   "mend",     "digest",  "explanation", "overridden"};

class CsvReport {
 public:
  CsvReport(const Form& form, std::string_view language) : texts_(form, language) {}

  std::string render(std::span<const Report> reports) {
    for (const std::string_view name : kHead) field(name);
    end_line();
    for (const Report& report : reports)
      for (std::size_t i = 0; i < report.findings.size(); ++i)
        row(report, report.findings[i], report.places[i]);
    return std::move(out_);
  }

 private:
  void field(std::string_view text) {
    if (!is_first_) out_ += ',';
    is_first_ = false;
    out_ += escape::csv_field(text);
  }
  void end_line() {
    out_ += "\r\n";
    is_first_ = true;
  }

  void row(const Report& report, const Finding& finding, const std::string& place) {
    const bool is_read = report.outcome != Outcome::unreadable;
    const FindingText text = texts_.text(finding);
    field(report.file);
    field(report.header.submitter);
    field(report.header.cycle);
    field(is_read ? std::to_string(report.header.revision) : std::string{});
    field(to_string(report.outcome));
    field(to_string(finding.severity));
    field(finding.rule);
    field(place);
    field(texts_.heading(finding));
    field(texts_.label(finding));
    field(position_of(finding));
    field(finding.pointer);
    field(texts_.provisions(finding));
    field(texts_.written(finding));
    field(texts_.expected(finding));
    field(text.message);
    field(text.why);
    field(text.mend);
    field(finding.digest);
    field(finding.explanation);
    field(finding.change ? to_string(finding.change->declared) : std::string_view{});
    end_line();
  }

  FindingTexts texts_;
  std::string out_;
  bool is_first_ = true;
};

}  // namespace

std::string render_csv(const Form& form, std::span<const Report> reports,
                       std::string_view language) {
  return CsvReport(form, language).render(reports);
}

}  // namespace cosp
