#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>

#include "validator/finding_text.hpp"
#include "validator/report.hpp"

namespace cosp {
namespace {

using Json = nlohmann::ordered_json;

/// SARIF knows three levels: what blocks is an error too, and its property says so.
std::string_view level_of(Severity severity) {
  switch (severity) {
    case Severity::info: return "note";
    case Severity::warning: return "warning";
    case Severity::error:
    case Severity::blocker: return "error";
  }
  return "none";
}

/// A path as a URI reference (RFC 3986): what is neither unreserved nor a slash is encoded.
std::string uri_of(std::string_view path) {
  std::string uri;
  for (const char c : path) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') ||
                          std::string_view("-._~/").find(c) != std::string_view::npos;
    uri += is_plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return path.starts_with('/') ? "file://" + uri : uri;
}

/// docs/formats/findings.md
class SarifReport {
 public:
  SarifReport(const Form& form, std::string_view language) : form_(form), texts_(form, language) {}

  std::string render(std::span<const Report> reports) {
    Json artifacts = Json::array(), results = Json::array();
    bool is_all_read = true;
    for (std::size_t file = 0; file < reports.size(); ++file) {
      const Report& report = reports[file];
      is_all_read = is_all_read && report.outcome != Outcome::unreadable;
      artifacts.push_back({{"location", {{"uri", uri_of(report.file)}}},
                           {"properties", {{"outcome", to_string(report.outcome)}}}});
      for (std::size_t i = 0; i < report.findings.size(); ++i)
        results.push_back(result(report.findings[i], report.places[i], report.file, file));
    }
    Json driver = {{"name", "cosp"},
                   {"fullName", fmt::format("cosp, rules of {} {}", form_.id(), form_.version())},
                   {"rules", std::move(rules_)}};
    driver["properties"] = {{"form", form_.id()},
                            {"structure", form_.structure_digest()},
                            {"rules", form_.rules_digest()}};
    Json run = {{"tool", {{"driver", std::move(driver)}}},
                {"language", texts_.language()},
                {"columnKind", "unicodeCodePoints"},
                {"invocations", Json::array({{{"executionSuccessful", is_all_read}}})},
                {"artifacts", std::move(artifacts)},
                {"results", std::move(results)}};
    const Json document = {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                           {"version", "2.1.0"},
                           {"runs", Json::array({std::move(run)})}};
    return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
  }

 private:
  std::size_t rule_index(const Finding& finding, const FindingText& text) {
    const auto [known, is_new] = by_id_.try_emplace(finding.rule, rules_.size());
    if (is_new) {
      Json rule = {{"id", finding.rule}};
      if (!text.why.empty()) rule["shortDescription"] = {{"text", text.why}};
      const Severity declared = finding.change ? finding.change->declared : finding.severity;
      rule["defaultConfiguration"] = {{"level", level_of(declared)}};
      rules_.push_back(std::move(rule));
    }
    return known->second;
  }

  Json result(const Finding& finding, const std::string& place, const std::string& file,
              std::size_t index) {
    const FindingText text = texts_.text(finding);
    Json result = {
        {"ruleId", finding.rule},
        {"ruleIndex", rule_index(finding, text)},
        {"level", level_of(finding.severity)},
        {"message", {{"text", text.mend.empty() ? text.message : text.message + " " + text.mend}}}};
    Json physical = {{"artifactLocation", {{"uri", uri_of(file)}, {"index", index}}}};
    if (finding.line != 0)
      physical["region"] = {{"startLine", finding.line}, {"startColumn", finding.column}};
    Json location = {{"physicalLocation", std::move(physical)}};
    Json logical = Json::array();
    if (!place.empty()) logical.push_back({{"fullyQualifiedName", place}, {"kind", "member"}});
    if (!finding.cell.empty())
      logical.push_back({{"fullyQualifiedName", finding.cell}, {"kind", "element"}});
    if (!logical.empty()) location["logicalLocations"] = std::move(logical);
    result["locations"] = Json::array({std::move(location)});
    if (!finding.digest.empty()) result["partialFingerprints"] = {{"answers/v1", finding.digest}};
    if (finding.is_explained())
      result["suppressions"] =
          Json::array({{{"kind", "external"}, {"justification", finding.explanation}}});
    result["properties"] = {{"severity", to_string(finding.severity)},
                            {"pointer", finding.pointer}};
    return result;
  }

  const Form& form_;
  FindingTexts texts_;
  Json rules_ = Json::array();
  std::map<std::string, std::size_t> by_id_;
};

}  // namespace

std::string render_sarif(const Form& form, std::span<const Report> reports,
                         std::string_view language) {
  return SarifReport(form, language).render(reports);
}

}  // namespace cosp
