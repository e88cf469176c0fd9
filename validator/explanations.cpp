#include "validator/explanations.hpp"

#include <map>

#include "base/text.hpp"
#include "validator/answer_words.hpp"
#include "validator/engine_findings.hpp"

namespace cosp {
namespace {

using Key = std::pair<std::string, std::string>;  ///< rule, place

std::string text_of(const Explanation& explanation) {
  for (const LocalText& text : explanation.text)
    if (text.is_original) return trim(text.text);
  return explanation.text.empty() ? std::string() : trim(explanation.text.front().text);
}

bool can_be_explained(const Finding& finding) {
  return finding.severity == Severity::warning || finding.severity == Severity::error;
}

}  // namespace

void apply_explanations(const Evaluation& evaluation, Stage stage, std::vector<Finding>& findings) {
  const Submission& submission = evaluation.submission();
  if (submission.explanations.empty()) return;
  std::map<Key, std::vector<std::size_t>> by_place;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    if (!can_be_explained(findings[i])) continue;
    by_place[{findings[i].rule, place_name(evaluation.form(), submission, findings[i].place)}]
        .push_back(i);
  }
  for (std::size_t e = 0; e < submission.explanations.size(); ++e) {
    const Explanation& explanation = submission.explanations[e];
    const std::string text = text_of(explanation);
    const auto found = by_place.find({explanation.rule, explanation.place});
    bool is_used = false;
    if (found != by_place.end() && !text.empty()) {
      for (const std::size_t i : found->second) {
        if (findings[i].digest != explanation.digest) continue;
        findings[i].explanation = text;
        is_used = true;
      }
    }
    if (is_used) continue;
    Finding finding = make_engine_finding(
        found == by_place.end() ? "explanation-unmatched" : "explanation-lapsed", stage, {});
    if (found != by_place.end()) finding.place = findings[found->second.front()].place;
    finding.written = shorten_written(explanation.rule + " · " + explanation.place);
    finding.arguments = {{"rule", shorten_written(explanation.rule)},
                         {"place", shorten_written(explanation.place)}};
    finding.pointer =
        "/explanations/" + std::to_string(explanation.position == kNone ? e : explanation.position);
    finding.source = explanation.source;
    findings.push_back(std::move(finding));
  }
}

}  // namespace cosp
