#include <algorithm>

#include "base/text.hpp"
#include "validator/checks/check.hpp"
#include "validator/checks/visit_texts.hpp"

namespace cosp::checks {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

/// Folding changes a text's size and its first letter little: most texts need no folding to be
/// told from a label.
bool may_be_same(std::string_view said, std::string_view text) {
  if (said.empty() || said.size() < text.size() / 2 || text.size() < said.size() / 2) return false;
  const std::string_view a = trimmed(said), b = trimmed(text);
  if (a.empty() || b.empty()) return false;
  return !is_ascii(a.front()) || !is_ascii(b.front()) || lower(a.front()) == lower(b.front());
}

}  // namespace

std::vector<CheckHit> label_repeated(const Evaluation& evaluation,
                                     const CheckArguments& arguments) {
  const Form& form = evaluation.form();
  // Texts much longer than any label or help are not folded.
  constexpr std::size_t kLongest = 1'500;
  constexpr std::size_t kShortest = 12;
  std::vector<CheckHit> hits;
  visit_texts(evaluation, arguments, [&](const VisitedText& visited) {
    const std::string& text = visited.text.text;
    if (text.size() < kShortest || text.size() > kLongest) return;
    const Field& field = visited.place.question != kNone
                             ? static_cast<const Field&>(form.question(visited.place.question))
                             : form.column(visited.place.column);
    const auto repeats = [&](TextId id) {
      if (id == kNone) return false;
      for (std::uint32_t language = 0; language < form.tables().languages.size(); ++language) {
        const std::string_view said = form.text(id, language).value;
        if (!may_be_same(said, text)) continue;
        if (fold_for_comparison(said) == fold_for_comparison(text)) return true;
      }
      return false;
    };
    if (!repeats(field.label) && !repeats(field.help)) return;
    CheckHit hit;
    hit.place = visited.place;
    hit.arguments = {{"question", TextReference{field.label}}};
    hits.push_back(std::move(hit));
  });
  return hits;
}

}  // namespace cosp::checks
