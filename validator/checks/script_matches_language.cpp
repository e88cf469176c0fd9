#include <algorithm>

#include "base/language.hpp"
#include "base/text.hpp"
#include "validator/checks/check.hpp"
#include "validator/checks/visit_texts.hpp"

namespace cosp::checks {
namespace {

/// The text without web and mail addresses, which are in Latin letters whatever the language.
std::string without_addresses(std::string_view text) {
  std::string kept;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(" \n\t"), text.size());
    const std::string_view word = text.substr(0, end);
    const bool is_address = word.find("://") != std::string_view::npos ||
                            word.starts_with("www.") || word.find('@') != std::string_view::npos;
    if (!is_address) kept.append(word).push_back(' ');
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return kept;
}

}  // namespace

std::vector<CheckHit> script_matches_language(const Evaluation& evaluation,
                                              const CheckArguments& arguments) {
  // Names, abbreviations and titles of laws are honestly written in other scripts.
  constexpr std::int64_t kLeastCharacters = 20;
  const std::int64_t least =
      arguments.has("least_characters") ? arguments["least_characters"].count : kLeastCharacters;
  std::vector<CheckHit> hits;
  visit_texts(evaluation, arguments["scope"].word, [&](const VisitedText& visited) {
    const std::string text = without_addresses(visited.text.text);
    if (count_characters(text) < static_cast<std::size_t>(least)) return;
    const auto scripts = scripts_of_language(visited.text.language);
    const std::string script = dominant_script(text);
    if (script.empty() || scripts.empty()) return;
    if (std::find(scripts.begin(), scripts.end(), script) != scripts.end()) return;
    CheckHit hit;
    hit.place = visited.place;
    hit.arguments = {{"language", visited.text.language}, {"script", script}};
    hits.push_back(std::move(hit));
  });
  return hits;
}

}  // namespace cosp::checks
