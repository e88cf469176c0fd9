#include <algorithm>
#include <array>
#include <optional>

#include "base/text.hpp"
#include "validator/answer_words.hpp"
#include "validator/checks/check.hpp"
#include "validator/checks/visit_texts.hpp"

namespace cosp::checks {
namespace {

/// How often the letters of a text fall into each class: two texts that are nearly the same have
/// nearly the same counts, and counting costs little.
using Counts = std::array<std::int32_t, 32>;

Counts counts_of(std::string_view text) {
  Counts counts{};
  for (const char c : text) ++counts.at(static_cast<unsigned char>(c) % counts.size());
  return counts;
}

struct KnownText {
  std::uint32_t row;
  const std::string& text;
  Counts counts;
  std::optional<TextPieces> pieces = {};  ///< made when first needed
};

bool may_be_near(const Counts& a, const Counts& b, std::size_t longer) {
  std::size_t apart = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    apart += static_cast<std::size_t>(std::abs(a.at(i) - b.at(i)));
  constexpr std::size_t kShare = 4;
  return apart * kShare <= longer;
}

}  // namespace

std::vector<CheckHit> text_as_row(const Evaluation& evaluation, const CheckArguments& arguments) {
  const std::uint32_t registry = arguments["register"].registry;
  const auto& columns = arguments["columns"].columns;
  const auto least = static_cast<std::size_t>(arguments["least_characters"].count);
  const Submission& submission = evaluation.submission();
  std::vector<KnownText> known;
  for (std::uint32_t row = 0; row < submission.registers[registry].size(); ++row)
    for (const std::uint32_t column : columns)
      for (const LocalText& text :
           submission.texts_of(submission.cell(evaluation.form(), registry, row, column)))
        if (text.text.size() >= least) known.push_back({row, text.text, counts_of(text.text)});
  std::vector<CheckHit> hits;
  if (known.empty()) return hits;
  constexpr double kNear = 0.8;
  for (const std::uint32_t question : arguments["questions"].questions) {
    const Answer& answer = evaluation.answer(question);
    if (!answer.has_value() || !is_text(evaluation.form().question(question).type)) continue;
    for (const LocalText& text : submission.texts_of(answer)) {
      if (text.text.size() < least) continue;
      const Counts counts = counts_of(text.text);
      std::optional<TextPieces> pieces;
      const auto found = std::ranges::find_if(known, [&](KnownText& one) {
        if (!may_be_near(counts, one.counts, std::max(text.text.size(), one.text.size())))
          return false;
        if (!pieces) pieces = pieces_of_text(text.text);
        if (!one.pieces) one.pieces = pieces_of_text(one.text);
        return likeness(*pieces, *one.pieces) >= kNear;
      });
      if (found == known.end()) continue;
      CheckHit hit;
      hit.place.question = question;
      hit.arguments = {{"row", title_of_row(evaluation.form(), submission, registry, found->row)}};
      hit.read.questions = {question};
      hit.read.rows = {{registry, found->row}};
      hits.push_back(std::move(hit));
      break;
    }
  }
  return hits;
}

}  // namespace cosp::checks
