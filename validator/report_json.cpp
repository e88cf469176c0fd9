#include <nlohmann/json.hpp>

#include "validator/finding_text.hpp"
#include "validator/report.hpp"
#include "validator/report_counts.hpp"

namespace cosp {
namespace {

using Json = nlohmann::ordered_json;

class JsonReport {
 public:
  JsonReport(const Form& form, std::string_view language) : form_(form), texts_(form, language) {}

  std::string render(std::span<const Report> reports) {
    Json document;
    document["format"] = "cosp-findings";
    document["format_version"] = 1;
    document["language"] = texts_.language();
    document["form"] = {{"id", form_.id()}, {"version", form_.version()}};
    Json totals = counts(reports);
    for (const Outcome outcome : {Outcome::received_complete, Outcome::received_with_findings,
                                  Outcome::blocked, Outcome::unreadable})
      totals[std::string(to_string(outcome))] = count_outcome(reports, outcome);
    document["totals"] = std::move(totals);
    Json files = Json::array();
    for (const Report& report : reports) files.push_back(file(report));
    document["files"] = std::move(files);
    // Whatever bytes stood in a file, the report is valid UTF-8.
    return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
  }

 private:
  static Json counts(std::span<const Report> reports) {
    const FindingCounts found = count_findings(reports);
    return {{"files", reports.size()},
            {"blockers", found.of(Severity::blocker)},
            {"errors", found.of(Severity::error)},
            {"warnings", found.of(Severity::warning)},
            {"infos", found.of(Severity::info)},
            {"explained", found.explained}};
  }

  static Json or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

  Json file(const Report& report) {
    Json json;
    json["file"] = report.file;
    json["outcome"] = to_string(report.outcome);
    json["submission"] = report.outcome == Outcome::unreadable ? Json() : header(report.header);
    json["due"] = report.due ? Json(report.due->to_string()) : Json();
    json["extended"] = report.is_extended;
    Json numbers = counts({&report, 1});
    numbers.erase("files");
    json["counts"] = std::move(numbers);
    Json findings = Json::array();
    for (std::size_t i = 0; i < report.findings.size(); ++i)
      findings.push_back(finding(report.findings[i], report.places[i]));
    json["findings"] = std::move(findings);
    json["cells"] = cells(report.cells);
    Json unchecked = Json::array();
    for (const Unchecked& one : report.unchecked)
      unchecked.push_back({{"id", one.id}, {"text", texts_.text(one)}});
    json["unchecked"] = std::move(unchecked);
    const ReportDigests& digests = report.digests;
    json["digests"] = {
        {"submission", or_null(digests.submission)},
        {"contacts", or_null(digests.contacts)},
        {"structure", or_null(digests.structure)},
        {"rules", or_null(digests.rules)},
        {"texts", form_.string(form_.tables().text_digests[form_.language(texts_.language())])},
        {"cycle", or_null(digests.cycle)}};
    return json;
  }

  static Json cells(const std::optional<ReportCells>& cells) {
    if (!cells) return nullptr;
    return {{"read", cells->read},
            {"imported", cells->imported},
            {"rejected", cells->rejected},
            {"left_as_they_were", cells->ignored}};
  }

  static Json header(const SubmissionHeader& header) {
    return {{"submitter", header.submitter},
            {"submitter_kind", to_string(header.submitter_kind)},
            {"cycle", header.cycle},
            {"revision", header.revision},
            {"stage", to_string(header.stage)},
            {"language", header.language},
            {"purpose", to_string(header.purpose)},
            {"parts", header.parts}};
  }

  Json place(const Finding& finding, const std::string& name) const {
    const Place& place = finding.place;
    if (name.empty()) return nullptr;
    Json json;
    json["name"] = name;
    json["label"] = texts_.label(finding);
    if (place.registry == kNone) {
      json["question"] = form_.code(form_.question(place.question));
      return json;
    }
    json["register"] = form_.string(form_.registry(place.registry).code);
    if (place.row != kNone) {
      const std::size_t start = name.find('/') + 1;
      const std::size_t end = place.column == kNone ? name.size() : name.rfind('/');
      json["row"] = name.substr(start, end - start);
    }
    if (place.column != kNone) json["column"] = form_.code(form_.column(place.column));
    return json;
  }

  static Json change(const std::optional<SeverityChange>& change) {
    if (!change) return nullptr;
    return {{"severity", to_string(change->declared)},
            {"reason", change->reason},
            {"on", change->on.to_string()}};
  }

  Json finding(const Finding& finding, const std::string& name) {
    const FindingText text = texts_.text(finding);
    Json provisions = Json::array();
    for (const std::uint32_t provision : finding.provisions)
      provisions.push_back(form_.string(form_.provisions()[provision].code));
    Json json;
    json["rule"] = finding.rule;
    json["severity"] = to_string(finding.severity);
    json["provisions"] = std::move(provisions);
    json["place"] = place(finding, name);
    json["pointer"] = finding.pointer;
    json["line"] = finding.line == 0 ? Json() : Json(finding.line);
    json["column"] = finding.line == 0 ? Json() : Json(finding.column);
    json["cell"] = or_null(finding.cell);
    json["written"] = finding.written;
    json["expected"] = finding.expected;
    json["message"] = text.message;
    json["why"] = text.why;
    json["mend"] = text.mend;
    json["digest"] = or_null(finding.digest);
    json["explanation"] = or_null(finding.explanation);
    json["override"] = change(finding.change);
    return json;
  }

  const Form& form_;
  FindingTexts texts_;
};

}  // namespace

std::string render_json(const Form& form, std::span<const Report> reports,
                        std::string_view language) {
  return JsonReport(form, language).render(reports);
}

}  // namespace cosp
